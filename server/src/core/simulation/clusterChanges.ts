// What if: changes of a cluster that touch nothing real. The same cluster and changes always give the same cluster, so
// that undoing is applying fewer of them.

import { sortById } from "../cluster/clusterOrder";
import type { Cluster, ContainerInstance, InstanceResources } from "../cluster/containerInstance";
import { fleetFromValue } from "../cluster/fleet";
import { fleetGroupInstances, fleetInstanceId } from "../cluster/fleetInstances";
import type { DaemonService } from "../scheduler/placement";
import { counted, countText } from "../text/counts";
import { append } from "../text/lists";
import { nameOfInstance, shortId } from "./instanceNames";

/** A change of the container instances with these ids. */
interface OfInstances {
  readonly instances: readonly string[];
}

export interface AddInstances {
  readonly kind: "addInstances";
  readonly count: number;
  readonly instanceType?: string;
  /** The new instances take the zones in turn. */
  readonly zones?: readonly string[];
  /** Custom attributes; null: name only. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** CPU units and MiB, for a type that is not known. */
  readonly cpu?: number;
  readonly memory?: number;
}

export type ClusterChange =
  | AddInstances
  | (OfInstances & { readonly kind: "drain" | "activate" | "disconnect" | "reconnect" | "remove" })
  | (OfInstances & { readonly kind: "setAttribute"; readonly name: string; readonly value?: string })
  | (OfInstances & { readonly kind: "removeAttribute"; readonly name: string })
  | (OfInstances & {
      readonly kind: "occupyPort";
      readonly port: number;
      /** Tcp without it. */
      readonly protocol?: "tcp" | "udp";
    })
  /** MiB. */
  | (OfInstances & { readonly kind: "occupyMemory"; readonly memory: number })
  /** CPU units. */
  | (OfInstances & { readonly kind: "occupyCpu"; readonly cpu: number })
  /** What the daemon's task reserves, in CPU units and MiB; what is absent stays what the definition says. */
  | { readonly kind: "daemonSize"; readonly cpu?: number; readonly memory?: number };

export type InstanceChange = Extract<ClusterChange, OfInstances>;

/** Why a change does not do what it says, or only a part of it. */
export interface ChangeProblem {
  /** Position of the change in the list. */
  readonly change: number;
  readonly message: string;
}

export interface ChangedCluster {
  readonly cluster: Cluster;
  /** Ids of the instances that the changes added and did not remove again. */
  readonly added: readonly string[];
  readonly problems: readonly ChangeProblem[];
}

/** The most instances one change can add. */
const mostAdded = 10_000;

/** Applies the changes in their order. What cannot be done is left out and reported; nothing throws. */
export function applyChanges(cluster: Cluster, changes: readonly ClusterChange[]): ChangedCluster {
  const state: State = {
    name: cluster.name,
    instances: new Map(cluster.instances.map((it) => [it.id, it])),
    added: new Set(),
    additions: 0,
    problems: [],
  };
  changes.forEach((change, index) => {
    const messages: string[] = [];
    const report = (message: string) => messages.push(message);
    if (change.kind === "addInstances") add(state, change, report);
    else if (change.kind !== "daemonSize") changeInstances(state, change, report);
    append(
      state.problems,
      firstOf(messages).map((message) => ({ change: index, message })),
    );
  });
  return {
    cluster: { name: cluster.name, instances: sortById([...state.instances.values()]) },
    added: [...state.added].filter((id) => state.instances.has(id)),
    problems: state.problems,
  };
}

/** A change of thousands of instances can fail on each of them. */
function firstOf(messages: readonly string[]): readonly string[] {
  const most = 3;
  if (messages.length <= most) return messages;
  return [
    ...messages.slice(0, most),
    `The same applies to ${counted(messages.length - most, "more container instance")}.`,
  ];
}

/** The daemon service with the last size that the changes give it; the same object where they give none. */
export function changedDaemon(daemon: DaemonService, changes: readonly ClusterChange[]): DaemonService {
  const sizes = changes.filter((it) => it.kind === "daemonSize");
  if (sizes.length === 0) return daemon;
  const { requirements } = daemon;
  const cpu = sizes.findLast((it) => it.cpu !== undefined)?.cpu;
  const memory = sizes.findLast((it) => it.memory !== undefined)?.memory;
  // A size that is given is known, whatever placeholder it takes the place of.
  const unknown = requirements.unknown && {
    ...requirements.unknown,
    ...(cpu === undefined ? {} : { cpu: undefined }),
    ...(memory === undefined ? {} : { memory: undefined }),
  };
  return {
    ...daemon,
    requirements: {
      ...requirements,
      cpu: cpu ?? requirements.cpu,
      memory: memory ?? requirements.memory,
      ...(unknown === undefined ? {} : { unknown }),
    },
  };
}

interface State {
  readonly name: string;
  readonly instances: Map<string, ContainerInstance>;
  readonly added: Set<string>;
  /** Groups of new instances so far: each has ids of its own. */
  additions: number;
  readonly problems: ChangeProblem[];
}

type Report = (message: string) => unknown;

/** Far beyond the groups of any fleet file, so that new instances do not get the ids of those that are there. */
const firstGroup = 1_000_000;

function add(state: State, change: AddInstances, report: Report): void {
  const { kind: _, count, ...group } = change;
  if (!Number.isSafeInteger(count) || count < 1 || count > mostAdded) {
    report(`Between 1 and ${mostAdded} container instances can be added at once; ${count} cannot.`);
    return;
  }
  const { fleet, problems } = fleetFromValue({ groups: [{ count, ...group }] });
  const [problem] = problems;
  if (problem !== undefined) report(problem.message);
  const [first] = fleet.groups;
  if (first === undefined) return;
  while (state.instances.has(fleetInstanceId(firstGroup + state.additions, 0))) state.additions += 1;
  for (const it of fleetGroupInstances(first, firstGroup + state.additions, state.name)) {
    state.instances.set(it.id, it);
    state.added.add(it.id);
  }
  state.additions += 1;
}

function changeInstances(state: State, change: InstanceChange, report: Report): void {
  const missing: string[] = [];
  for (const id of new Set(change.instances)) {
    const instance = state.instances.get(id);
    if (instance === undefined) missing.push(id);
    else if (change.kind === "remove") state.instances.delete(id);
    else state.instances.set(id, changeInstance(instance, change, report));
  }
  if (missing.length === 0) return;
  const more = missing.length > 3 ? ` and ${countText(missing.length - 3)} more` : "";
  report(`The cluster has no container instance ${missing.slice(0, 3).map(shortId).join(", ")}${more}.`);
}

function changeInstance(
  instance: ContainerInstance,
  change: InstanceChange,
  report: Report,
): ContainerInstance {
  switch (change.kind) {
    case "drain":
    case "activate":
      return withStatus(instance, change.kind === "drain" ? "DRAINING" : "ACTIVE", report);
    case "disconnect":
      return { ...instance, agentConnected: false };
    case "reconnect":
      return { ...instance, agentConnected: true };
    case "remove":
      return instance;
    case "setAttribute": {
      const attributes = new Map(instance.attributes).set(change.name, change.value);
      return { ...instance, attributes };
    }
    case "removeAttribute": {
      const attributes = new Map(instance.attributes);
      if (!attributes.delete(change.name))
        report(`Container instance ${nameOfInstance(instance)} has no attribute ${change.name}.`);
      return { ...instance, attributes };
    }
    case "occupyPort":
      return withPort(instance, change.port, change.protocol ?? "tcp", report);
    case "occupyMemory":
      return withLess(instance, "memory", change.memory, report);
    case "occupyCpu":
      return withLess(instance, "cpu", change.cpu, report);
  }
}

/** ECS drains ACTIVE instances and makes DRAINING ones ACTIVE again; the other statuses are nobody's to set. */
function withStatus(
  instance: ContainerInstance,
  status: "ACTIVE" | "DRAINING",
  report: Report,
): ContainerInstance {
  if (instance.status === "ACTIVE" || instance.status === "DRAINING") return { ...instance, status };
  report(
    `Container instance ${nameOfInstance(instance)} is ${instance.status}; only an ACTIVE or DRAINING one can become ${status}.`,
  );
  return instance;
}

function withPort(
  instance: ContainerInstance,
  port: number,
  protocol: "tcp" | "udp",
  report: Report,
): ContainerInstance {
  const name = protocol === "udp" ? "usedUdpPorts" : "usedTcpPorts";
  const used = instance.remaining[name];
  if (used.has(port))
    report(`Port ${port}/${protocol} is in use on container instance ${nameOfInstance(instance)} already.`);
  return withRemaining(instance, { [name]: new Set([...used, port]) });
}

function withLess(
  instance: ContainerInstance,
  resource: "cpu" | "memory",
  amount: number,
  report: Report,
): ContainerInstance {
  const unit = resource === "cpu" ? "CPU units" : "MiB of memory";
  if (instance.unknownResources?.includes(resource)) {
    report(`How many ${unit} container instance ${nameOfInstance(instance)} has left is not known.`);
    return instance;
  }
  const left = instance.remaining[resource];
  if (amount > left)
    report(
      `Container instance ${nameOfInstance(instance)} has ${left} ${unit} left, not ${amount}: all of it is occupied now.`,
    );
  return withRemaining(instance, { [resource]: Math.max(0, left - amount) });
}

function withRemaining(instance: ContainerInstance, changed: Partial<InstanceResources>): ContainerInstance {
  return { ...instance, remaining: { ...instance.remaining, ...changed } };
}
