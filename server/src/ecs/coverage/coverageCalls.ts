// The reads of a coverage look: lists that may end early, and descriptions of what is named, nothing more.

import { append } from "../../core/text/lists";
import { answered, incompleteAnswer } from "../calls/answers";
import { lastPart, type SdkTask } from "../calls/awsShapes";
import { type EcsCalls, reasonsOf, type SdkFailure } from "../calls/ecsCalls";
import { inBatches, pages } from "../calls/paging";
import {
  type CoverageReads,
  EcsError,
  type JsonObject,
  type ManagedDaemonState,
  type PartialList,
} from "../port";

export function coverageCalls({ send }: EcsCalls): CoverageReads {
  return {
    listInstancePages: (cluster, selection, mostPages, signal) =>
      somePages(mostPages, async (nextToken) => {
        const input = { cluster, ...selection, nextToken };
        const answer = await send("ListContainerInstances", input, signal);
        const what = "list of container instances";
        const arns = answered(answer.containerInstanceArns, "ListContainerInstances", what);
        return { arns, nextToken: answer.nextToken };
      }),
    describeInstances: async (cluster, ids, read, signal) => {
      const failures: SdkFailure[] = [];
      const found = await inBatches(ids, 100, async (containerInstances) => {
        const answer = await send("DescribeContainerInstances", { cluster, containerInstances }, signal);
        append(failures, answer.failures ?? []);
        return (answer.containerInstances ?? []).map((it) => read(it as JsonObject));
      });
      refuseHalf("DescribeContainerInstances", "container instances", ids, found.length, failures);
      return found;
    },
    listTaskPages: (cluster, choice, mostPages, signal) =>
      somePages(mostPages, async (nextToken) => {
        const answer = await send("ListTasks", { cluster, ...choice, nextToken }, signal);
        return {
          arns: answered(answer.taskArns, "ListTasks", "list of tasks"),
          nextToken: answer.nextToken,
        };
      }),
    describeTasksNamed: async (cluster, arns, read, signal) => {
      const undescribed: string[] = [];
      const tasks = await inBatches(arns, 100, async (batch) => {
        const answer = await send("DescribeTasks", { cluster, tasks: batch }, signal);
        const found = answer.tasks ?? [];
        append(undescribed, missingOf(batch, found, answer.failures ?? []));
        return found.map(read);
      });
      return { tasks, undescribed };
    },
    listManagedDaemons: (clusterArn, signal) => managedDaemons(send, clusterArn, signal),
    countInstances: async (clusters, signal) => {
      const answers = await inBatches(clusters, 100, async (batch) => [
        await send("DescribeClusters", { clusters: batch }, signal),
      ]);
      return new Map(
        answers
          .flatMap((it) => it.clusters ?? [])
          .map((it) => [it.clusterName ?? "", it.registeredContainerInstancesCount]),
      );
    },
  };
}

async function managedDaemons(
  send: EcsCalls["send"],
  clusterArn: string,
  signal: AbortSignal | undefined,
): Promise<readonly ManagedDaemonState[]> {
  const listed = await pages(async (nextToken) => {
    const answer = await send("ListDaemons", { clusterArn, nextToken }, signal);
    const items = answered(answer.daemonSummariesList, "ListDaemons", "list of managed daemons");
    return { items, nextToken: answer.nextToken };
  }).catch((error: unknown) => {
    if (error instanceof EcsError && knowsNoManagedDaemons.test(error.name)) return [];
    throw error;
  });
  const active = listed.filter((it) => it.status === "ACTIVE" && it.daemonArn !== undefined);
  return inBatches(active, 1, async ([summary]) => {
    const { daemon } = await send("DescribeDaemon", { daemonArn: summary?.daemonArn }, signal);
    const revisions = daemon?.currentRevisions;
    const total = (count: "totalRunningCount" | "totalWithoutDaemonCount") =>
      revisions?.reduce<number | undefined>((sum, it) => {
        const own = it[count];
        return sum === undefined || own === undefined ? undefined : sum + own;
      }, 0);
    return [
      {
        name: lastPart(summary?.daemonArn ?? ""),
        running: total("totalRunningCount"),
        without: total("totalWithoutDaemonCount"),
      },
    ];
  });
}

/** How an ECS of before managed daemons, or another endpoint, refuses an operation that it does not have. */
const knowsNoManagedDaemons = /^(UnknownOperation|UnsupportedFeature|InvalidAction)/;

interface ListPage {
  readonly arns: readonly string[];
  readonly nextToken: string | undefined;
}

async function somePages(
  most: number,
  ask: (nextToken: string | undefined) => Promise<ListPage>,
): Promise<PartialList> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < most; page += 1) {
    const answer = await ask(nextToken);
    append(arns, answer.arns);
    if (!answer.nextToken) return { arns, hasMore: false };
    // The same token again would go on for ever.
    if (answer.nextToken === nextToken)
      throw incompleteAnswer("ECS answers the same page of a list again and again.");
    nextToken = answer.nextToken;
  }
  return { arns, hasMore: true };
}

/** The tasks that ECS neither describes nor reports as gone. */
function missingOf(
  arns: readonly string[],
  found: readonly SdkTask[],
  failures: readonly SdkFailure[],
): readonly string[] {
  if (found.length === arns.length && found.every((it, index) => it.taskArn === arns[index])) return [];
  const gone = failures.filter(isGone);
  const seen = new Set([...found.map((it) => it.taskArn), ...gone.map((it) => it.arn)].map(idOf));
  return arns.filter((it) => !seen.has(idOf(it)));
}

const idOf = (arn: string | undefined): string => lastPart(arn ?? "");

const isGone = ({ reason }: SdkFailure): boolean => reason === "MISSING";

/** What is missing without being reported as gone is half an answer. */
function refuseHalf(
  operation: string,
  what: string,
  asked: readonly string[],
  found: number,
  failures: readonly SdkFailure[],
): void {
  const gone = failures.filter(isGone).length;
  if (found + gone >= asked.length) return;
  const reasons = [...new Set(reasonsOf([{ failures }]).filter((it) => it !== "MISSING"))].join(", ");
  answered(
    undefined,
    operation,
    `description of ${asked.length - found - gone} of ${asked.length} ${what}${reasons === "" ? "" : ` (${reasons})`}`,
  );
}
