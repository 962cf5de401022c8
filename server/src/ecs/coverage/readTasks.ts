// Reads tasks for a coverage look: of a few container instances, of one service, or of the whole cluster.

import { counted, countText } from "../../core/text/counts";
import { inBatches } from "../calls/paging";
import type { TaskChoice } from "../port";
import { lastPart, type SeenTask } from "./facts";
import { attempt, type Look } from "./look";

const allPages = 10_000;

export interface ReadTasks {
  readonly tasks: readonly SeenTask[];
  /** Ids of container instances whose tasks could not be read. */
  readonly unread: ReadonlySet<string>;
}

/** Every task that should run on these instances. */
export async function tasksOnInstances(look: Look, ids: readonly string[]): Promise<ReadTasks> {
  const listed = await listOnInstances(look, ids);
  return withDescriptions(listed, await describe(look, listed.arns));
}

/** Tasks of these instances, and those of {@link stoppedTasks}, described together: that is one call less. */
export async function tasksAndStopped(
  look: Look,
  ids: readonly string[],
  services: readonly string[],
): Promise<ReadTasks & { readonly stopped: readonly SeenTask[] | undefined }> {
  const listed = await listOnInstances(look, ids);
  const stopped = await listStopped(look, services);
  const ended = new Set(stopped?.map(lastPart));
  const described = await describe(look, [...listed.arns, ...(stopped ?? [])]);
  const isWhole = !described?.undescribed.some((it) => ended.has(lastPart(it)));
  const isEnded = ({ task }: SeenTask) => ended.has(lastPart(task.arn));
  return {
    ...withDescriptions(listed, described),
    stopped:
      stopped === undefined || described === undefined || !isWhole
        ? undefined
        : described.tasks.filter(isEnded),
  };
}

interface Listed {
  readonly arns: readonly string[];
  /** By task id. */
  readonly instanceOf: ReadonlyMap<string, string>;
  /** Ids of container instances whose tasks could not be listed. */
  readonly unlisted: readonly string[];
}

async function listOnInstances(look: Look, ids: readonly string[]): Promise<Listed> {
  const unlisted: string[] = [];
  const instanceOf = new Map<string, string>();
  const arns = await inBatches(ids, 1, async ([id]) => {
    if (id === undefined) return [];
    const listed = await list(look, { containerInstance: id });
    if (listed === undefined) unlisted.push(id);
    for (const it of listed ?? []) instanceOf.set(lastPart(it), id);
    return listed ?? [];
  });
  return { arns, instanceOf, unlisted };
}

function withDescriptions(
  { arns, instanceOf, unlisted }: Listed,
  described: Described | undefined,
): ReadTasks {
  const open = described?.undescribed ?? arns;
  const unread = new Set([...unlisted, ...open.flatMap((it) => instanceOf.get(lastPart(it)) ?? [])]);
  return { tasks: described?.tasks ?? [], unread };
}

/** The tasks of a service that should run; `undefined` where they could not be read. */
export async function tasksOfService(
  look: Look,
  serviceName: string,
): Promise<readonly SeenTask[] | undefined> {
  return all(look, { serviceName });
}

/** Every task of the cluster that should run; `undefined` where they could not be read. */
export function tasksOfCluster(look: Look): Promise<readonly SeenTask[] | undefined> {
  return all(look, {});
}

/**
 * Tasks that stop or have stopped, of the last hour: of the whole cluster where one page holds them, else of the named
 * services. `undefined` where they could not be read.
 */
export async function stoppedTasks(
  look: Look,
  services: readonly string[],
): Promise<readonly SeenTask[] | undefined> {
  const arns = await listStopped(look, services);
  return arns === undefined ? undefined : complete(look, arns);
}

async function listStopped(look: Look, services: readonly string[]): Promise<readonly string[] | undefined> {
  const page = await attempt(look.incomplete, "ListTasks", () =>
    look.ecs.listTaskPages(look.cluster, { desiredStatus: "STOPPED" }, 1, look.signal),
  );
  if (page === undefined || !page.hasMore) return page?.arns;
  const parts = await inBatches(services, 1, async ([serviceName]) =>
    serviceName === undefined ? [] : [await list(look, { serviceName, desiredStatus: "STOPPED" })],
  );
  return parts.includes(undefined) ? undefined : parts.flatMap((it) => it ?? []);
}

async function all(look: Look, choice: TaskChoice): Promise<readonly SeenTask[] | undefined> {
  const arns = await list(look, choice);
  return arns === undefined ? undefined : complete(look, arns);
}

async function list(look: Look, choice: TaskChoice): Promise<readonly string[] | undefined> {
  const found = await attempt(look.incomplete, "ListTasks", () =>
    look.ecs.listTaskPages(look.cluster, choice, allPages, look.signal),
  );
  return found === undefined || found.hasMore ? undefined : found.arns;
}

/** Descriptions of all of them, or nothing: half an answer is no answer. */
async function complete(look: Look, arns: readonly string[]): Promise<readonly SeenTask[] | undefined> {
  const described = await describe(look, arns);
  return described === undefined || described.undescribed.length > 0 ? undefined : described.tasks;
}

interface Described {
  readonly tasks: readonly SeenTask[];
  readonly undescribed: readonly string[];
}

async function describe(look: Look, arns: readonly string[]): Promise<Described | undefined> {
  if (arns.length === 0) return { tasks: [], undescribed: [] };
  const found = await attempt(look.incomplete, "DescribeTasks", () =>
    look.ecs.describeTasksNamed(look.cluster, arns, look.readTask, look.signal),
  );
  if (found !== undefined && found.undescribed.length > 0)
    look.incomplete.push(
      `DescribeTasks: ECS lists ${counted(arns.length, "task")} and does not describe ${countText(found.undescribed.length)} of them.`,
    );
  return found && { ...found, tasks: found.tasks.filter((it) => it !== undefined) };
}
