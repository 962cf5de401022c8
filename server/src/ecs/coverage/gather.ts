// Gathers what the cells of a cluster are judged by: the suspect container instances, the tasks on them, and what ECS's own
// evaluator says of the constraints.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { recentFailures } from "../../core/coverage/causes";
import type { DaemonTask } from "../../core/coverage/daemonFacts";
import { isReadingSure } from "../../core/coverage/judgeCell";
import { countText, instanceCount } from "../../core/text/counts";
import { append } from "../../core/text/lists";
import { inBatches } from "../calls/paging";
import type { ServiceState } from "../port";
import { factsOf, type SeenTask } from "./facts";
import type { Look } from "./look";
import { describeInstances } from "./readInstances";
import { stoppedTasks, tasksAndStopped, tasksOfCluster, tasksOfService, tasksOnInstances } from "./readTasks";
import { countsAddUp, isIll, mayBeUnwanted } from "./serviceCounts";
import {
  allOfStatus,
  describeDefinitions,
  fewSuspects,
  findSuspects,
  withoutAgent,
  withoutDaemon,
  withUnexpected,
} from "./suspects";

export interface Gathered {
  /** Described container instances with the tasks on them. */
  readonly instances: readonly ContainerInstance[];
  /** Whether the cell of a service on an instance is judged. */
  readonly isJudged: (service: ServiceState, id: string) => boolean;
  readonly tasksOn: (service: string, id: string) => readonly DaemonTask[];
  /** What ECS says of the constraints, where it was asked. */
  readonly ecsWants: (service: string, id: string) => boolean | undefined;
  /** Instances whose tasks could not be read. */
  readonly unread: ReadonlySet<string>;
  /** The tasks of others on the instances were not read. */
  readonly isCrowdUnknown: boolean;
  /** Every instance and every task of the cluster was read: nothing has to be taken from ECS's counts. */
  readonly isWhole: boolean;
  /** Running tasks on DRAINING instances, which ECS counts and nobody wants there, by service. */
  readonly draining: ReadonlyMap<string, readonly DaemonTask[]>;
}

/** `undefined` where ECS did not even name the suspects. */
export async function gather(look: Look): Promise<Gathered | undefined> {
  if (look.options.depth === "audit") return gatherAll(look);
  const suspects = await findSuspects(look);
  if (suspects === undefined) return undefined;
  return suspects.size <= fewSuspects ? gatherFew(look, [...suspects]) : gatherMany(look);
}

// A few suspects: their tasks one by one ------------------------------------------------------------------------

async function gatherFew(look: Look, suspects: readonly string[]): Promise<Gathered | undefined> {
  const restless = await restlessTasks(look);
  const ill = look.services.filter(isIll);
  // A task that ran and died is on no other list: only the instances alone can be named without this one.
  const isQuiet = look.options.depth === "who" && suspects.length + ill.length === 0;
  const { stopped, ...first } = isQuiet
    ? { tasks: [], unread: new Set<string>(), stopped: [] }
    : await tasksAndStopped(look, suspects, namesOf(ill));
  const alsoFailing = instancesOf(failing(look, stopped ?? [])).filter((it) => !suspects.includes(it));
  if (suspects.length + alsoFailing.length > fewSuspects) return gatherMany(look);
  const firstOn = byServiceAndInstance(unique(first.tasks));
  const isEveryTaskPlaced =
    alsoFailing.length === 0 && first.unread.size === 0 && countsAddUp(look.services, suspects, firstOn);
  const draining = isEveryTaskPlaced ? [] : ((await allOfStatus(look, "DRAINING", 1)) ?? []);
  const leaving = new Set(draining);
  const ids = [...suspects, ...alsoFailing].filter((it) => !leaving.has(it));
  const more = [...new Set([...alsoFailing, ...draining])].filter((it) => !suspects.includes(it));
  const second = await tasksOnInstances(look, more);
  const unread = new Set([...first.unread, ...second.unread]);
  const others = [...second.tasks, ...(stopped ?? [])];
  const tasks = unique([...restless, ...first.tasks, ...others]);
  const tasksOn = restless.length + others.length === 0 ? firstOn : byServiceAndInstance(tasks);
  const known = new Set(ids);
  const placed = instancesOf(daemonTasks(restless)).filter((it) => !known.has(it) && !leaving.has(it));
  const instances = await describeInstances(look, [...ids, ...placed], tasks);
  if (instances === undefined) return undefined;
  const alone = new Set(instances.filter((it) => it.agentConnected === false).map((it) => it.id));
  const undecided = look.services.filter((it) =>
    ids.some(
      (id) => !unread.has(id) && (!tasksOn(it.name, id).some(isLive) || (alone.has(id) && mayBeUnwanted(it))),
    ),
  );
  await describeDefinitions(look, undecided);
  return {
    instances,
    isJudged: ({ name }, id) => known.has(id) || tasksOn(name, id).some(isLive),
    tasksOn,
    ecsWants: await askEcsWhereUnsure(look, undecided, tasksOn),
    unread: stopped === undefined ? new Set([...ids, ...placed]) : unread,
    isCrowdUnknown: false,
    isWhole: false,
    draining: runningByService(tasks, leaving),
  };
}

/** Tasks that start or are of an older revision are on no list of suspects; a large service's are only counted. */
const fewTasks = 500;

async function restlessTasks(look: Look): Promise<readonly SeenTask[]> {
  const services = look.services.filter((it) => {
    const { rollout, running, pending } = factsOf(it);
    return (rollout.olderRunning > 0 || pending > 0) && running + pending <= fewTasks;
  });
  const tasks = await inBatches(services, 1, async ([service]) => {
    if (service === undefined) return [];
    const own = (await tasksOfService(look, service.name)) ?? [];
    return own.filter(
      ({ daemonTask: it }) =>
        it !== undefined && (it.lastStatus !== "RUNNING" || it.definitionArn !== service.taskDefinitionArn),
    );
  });
  return tasks;
}

/** Tasks of these services that stop, or failed lately: a crash loop is between two tasks at any moment. */
function failing(look: Look, stopped: readonly SeenTask[]): readonly DaemonTask[] {
  const names = new Set(namesOf(look.services));
  const known = daemonTasks(stopped).filter((it) => names.has(it.service));
  const stopping = known.filter((it) => it.lastStatus !== "STOPPED");
  return [...recentFailures(known, look.options.now()), ...stopping];
}

function daemonTasks(tasks: readonly SeenTask[]): readonly DaemonTask[] {
  return tasks.map((it) => it.daemonTask).filter((it) => it !== undefined);
}

function instancesOf(tasks: readonly DaemonTask[]): readonly string[] {
  return [...new Set(tasks.map((it) => it.instance))];
}

/** Where our reading of an expression is not sure, ECS says where the daemon is missing. */
async function askEcsWhereUnsure(
  look: Look,
  services: readonly ServiceState[],
  tasksOn: Gathered["tasksOn"],
): Promise<Gathered["ecsWants"]> {
  const answers = new Map<string, ReadonlySet<string>>();
  for (const service of services) {
    const constraints = look.daemons.get(service.name)?.constraints ?? [];
    const texts = constraints.flatMap((it) => it.query?.text ?? []);
    const isUnread = constraints.some((it) => (it.query?.problems.length ?? 0) > 0);
    if (!isUnread && isReadingSure(true, texts)) continue;
    const missing = await withoutDaemon(look, service);
    if (missing !== undefined) answers.set(service.name, missing);
  }
  return (service, id) => {
    const missing = answers.get(service);
    if (missing === undefined) return undefined;
    if (missing.has(id)) return true;
    return tasksOn(service, id).some(isLive) ? undefined : false;
  };
}

// Many suspects: each daemon's tasks ----------------------------------------------------------------------------

async function gatherMany(look: Look): Promise<Gathered | undefined> {
  const wanted = new Map<string, ReadonlySet<string>>();
  const suspects = new Map<string, Set<ServiceState>>();
  const suspect = (service: ServiceState, ids: Iterable<string>) => {
    for (const id of ids) suspects.set(id, (suspects.get(id) ?? new Set()).add(service));
  };
  const tasks: SeenTask[] = [];
  for (const service of look.services) {
    const [missing, unexpected] = [await withoutDaemon(look, service), await withUnexpected(look, service)];
    if (missing === undefined || unexpected === undefined) continue;
    wanted.set(service.name, missing);
    suspect(service, missing);
    suspect(service, unexpected);
    if (missing.size + unexpected.size === 0) continue;
    const own = await tasksOfService(look, service.name);
    if (own === undefined) return undefined;
    append(tasks, own);
  }
  const alone = (await withoutAgent(look)) ?? new Set();
  const few = [...alone].slice(0, fewSuspects);
  if (alone.size > few.length)
    look.incomplete.push(
      `The agents of ${instanceCount(alone.size)} are disconnected; the tasks of ${countText(alone.size - few.length)} of them were not read.`,
    );
  const leaving = new Set((await allOfStatus(look, "DRAINING", 1)) ?? []);
  const others = await tasksOnInstances(look, [...few, ...leaving]);
  for (const it of look.services) suspect(it, few);
  const restless = await restlessTasks(look);
  const stopped = await stoppedTasks(look, namesOf(look.services));
  if (stopped === undefined) return undefined;
  const byName = new Map(look.services.map((it) => [it.name, it]));
  for (const it of [...daemonTasks(restless), ...failing(look, stopped)]) {
    const service = byName.get(it.service);
    if (service !== undefined && !leaving.has(it.instance)) suspect(service, [it.instance]);
  }
  const all = unique([...restless, ...tasks, ...others.tasks, ...stopped]);
  const instances = await describeInstances(look, [...suspects.keys()], all);
  if (instances === undefined) return undefined;
  await describeDefinitions(look, [...new Set([...suspects.values()].flatMap((it) => [...it]))]);
  const tasksOn = byServiceAndInstance(all);
  return {
    instances,
    isJudged: (service, id) => suspects.get(id)?.has(service) === true,
    tasksOn,
    ecsWants: (service, id) => {
      const missing = wanted.get(service);
      if (missing?.has(id)) return true;
      return undefined;
    },
    unread: others.unread,
    isCrowdUnknown: true,
    isWhole: false,
    draining: runningByService(all, leaving),
  };
}

// Everything ----------------------------------------------------------------------------------------------------

async function gatherAll(look: Look): Promise<Gathered | undefined> {
  const ids = await allOfStatus(look, "ACTIVE");
  if (ids === undefined) return undefined;
  const live = await tasksOfCluster(look);
  if (live === undefined) return undefined;
  const stopped = await stoppedTasks(look, namesOf(look.services));
  if (stopped === undefined) return undefined;
  const tasks = unique([...live, ...stopped]);
  const instances = await describeInstances(look, ids, tasks);
  if (instances === undefined) return undefined;
  await describeDefinitions(look, look.services);
  const tasksOn = byServiceAndInstance(tasks);
  return {
    instances,
    isJudged: () => true,
    tasksOn,
    ecsWants: await askEcsWhereUnsure(look, look.services, tasksOn),
    unread: new Set(),
    isCrowdUnknown: false,
    isWhole: true,
    draining: new Map(),
  };
}

// Shared --------------------------------------------------------------------------------------------------------

const namesOf = (services: readonly ServiceState[]): readonly string[] => services.map((it) => it.name);

function isLive({ lastStatus, desiredStatus }: DaemonTask): boolean {
  return lastStatus !== "STOPPED" && desiredStatus !== "STOPPED";
}

/** A task may have begun to stop between two lists; what was read last counts. */
function unique(tasks: readonly SeenTask[]): readonly SeenTask[] {
  return [...new Map(tasks.map((it) => [it.task.arn, it])).values()];
}

function byServiceAndInstance(tasks: readonly SeenTask[]): Gathered["tasksOn"] {
  const lists = new Map<string, Map<string, DaemonTask[]>>();
  for (const { daemonTask: task } of tasks) {
    if (task === undefined) continue;
    let ofService = lists.get(task.service);
    if (ofService === undefined) {
      ofService = new Map();
      lists.set(task.service, ofService);
    }
    const known = ofService.get(task.instance);
    if (known === undefined) ofService.set(task.instance, [task]);
    else known.push(task);
  }
  return (service, id) => lists.get(service)?.get(id) ?? noTasks;
}

const noTasks: readonly DaemonTask[] = [];

function runningByService(
  tasks: readonly SeenTask[],
  instances: ReadonlySet<string>,
): ReadonlyMap<string, readonly DaemonTask[]> {
  const found = new Map<string, DaemonTask[]>();
  if (instances.size === 0) return found;
  for (const { daemonTask: task } of tasks) {
    if (task === undefined || !instances.has(task.instance) || task.lastStatus !== "RUNNING") continue;
    found.set(task.service, [...(found.get(task.service) ?? []), task]);
  }
  return found;
}
