// Managed daemons: create, update, delete, describe, list.

import { daemonAnswer, daemonSummary } from "../../answers/daemonAnswer";
import { daemonNotActive, invalidParameter } from "../../errors";
import { definedOnly, type Operation, seconds } from "../../operation";
import { canonicalJson } from "../../request/canonicalJson";
import { deploymentSettingsOf, newRevision } from "../../request/daemonInput";
import { capacityProviderName, clusterOfArn, clusterOfArnToUse, daemonOf } from "../../request/findManaged";
import { tagsOf } from "../../request/findRecords";
import { type JsonObject, optionalText, requiredText, textList } from "../../request/input";
import { knownInput } from "../../request/knownMembers";
import { pageOf, pageSize } from "../../request/paging";
import { rejectAsEcs } from "../../request/rejectAsEcs";
import {
  beginDaemonDeployment,
  daemonsOfCluster,
  keyOfDaemon,
} from "../../scheduling/managed/daemonDeployments";
import type { DaemonRecord } from "../../state/managedRecords";
import { serviceKey, type World } from "../../state/world";

export const createDaemon: Operation = (world, given, call) => {
  const input = knownInput("createDaemon", given);
  const cluster = clusterOfArnToUse(world, input);
  const name = requiredText(input, "daemonName", "DaemonName");
  const requestKey = canonicalJson({ ...input, clusterArn: cluster.name });
  const twin = sameRequest(world, cluster.name, input, requestKey);
  if (twin !== undefined) return created(twin, call);
  rejectAsEcs(world, "createDaemon", input);
  const key = serviceKey(cluster.name, name);
  refuseKnownName(world.daemons.get(key));
  const clientToken = tokenOf(input);
  const now = world.now();
  const daemon: DaemonRecord = {
    cluster: cluster.name,
    name,
    status: "ACTIVE",
    revision: newRevision(world, input, key).id,
    deployment: "",
    createdAt: now,
    updatedAt: now,
    tags: tagsOf(input),
    ...(clientToken === undefined ? {} : { clientToken }),
    requestKey,
  };
  return created(beginDaemonDeployment(world, daemon, undefined, deploymentSettingsOf(input)), call);
};

function created(daemon: DaemonRecord, call: Parameters<Operation>[2]): JsonObject {
  const { updatedAt: _, ...answer } = changed(daemon, call);
  return answer;
}

function changed(daemon: DaemonRecord, call: Parameters<Operation>[2]): JsonObject {
  const key = keyOfDaemon(daemon);
  return {
    daemonArn: call.arns.daemon(key),
    status: daemon.status,
    createdAt: seconds(daemon.createdAt),
    updatedAt: seconds(daemon.updatedAt),
    deploymentArn: call.arns.daemonDeployment(key, daemon.deployment),
  };
}

function tokenOf(input: JsonObject): string | undefined {
  const token = optionalText(input, "clientToken") || undefined;
  if (token !== undefined && !/^[!-~]{1,36}$/.test(token))
    throw invalidParameter("ClientToken can have up to 36 ASCII characters in the range 33 to 126.");
  return token;
}

/** The daemon that an earlier call with the same client token made. */
function sameRequest(
  world: World,
  cluster: string,
  input: JsonObject,
  requestKey: string,
): DaemonRecord | undefined {
  const token = tokenOf(input);
  if (token === undefined) return undefined;
  const found = daemonsOfCluster(world, cluster).find((it) => it.clientToken === token);
  if (found === undefined || found.requestKey === requestKey) return found;
  throw invalidParameter("Creation of daemon was not idempotent.");
}

function refuseKnownName(known: DaemonRecord | undefined): void {
  if (known === undefined) return;
  throw invalidParameter(
    known.status === "ACTIVE"
      ? `A daemon with the name '${known.name}' already exists in the cluster.`
      : `The daemon '${known.name}' is still being deleted.`,
  );
}

export const updateDaemon: Operation = (world, given, call) => {
  const input = knownInput("updateDaemon", given);
  const daemon = daemonOf(world, input);
  if (daemon.status !== "ACTIVE") throw daemonNotActive();
  rejectAsEcs(world, "updateDaemon", input);
  const revision = newRevision(world, input, keyOfDaemon(daemon)).id;
  const next = { ...daemon, revision, updatedAt: world.now() };
  return changed(beginDaemonDeployment(world, next, daemon, deploymentSettingsOf(input)), call);
};

export const deleteDaemon: Operation = (world, input, call) => {
  const daemon = daemonOf(world, input);
  if (daemon.status !== "ACTIVE")
    throw invalidParameter(`The daemon '${daemon.name}' cannot be deleted: deployment deletion is ongoing.`);
  const last = world.daemonDeployments.get(daemon.deployment);
  const { revision: _, ...rest } = daemon;
  const next: DaemonRecord = { ...rest, status: "DELETE_IN_PROGRESS", updatedAt: world.now() };
  // Instances are replaced as fast as at the deployment before; nothing bakes without the daemon.
  const settings = { ...deploymentSettingsOf({}), drainPercent: last?.drainPercent ?? 25 };
  return changed(beginDaemonDeployment(world, next, daemon, settings), call);
};

export const describeDaemon: Operation = (world, input, call) => ({
  daemon: daemonAnswer(world, daemonOf(world, input), call),
});

export const listDaemons: Operation = (world, input, call) => {
  const cluster = clusterOfArn(world, input);
  const providers = textList(input, "capacityProviderArns").map(capacityProviderName);
  const isOnOne = ({ revision = "" }: DaemonRecord) => {
    const names = world.daemonRevisions.get(revision)?.capacityProviders ?? [];
    return providers.length === 0 || names.some((it) => providers.includes(it));
  };
  const found = daemonsOfCluster(world, cluster.name)
    .filter(isOnOne)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const request = { operation: "ListDaemons", input: { ...input, cluster: cluster.name } };
  const page = pageOf(found, (it) => it.name, request, pageSize(input, 100));
  return definedOnly({
    daemonSummariesList: page.items.map((it) => daemonSummary(it, call)),
    nextToken: page.nextToken,
  });
};
