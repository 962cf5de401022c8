// The reads of a coverage look: lists that may end early, and descriptions of what is named, nothing more.

import { append } from "../../core/text/lists";
import { answered, incompleteAnswer } from "../calls/answers";
import { lastPart, plainMembers } from "../calls/awsShapes";
import { type EcsCalls, reasonsOf, type SdkFailure } from "../calls/ecsCalls";
import { inBatches, pages } from "../calls/paging";
import { type CoverageReads, EcsError, type ManagedDaemonState, type PartialList } from "../port";

export function coverageCalls({ send }: EcsCalls): CoverageReads {
  const describe = (cluster: string, ids: readonly string[], signal?: AbortSignal) =>
    inBatches(ids, 100, async (containerInstances) => [
      await send("DescribeContainerInstances", { cluster, containerInstances }, signal),
    ]);
  return {
    listInstancePages: (cluster, selection, mostPages, signal) =>
      somePages(mostPages, async (nextToken) => {
        const input = { cluster, ...selection, nextToken };
        const answer = await send("ListContainerInstances", input, signal);
        const what = "list of container instances";
        const arns = answered(answer.containerInstanceArns, "ListContainerInstances", what);
        return { arns, nextToken: answer.nextToken };
      }),
    describeInstances: async (cluster, ids, signal) => {
      const answers = await describe(cluster, ids, signal);
      const found = answers.flatMap((it) => it.containerInstances ?? []).map(plainMembers);
      refuseHalf("DescribeContainerInstances", "container instances", ids, found.length, answers);
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
    describeTasksNamed: async (cluster, arns, signal) => {
      const answers = await inBatches(arns, 100, async (tasks) => [
        await send("DescribeTasks", { cluster, tasks }, signal),
      ]);
      const tasks = answers.flatMap((it) => it.tasks ?? []).map(plainMembers);
      const seen = new Set(tasks.map((it) => lastPart(String(it.taskArn))));
      for (const it of answers.flatMap((answer) => answer.failures ?? []))
        if (isGone(it)) seen.add(lastPart(it.arn ?? ""));
      return { tasks, undescribed: arns.filter((it) => !seen.has(lastPart(it))) };
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

const isGone = ({ reason }: SdkFailure): boolean => reason === "MISSING";

/** What is missing without being reported as gone is half an answer. */
function refuseHalf(
  operation: string,
  what: string,
  asked: readonly string[],
  found: number,
  answers: readonly { readonly failures?: readonly SdkFailure[] | undefined }[],
): void {
  const gone = answers.flatMap((it) => it.failures ?? []).filter(isGone).length;
  if (found + gone >= asked.length) return;
  const reasons = [...new Set(reasonsOf(answers).filter((it) => it !== "MISSING"))].join(", ");
  answered(
    undefined,
    operation,
    `description of ${asked.length - found - gone} of ${asked.length} ${what}${reasons === "" ? "" : ` (${reasons})`}`,
  );
}
