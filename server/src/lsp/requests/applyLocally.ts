// Makes changes that were tried out real on the local cluster, with the operations that the endpoint has for them:
// those of ECS, and its own for what ECS has none.

import type { ClusterChange, InstanceChange } from "../../core/simulation/clusterChanges";
import { applyChanges } from "../../core/simulation/clusterChanges";
import { describeChange } from "../../core/simulation/describeChange";
import { readChanges } from "../../core/simulation/readChanges";
import type { LocalEndpoint } from "../../local/startLocalEndpoint";
import type { ServerContext } from "../base/context";
import { noLocalCluster } from "../clusters/ecsTarget";
import type { ApplyLocalAnswer } from "../protocol/protocol";

/** In their order. Instances that a change adds get names of their own; later changes of them find them. */
export async function applyLocally({ local }: ServerContext, written: unknown): Promise<ApplyLocalAnswer> {
  const endpoint = local.running();
  if (endpoint === undefined) return noLocalCluster;
  const { changes, problems: unreadable } = readChanges(written);
  const work: Work = { endpoint, names: new Map(), problems: [...unreadable] };
  const added = addedBy(endpoint, changes);
  let applied = 0;
  for (const [index, change] of changes.entries()) {
    try {
      if (await apply(work, change, added[index] ?? [])) applied += 1;
    } catch (error) {
      work.problems.push(
        `${describeChange(change)}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return { applied, problems: work.problems, instances: endpoint.cluster().instances.length };
}

interface Work {
  readonly endpoint: LocalEndpoint;
  /** From the ids of the experiment to those of the endpoint. */
  readonly names: Map<string, string>;
  readonly problems: string[];
}

/** The ids that the experiment gave the instances that each change adds. */
function addedBy(endpoint: LocalEndpoint, changes: readonly ClusterChange[]): readonly (readonly string[])[] {
  const cluster = endpoint.cluster();
  return changes.map((change, index) => {
    if (change.kind !== "addInstances") return [];
    const before = new Set(applyChanges(cluster, onlyAdditions(changes.slice(0, index))).added);
    const now = applyChanges(cluster, onlyAdditions(changes.slice(0, index + 1))).added;
    return now.filter((it) => !before.has(it));
  });
}

function onlyAdditions(changes: readonly ClusterChange[]): readonly ClusterChange[] {
  return changes.filter((it) => it.kind === "addInstances");
}

/** Whether it did anything. */
async function apply(work: Work, change: ClusterChange, added: readonly string[]): Promise<boolean> {
  if (change.kind === "daemonSize") {
    work.problems.push(`${describeChange(change)}: change the task definition itself for that.`);
    return false;
  }
  if (change.kind === "addInstances") {
    if (change.cpu !== undefined || change.memory !== undefined) {
      work.problems.push(`${describeChange(change)}: the local cluster takes the size of the instance type.`);
    }
    const { count, instanceType, zones, attributes } = change;
    const { containerInstanceArns } = (await call(work, "EcsDaemonLocal.AddContainerInstances", {
      count,
      ...(instanceType === undefined ? {} : { instanceType }),
      ...(zones === undefined ? {} : { zones }),
      ...(attributes === undefined ? {} : { attributes }),
    })) as { readonly containerInstanceArns: readonly string[] };
    containerInstanceArns.forEach((arn, index) => {
      const id = added[index];
      if (id !== undefined) work.names.set(id, arn.slice(arn.lastIndexOf("/") + 1));
    });
    return true;
  }
  const instances = change.instances.map((it) => work.names.get(it) ?? it);
  if (change.kind === "occupyPort" || change.kind === "occupyMemory" || change.kind === "occupyCpu") {
    await occupy(work, change, instances);
  } else {
    for (const containerInstance of instances)
      await call(work, "EcsDaemonLocal.UpdateContainerInstance", {
        containerInstance,
        ...updateOf(change),
      });
  }
  return instances.length > 0;
}

type Update = Exclude<InstanceChange, { readonly kind: "occupyPort" | "occupyMemory" | "occupyCpu" }>;

function updateOf(change: Update): object {
  switch (change.kind) {
    case "drain":
      return { status: "DRAINING" };
    case "activate":
      return { status: "ACTIVE" };
    case "disconnect":
      return { agentConnected: false };
    case "reconnect":
      return { agentConnected: true };
    case "remove":
      return { remove: true };
    case "setAttribute": {
      const { name, value } = change;
      return { attributes: [{ name, ...(value === undefined ? {} : { value }) }] };
    }
    case "removeAttribute":
      return { removedAttributes: [change.name] };
  }
}

type Occupation = Extract<InstanceChange, { readonly kind: "occupyPort" | "occupyMemory" | "occupyCpu" }>;

/** StartTask takes ten instances. */
const mostInstances = 10;

/** What is in use at ECS is in use by a task: one that does nothing but that, of the family `what-if`. */
async function occupy(work: Work, change: Occupation, instances: readonly string[]): Promise<void> {
  const { taskDefinition } = (await call(work, "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition", {
    family: "what-if",
    networkMode: "bridge",
    containerDefinitions: [containerOf(change)],
  })) as { readonly taskDefinition: { readonly taskDefinitionArn: string } };
  for (let start = 0; start < instances.length; start += mostInstances) {
    const { failures } = (await call(work, "AmazonEC2ContainerServiceV20141113.StartTask", {
      taskDefinition: taskDefinition.taskDefinitionArn,
      containerInstances: instances.slice(start, start + mostInstances),
      group: "what-if",
    })) as { readonly failures: readonly { readonly arn: string; readonly reason: string }[] };
    for (const { arn, reason } of failures)
      work.problems.push(
        `${describeChange(change)}: ${arn.slice(arn.lastIndexOf("/") + 1)} refused it (${reason}).`,
      );
  }
}

/** ECS wants some memory of every container; the least that Docker takes is 6 MiB. */
const leastMemory = 6;

function containerOf(change: Occupation): object {
  const container = { name: "occupied", image: "what-if", essential: true };
  switch (change.kind) {
    case "occupyMemory":
      return { ...container, memory: Math.max(leastMemory, change.memory) };
    case "occupyCpu":
      return { ...container, memory: leastMemory, cpu: change.cpu };
    case "occupyPort": {
      const { port, protocol = "tcp" } = change;
      return {
        ...container,
        memory: leastMemory,
        portMappings: [{ containerPort: port, hostPort: port, protocol }],
      };
    }
  }
}

async function call({ endpoint }: Work, target: string, input: object): Promise<unknown> {
  const response = await fetch(endpoint.url, {
    method: "POST",
    headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify({ cluster: endpoint.clusterName, ...input }),
  });
  const answer = (await response.json()) as { readonly message?: string };
  if (!response.ok) throw new Error(answer.message ?? `The local endpoint answered ${response.status}.`);
  return answer;
}
