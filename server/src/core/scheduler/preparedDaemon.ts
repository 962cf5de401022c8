// A daemon service made ready to be judged on many instances: expressions compiled once, names computed once.

import type { ContainerInstance, InstanceResources, InstanceTask } from "../cluster/containerInstance";
import { compileQuery } from "../query/evaluate";
import type { Expression } from "../query/syntax";
import type { QueryTarget, Truth } from "../query/target";
import { fitsLaunchType } from "./launchTypes";
import type { DaemonService, PlacementConstraint } from "./placement";

export interface PreparedConstraint {
  readonly constraint: PlacementConstraint;
  readonly holds: (target: QueryTarget) => Truth;
}

export interface PreparedDaemon {
  readonly service: DaemonService;
  /** `service:NAME`, the group of its tasks. */
  readonly group: string;
  /** Those that restrict anything: distinctInstance is what a daemon service does anyway. */
  readonly constraints: readonly PreparedConstraint[];
}

const prepared = new WeakMap<DaemonService, PreparedDaemon>();

/**
 * Compiles the constraints, once per object. A memberOf without an expression restricts nothing here; the rules report
 * it.
 */
export function prepareDaemon(service: DaemonService): PreparedDaemon {
  const known = prepared.get(service);
  if (known !== undefined) return known;
  const fresh = prepare(service);
  prepared.set(service, fresh);
  return fresh;
}

function prepare(service: DaemonService): PreparedDaemon {
  return {
    service,
    group: `service:${service.name}`,
    constraints: service.constraints.flatMap((constraint) => {
      if (constraint.query === undefined) return [];
      if (!isJudgeable(constraint)) return [{ constraint, holds: () => "unknown" as const }];
      return [{ constraint, holds: compileQuery(constraint.query.tree) }];
    }),
  };
}

/**
 * Whether the known part of an expression may decide. What a value is does not matter where a clause without it decides;
 * a placeholder for clauses may hold an `or`, which changes what the rest means.
 */
function isJudgeable({ template, partly, query }: PlacementConstraint): boolean {
  if (template !== true) return true;
  return partly === true && query !== undefined && query.problems.length === 0 && isWhole(query.tree);
}

function isWhole(tree: Expression): boolean {
  switch (tree.kind) {
    case "missing":
      return false;
    case "comparison":
      return true;
    case "group":
    case "not":
      return isWhole(tree.operand);
    default:
      return tree.operands.every(isWhole);
  }
}

/**
 * Whether the daemon service wants its task on the instance: the instance is ACTIVE, of its launch type, and every
 * constraint is true.
 * One false constraint decides, whatever is unknown beside it.
 */
export function wantsInstance(daemon: PreparedDaemon, instance: ContainerInstance): Truth {
  if (instance.status !== "ACTIVE" || instance.isManagedInstance === true) return false;
  let truth = fitsLaunchType(daemon.service, instance);
  if (truth === false) return false;
  for (const { holds } of daemon.constraints) {
    const it = holds(instance);
    if (it === false) return false;
    if (it === "unknown") truth = "unknown";
  }
  return truth;
}

/** The tasks of this service on the instance that hold resources there: everything that is not STOPPED. */
export function ownTasks(daemon: PreparedDaemon, instance: ContainerInstance): readonly InstanceTask[] {
  return (instance.tasks ?? []).filter((it) => it.group === daemon.group && it.lastStatus !== "STOPPED");
}

/** What the instance has free once this service's own task there is stopped. */
export interface FreeResources {
  readonly remaining: InstanceResources;
  /** Resources of which nobody knows whether there are enough. */
  readonly unknown: readonly ("cpu" | "memory")[];
  /** Tasks of this service whose resources are counted as free. */
  readonly givenBack: readonly InstanceTask[];
}

const noTasks: readonly InstanceTask[] = [];
const allKnown: FreeResources["unknown"] = [];

/**
 * Remaining resources with those of the service's own tasks given back: an update stops the task before it starts the
 * next one, because maximumPercent is 100. A task whose size nobody tells counts as big as the new one. What a task held
 * that is being stopped already is among the remaining resources (AWS, 2023-07-02).
 */
export function freeResources(daemon: PreparedDaemon, instance: ContainerInstance): FreeResources {
  const all = instance.tasks === undefined ? noTasks : ownTasks(daemon, instance);
  const own = all.length === 0 ? noTasks : all.filter((it) => it.desiredStatus !== "STOPPED");
  const unknown = instance.unknownResources ?? allKnown;
  if (own.length === 0) return { remaining: instance.remaining, unknown, givenBack: all };
  const { requirements } = daemon.service;
  const cpu = total(own, (it) => it.cpu, requirements.cpu);
  const memory = total(own, (it) => it.memory, requirements.memory);
  const tcp = new Set(instance.remaining.usedTcpPorts);
  const udp = new Set(instance.remaining.usedUdpPorts);
  for (const { port, protocol } of portsHeld(daemon, instance, own))
    (protocol === "udp" ? udp : tcp).delete(port);
  return {
    remaining: {
      cpu: instance.remaining.cpu + cpu,
      memory: instance.remaining.memory + memory,
      usedTcpPorts: tcp,
      usedUdpPorts: udp,
      gpus: gpusFree(instance, own),
    },
    // What runs there fits there: only a task that grew needs to know how much room there is.
    unknown: unknown.filter(
      (it) => requirements.unknown?.[it] !== undefined || (it === "cpu" ? cpu : memory) < requirements[it],
    ),
    givenBack: all,
  };
}

function total(
  tasks: readonly InstanceTask[],
  size: (task: InstanceTask) => number | undefined,
  otherwise: number,
): number {
  return tasks.reduce((sum, it) => sum + (size(it) ?? otherwise), 0);
}

/** Where nobody says which GPUs the own task holds, they are those that no other task is known to hold. */
function gpusFree(instance: ContainerInstance, own: readonly InstanceTask[]): readonly string[] {
  const { registered, remaining } = instance;
  if (own.every((it) => it.gpus !== undefined)) {
    return [...new Set([...remaining.gpus, ...own.flatMap((it) => it.gpus ?? [])])];
  }
  const others = (instance.tasks ?? []).filter((it) => !own.includes(it)).flatMap((it) => it.gpus ?? []);
  return registered.gpus.filter((it) => remaining.gpus.includes(it) || !others.includes(it));
}

/** A task that has not started yet has no bindings: then the requested ports that no other task holds are its own. */
function portsHeld(
  daemon: PreparedDaemon,
  instance: ContainerInstance,
  own: readonly InstanceTask[],
): InstanceTask["ports"] {
  if (own.some((it) => it.ports.length > 0)) return own.flatMap((it) => it.ports);
  const held = (instance.tasks ?? []).filter((it) => !own.includes(it)).flatMap((it) => it.ports);
  return daemon.service.requirements.ports.filter(
    (it) => !held.some((other) => other.port === it.port && other.protocol === it.protocol),
  );
}
