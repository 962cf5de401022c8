// Managed daemons through single calls of ECS: names are resolved, pages followed, answers read into our words.

import { answered } from "../calls/answers";
import { lastPart, plain, taskState } from "../calls/awsShapes";
import { type EcsCalls, type EcsOperation, reasonsOf } from "../calls/ecsCalls";
import { inBatches, pages } from "../calls/paging";
import { type DaemonChange, type DaemonState, EcsError, type JsonObject, type ManagedCalls } from "../port";

/** `capture` reads instances and tasks of a cluster. */
export function daemonCalls(
  calls: EcsCalls,
  capture: (cluster: string, signal?: AbortSignal) => Promise<JsonObject>,
): ManagedCalls {
  const { send } = calls;
  return {
    registerDaemonDefinition: async (input, signal) => {
      const { daemonTaskDefinitionArn } = await send("RegisterDaemonTaskDefinition", input, signal);
      return answered(daemonTaskDefinitionArn, "RegisterDaemonTaskDefinition", "ARN of the definition");
    },
    describeDaemonDefinition: (reference, signal) => describeDefinition(calls, reference, signal),
    findDaemon: async (clusterArn, name, signal) => {
      const arns = await listDaemons(calls, clusterArn, signal);
      const arn = arns.find((it) => lastPart(it) === name);
      return arn === undefined ? undefined : describeDaemon(calls, arn, signal);
    },
    createDaemon: async (input, signal) =>
      changeOf(await send("CreateDaemon", input, signal), "CreateDaemon"),
    updateDaemon: async (input, signal) =>
      changeOf(await send("UpdateDaemon", input, signal), "UpdateDaemon"),
    deleteDaemon: async (daemonArn, signal) =>
      changeOf(await send("DeleteDaemon", { daemonArn }, signal), "DeleteDaemon"),
    describeDaemonDeployment: (arn, signal) => describeDeployment(calls, arn, signal),
    captureManagedCluster: async (cluster, signal) => {
      const [snapshot, managed] = await Promise.all([
        capture(cluster, signal),
        managedParts(calls, cluster, signal),
      ]);
      return { ...snapshot, ...managed };
    },
    listDaemonTasks: async (cluster, daemonName, desiredStatus, signal) => {
      const arns = await pages(async (nextToken) => {
        const answer = await send("ListTasks", { cluster, daemonName, desiredStatus, nextToken }, signal);
        return {
          items: answered(answer.taskArns, "ListTasks", "list of tasks"),
          nextToken: answer.nextToken,
        };
      });
      const answers = await inBatches(arns, 100, async (tasks) => [
        await send("DescribeTasks", { cluster, tasks }, signal),
      ]);
      return answers.flatMap((it) => it.tasks ?? []).map(taskState);
    },
  };
}

/** The capacity providers and daemons of a cluster, for a snapshot. */
export async function managedParts(
  calls: EcsCalls,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject> {
  const [capacityProviders, daemons] = await Promise.all([
    unlessRefused(() => describeProviders(calls, cluster, signal)),
    unlessRefused(() => describeDaemons(calls, cluster, signal)),
  ]);
  return { ...(capacityProviders && { capacityProviders }), ...(daemons && { daemons }) };
}

/** The capacity providers alone, where instances have one: which of them has Managed Instances decides where services run. */
export async function providersOf(
  calls: EcsCalls,
  cluster: string,
  instances: readonly JsonObject[],
  signal: AbortSignal | undefined,
): Promise<JsonObject> {
  if (!instances.some((it) => it.capacityProviderName)) return {};
  const capacityProviders = await unlessRefused(() => describeProviders(calls, cluster, signal));
  return capacityProviders === undefined ? {} : { capacityProviders };
}

/** What an account does not allow, or an endpoint does not have, is left out of a snapshot. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (
      error instanceof EcsError &&
      /^(AccessDenied|UnsupportedFeature|InvalidAction|UnknownOperation)/.test(error.name)
    )
      return undefined;
    throw error;
  }
}

async function describeProviders(
  { send }: EcsCalls,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<readonly JsonObject[]> {
  const found = await pages(async (nextToken) => {
    const answer = await send("DescribeCapacityProviders", { cluster, nextToken }, signal);
    const items = answered(
      answer.capacityProviders,
      "DescribeCapacityProviders",
      "list of capacity providers",
    );
    return { items, nextToken: answer.nextToken };
  });
  return found.map(plain);
}

async function describeDaemons(calls: EcsCalls, cluster: string, signal: AbortSignal | undefined) {
  const arns = await listDaemons(calls, cluster, signal);
  const states = await inBatches(arns, 1, async ([arn = ""]) => [await describeDaemon(calls, arn, signal)]);
  return states.flatMap((it) =>
    it === undefined ? [] : [{ ...it.described, ...(it.revision && { revision: it.revision }) }],
  );
}

/** ECS lists the daemons of a cluster's ARN; a short name is tried where nothing else is known. */
function listDaemons({ send }: EcsCalls, clusterArn: string, signal: AbortSignal | undefined) {
  return pages(async (nextToken) => {
    const answer = await send("ListDaemons", { clusterArn, nextToken }, signal);
    const items = answered(answer.daemonSummariesList, "ListDaemons", "list of daemons");
    return { items: items.flatMap((it) => it.daemonArn ?? []), nextToken: answer.nextToken };
  });
}

async function describeDaemon(
  calls: EcsCalls,
  daemonArn: string,
  signal: AbortSignal | undefined,
): Promise<DaemonState | undefined> {
  const { daemon } = await calls.send("DescribeDaemon", { daemonArn }, signal).catch((error: unknown) => {
    // Gone since it was listed.
    if (error instanceof EcsError && /^DaemonNotFound/.test(error.name)) return { daemon: undefined };
    throw error;
  });
  if (daemon === undefined || daemon === null) return undefined;
  const described = plain(daemon);
  const { deploymentArn } = daemon;
  const deployment = deploymentArn ? await describeDeployment(calls, deploymentArn, signal) : undefined;
  const revisionArn = revisionThatCounts(described, deployment);
  const revision = revisionArn === undefined ? undefined : await describeRevision(calls, revisionArn, signal);
  return {
    arn: daemonArn,
    name: lastPart(daemonArn),
    status: daemon.status ?? "",
    described,
    deployment,
    revision,
  };
}

/** A deployment's target, unless it has been given up: then what it goes back to, or what runs. */
function revisionThatCounts(described: JsonObject, deployment: JsonObject | undefined): string | undefined {
  const arnIn = (value: unknown): string | undefined => {
    const arn = (value as JsonObject | undefined)?.arn;
    return typeof arn === "string" ? arn : undefined;
  };
  const [current] = Array.isArray(described.currentRevisions) ? described.currentRevisions : [];
  const isGivenUp = /^(STOP|ROLLBACK)/.test(String(deployment?.status ?? ""));
  const back = (deployment?.rollback as JsonObject | undefined)?.rollbackTargetDaemonRevisionArn;
  if (isGivenUp) return typeof back === "string" ? back : arnIn(current);
  return arnIn(deployment?.targetDaemonRevision) ?? arnIn(current);
}

async function describeRevision(
  { send }: EcsCalls,
  arn: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  const answer = await send("DescribeDaemonRevisions", { daemonRevisionArns: [arn] }, signal);
  const [found] = answer.daemonRevisions ?? [];
  return found && plain(found);
}

async function describeDeployment(
  { send }: EcsCalls,
  arn: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  const answer = await send("DescribeDaemonDeployments", { daemonDeploymentArns: [arn] }, signal);
  const [found] = answer.daemonDeployments ?? [];
  if (found === undefined && reasonsOf([answer]).some((it) => it !== "MISSING"))
    throw new EcsError("IncompleteAnswer", `ECS does not describe the deployment ${lastPart(arn)}.`);
  return found && plain(found);
}

async function describeDefinition(
  { send }: EcsCalls,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  try {
    const answer = await send("DescribeDaemonTaskDefinition", { daemonTaskDefinition: reference }, signal);
    return plain(answered(answer.daemonTaskDefinition, "DescribeDaemonTaskDefinition", "definition"));
  } catch (error) {
    // ECS has no exception of its own for it.
    if (error instanceof EcsError && /not found|unable to describe/i.test(error.message)) return undefined;
    throw error;
  }
}

function changeOf(
  answer: { readonly daemonArn?: string | undefined; readonly deploymentArn?: string | undefined },
  operation: EcsOperation,
): DaemonChange {
  return {
    daemonArn: answered(answer.daemonArn, operation, "ARN of the daemon"),
    deploymentArn: answer.deploymentArn ?? undefined,
  };
}
