// Deployments and revisions of managed daemons: what was deployed when, and how it went.

import {
  daemonDeploymentAnswer,
  daemonDeploymentBrief,
  daemonRevisionAnswer,
} from "../../answers/daemonHistoryAnswer";
import { parseArn } from "../../arns";
import { clientException, daemonNotFound, invalidParameter } from "../../errors";
import type { Operation } from "../../operation";
import { daemonOf } from "../../request/findManaged";
import { identifierList, type JsonObject, member, optionalObject, wordList } from "../../request/input";
import { pageOf, pageSize } from "../../request/paging";
import { keyOfDaemon } from "../../scheduling/managed/daemonDeployments";
import type { DaemonDeploymentRecord, DaemonDeploymentStatus } from "../../state/managedRecords";
import { rowsOf } from "../../state/world";

/** The id in an ARN of the given type, whose path is `cluster/daemon/id`; throws for another one. */
function idIn(arn: string, type: string): { readonly daemon: string; readonly id: string } {
  const parsed = parseArn(arn);
  const [cluster = "", name = "", id = ""] = parsed?.path ?? [];
  if (parsed?.type !== type || id === "")
    throw invalidParameter(`Invalid identifier: Unexpected identifier for ${type} - ${arn}`);
  return { daemon: `${cluster}/${name}`, id };
}

/** What each of the ARNs names; MISSING where there is nothing. */
function eachOf<T extends { readonly daemon: string }>(
  arns: readonly string[],
  type: string,
  table: { get(id: string): T | undefined },
  answer: (record: T) => JsonObject,
): { readonly found: readonly JsonObject[]; readonly failures: readonly JsonObject[] } {
  const found: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const arn of arns) {
    const { daemon, id } = idIn(arn, type);
    const record = table.get(id);
    if (record?.daemon === daemon) found.push(answer(record));
    else failures.push({ arn, reason: "MISSING" });
  }
  return { found, failures };
}

export const describeDaemonDeployments: Operation = (world, input, call) => {
  const arns = identifierList(input, "daemonDeploymentArns", "DaemonDeploymentArns", 20);
  const { found, failures } = eachOf(arns, "daemon-deployment", world.daemonDeployments, (it) =>
    daemonDeploymentAnswer(world, it, call),
  );
  return { daemonDeployments: found, failures };
};

export const describeDaemonRevisions: Operation = (world, input, call) => {
  const arns = identifierList(input, "daemonRevisionArns", "DaemonRevisionArns", 20);
  const { found, failures } = eachOf(arns, "daemon-revision", world.daemonRevisions, (it) =>
    daemonRevisionAnswer(world, it, call),
  );
  return { daemonRevisions: found, failures };
};

const statuses: readonly DaemonDeploymentStatus[] = [
  "PENDING",
  "SUCCESSFUL",
  "STOPPED",
  "STOP_REQUESTED",
  "IN_PROGRESS",
  "ROLLBACK_IN_PROGRESS",
  "ROLLBACK_SUCCESSFUL",
  "ROLLBACK_FAILED",
];

export const listDaemonDeployments: Operation = (world, input, call) => {
  // The API model has no DaemonNotFoundException here.
  const daemon = daemonOf(world, input, clientException(daemonNotFound().message));
  const wanted = wordList(input, "status", statuses);
  const created = optionalObject(input, "createdAt") ?? {};
  const [after, before] = [bound(created, "after"), bound(created, "before")];
  const found = rowsOf(world.daemonDeployments, world.deploymentsOfDaemon.members(keyOfDaemon(daemon)))
    // Those of a deleted daemon of the same name are older.
    .filter((it) => it.createdAt >= daemon.createdAt)
    .filter((it) => wanted.length === 0 || wanted.includes(it.status))
    .filter(
      (it) =>
        it.createdAt / 1000 >= (after ?? 0) && it.createdAt / 1000 <= (before ?? Number.POSITIVE_INFINITY),
    )
    .toSorted((a, b) => newestFirst(pageKey(a), pageKey(b)));
  const page = pageOf(
    found,
    pageKey,
    { operation: "ListDaemonDeployments", input },
    pageSize(input, 100, 20),
    newestFirst,
  );
  return {
    daemonDeployments: page.items.map((it) => daemonDeploymentBrief(it, call)),
    nextToken: page.nextToken,
  };
};

const pageKey = (it: DaemonDeploymentRecord): string => `${String(it.createdAt).padStart(16, "0")} ${it.id}`;
const newestFirst = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

/** Seconds since 1970. */
function bound(range: JsonObject, name: string): number | undefined {
  const value = member(range, name);
  if (value === undefined) return undefined;
  const time = typeof value === "number" ? value : Date.parse(String(value)) / 1000;
  if (Number.isNaN(time)) throw invalidParameter(`createdAt.${name} is not a time.`);
  return time;
}
