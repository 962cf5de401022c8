// Which tasks of replica services have to stop so that every daemon that is missing on a container instance fits there.
// Nothing else may ever be stopped: no daemon, no task that nobody would start again, none that its service cannot spare.

import type { ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import type { PortRequirement } from "../requirements/requirements";
import { judgePrepared } from "../scheduler/placeDaemon";
import type { DaemonService } from "../scheduler/placement";
import { prepareDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import { counted, countText } from "../text/counts";
import { withoutTasks } from "./emptyInstance";
import { hasRoom } from "./roomLeft";
import { bestSubset, type Candidate, compareScores, holds, type Shortage } from "./roomSearch";

/** What of a replica service decides whether it can spare a task. */
export interface SpareService {
  /** Its name, constraints and requirements. */
  readonly service: DaemonService;
  readonly desired: number;
  readonly running: number;
  /** 0 to 100; of the desired count, rounded up. */
  readonly minimumHealthyPercent: number;
  /** Why no task of it may be stopped now, whatever its numbers, in a sentence: a deployment, another controller. */
  readonly obstacle: string | undefined;
  readonly hasLoadBalancer: boolean;
  /** Seconds from SIGTERM to SIGKILL. */
  readonly stopTimeout: number;
}

/** A task on the instance that might be stopped. */
export interface RoomTask {
  readonly task: InstanceTask;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number | undefined;
  /** Task scale-in protection; `undefined` where ECS did not say. */
  readonly isProtected: boolean | undefined;
}

export interface RoomRequest {
  /** With all its tasks. */
  readonly instance: ContainerInstance;
  readonly tasks: readonly RoomTask[];
  /** Every daemon that is missing there. */
  readonly missing: readonly DaemonService[];
  /** Replica services by name. */
  readonly services: ReadonlyMap<string, SpareService>;
  /** The other instances of the cluster: a replacement may fit there. */
  readonly others: readonly ContainerInstance[];
  readonly mostStops: number;
}

export interface PlannedStop {
  readonly task: string;
  readonly service: string;
  readonly cpu: number;
  readonly memory: number;
  /** ISO time; absent where ECS does not say. */
  readonly startedAt?: string;
  /** Id of an instance where its replacement fits now; absent: nowhere. */
  readonly replacement?: string;
  readonly replacementEc2InstanceId?: string;
  /** The service waits for every missing daemon, so that its replacement cannot take the room. */
  readonly isRaceClosed: boolean;
  /** How many tasks its service runs before the plan, wants, and has to keep. */
  readonly running: number;
  readonly desired: number;
  readonly least: number;
  readonly stopTimeout: number;
}

export type RoomPlan =
  /** The tasks to stop; none where there is room already. */
  | { readonly kind: "stops"; readonly stops: readonly PlannedStop[] }
  | { readonly kind: "impossible"; readonly reasons: readonly string[] };

/** More tasks than this are not looked for: draining the instance is the better way then. */
const mostTasks = 4;

/** Plans the fewest stops; among as few those that hurt least. */
export function planRoom(request: RoomRequest): RoomPlan {
  if (fits(request, [])) return { kind: "stops", stops: [] };
  const verdicts = request.tasks.map((it) => ({ it, obstacle: obstacleOf(it, request) }));
  const candidates = verdicts
    .filter(({ obstacle }) => obstacle === undefined)
    .map(({ it }) => candidateOf(it, request))
    .sort((left, right) => compareScores(left.score, right.score));
  const most = Math.min(mostTasks, request.mostStops, candidates.length);
  const shortage = shortageOf(request);
  let isCut = false;
  for (let size = 1; size <= most; size += 1) {
    const search = bestSubset(candidates, size, shortage, (subset) =>
      fits(
        request,
        subset.map((it) => it.task),
      ),
    );
    if (search.best !== undefined) return { kind: "stops", stops: search.best.map((it) => it.stop) };
    isCut ||= search.isCut;
  }
  return { kind: "impossible", reasons: whyNot(request, verdicts, candidates, isCut) };
}

function whyNot(
  request: RoomRequest,
  verdicts: readonly { readonly obstacle: string | undefined }[],
  candidates: readonly Candidate[],
  isCut: boolean,
): readonly string[] {
  const obstacles = [...new Set(verdicts.flatMap((it) => it.obstacle ?? []))];
  if (candidates.length === 0) return ["No task there may be stopped.", ...obstacles];
  const least = Math.min(mostTasks, request.mostStops, candidates.length);
  const all = candidates.map((it) => it.task);
  const drain = fits(request, all) ? " Draining the instance may: it moves its replicas away." : "";
  const outcome = isCut
    ? `No choice of at most ${counted(least, "task")} was found that makes room for every missing daemon; there are too many to try each.`
    : `Stopping ${counted(least, "task")} does not make room for every missing daemon.`;
  return [`${outcome}${drain}`, ...obstacles];
}

/** Why the task must not be stopped; `undefined` where it may be. */
function obstacleOf(
  { task, isProtected }: RoomTask,
  { instance, services }: RoomRequest,
): string | undefined {
  const name = task.group?.startsWith("service:") ? task.group.slice("service:".length) : undefined;
  if (name === undefined) return `A task of the group ${task.group ?? "(none)"} would not be started again.`;
  const service = services.get(name);
  if (service === undefined) return `${name} is not a replica service.`;
  if (service.obstacle !== undefined) return service.obstacle;
  if (instance.agentConnected !== true) return "The agent of the instance is disconnected.";
  if (task.lastStatus !== "RUNNING" || task.desiredStatus !== "RUNNING")
    return `A task of ${name} is not RUNNING.`;
  if (isProtected === undefined) return `Whether a task of ${name} is protected is not known.`;
  if (isProtected) return `A task of ${name} is protected from being stopped.`;
  if (task.cpu === undefined || task.memory === undefined)
    return `The size of a task of ${name} is not known.`;
  return spareOf(service) < 1 ? notSpared(service) : undefined;
}

/** How many tasks a service keeps whatever happens: its minimum, and one. */
export function leastOf({
  desired,
  minimumHealthyPercent,
}: Pick<SpareService, "desired" | "minimumHealthyPercent">): number {
  return Math.max(1, Math.ceil((desired * minimumHealthyPercent) / 100));
}

/** How many of its tasks a service can lose. */
const spareOf = (service: SpareService): number => Math.max(0, service.running - leastOf(service));

function notSpared({ service, desired, running, minimumHealthyPercent }: SpareService): string {
  return `${service.name} runs ${countText(running)} of ${counted(desired, "task")} and may not run fewer (minimumHealthyPercent ${minimumHealthyPercent}, at least 1).`;
}

// Candidates ----------------------------------------------------------------------------------------------------

interface PlannedCandidate extends Candidate {
  readonly stop: PlannedStop;
}

function candidateOf({ task, startedAt }: RoomTask, request: RoomRequest): PlannedCandidate {
  const name = (task.group ?? "").slice("service:".length);
  const spare = request.services.get(name);
  if (spare === undefined) throw new Error("Only a task of a known service may be stopped.");
  const isRaceClosed = isTied(spare.service, request);
  const replacement = placeElsewhere(spare.service, request);
  const { cpu = 0, memory = 0 } = task;
  const wanted = request.missing.flatMap((it) => it.requirements.ports).filter((it) => holds(task, it));
  return {
    task,
    service: name,
    stop: {
      task: task.arn,
      service: name,
      cpu,
      memory,
      ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
      ...(replacement === undefined ? {} : { replacement: replacement.id }),
      ...(replacement?.ec2InstanceId === undefined
        ? {}
        : { replacementEc2InstanceId: replacement.ec2InstanceId }),
      isRaceClosed,
      running: spare.running,
      desired: spare.desired,
      least: leastOf(spare),
      stopTimeout: spare.stopTimeout,
    },
    score: [
      isRaceClosed ? 0 : 1,
      replacement === undefined ? 1 : 0,
      -spareOf(spare),
      spare.hasLoadBalancer ? 1 : 0,
      spare.stopTimeout,
      -(startedAt ?? 0),
    ],
    key: JSON.stringify([name, cpu, memory, wanted, task.gpus?.length, task.enis]),
    spare: spareOf(spare),
  };
}

/** A task of a replica service replaces none that runs: it is judged without the name of its group. */
const anonymous = (service: DaemonService): DaemonService => ({ ...service, name: "" });

/** Whether no task of the service can start on the instance while one of the missing daemons is not there. */
function isTied(service: DaemonService, { instance, missing }: RoomRequest): boolean {
  const prepared = prepareDaemon(anonymous(service));
  return missing.every(({ name }) => {
    const all = [...(instance.taskGroups ?? []), ...missing.map((it) => `service:${it.name}`)];
    const taskGroups = all.filter((it) => it !== `service:${name}`);
    return wantsInstance(prepared, { ...instance, taskGroups }) === false;
  });
}

function placeElsewhere(
  service: DaemonService,
  { instance, others }: RoomRequest,
): ContainerInstance | undefined {
  const prepared = prepareDaemon(anonymous(service));
  return others.find((it) => it.id !== instance.id && judgePrepared(prepared, it).verdict === "place");
}

// Room ----------------------------------------------------------------------------------------------------------

/** What the missing daemons ask for beyond what is free: less than that is never enough. A daemon takes over from its own task. */
function shortageOf({ instance, missing }: RoomRequest): Shortage {
  const own = new Set(missing.map((it) => `service:${it.name}`));
  const { remaining } = withoutTasks(
    instance,
    (instance.tasks ?? []).filter((it) => own.has(it.group ?? "")),
  );
  const sum = (size: (it: DaemonService) => number) => missing.reduce((total, it) => total + size(it), 0);
  const isUsed = ({ port, protocol }: PortRequirement) =>
    (protocol === "tcp" ? remaining.usedTcpPorts : remaining.usedUdpPorts).has(port);
  return {
    cpu: sum((it) => it.requirements.cpu) - remaining.cpu,
    memory: sum((it) => it.requirements.memory) - remaining.memory,
    ports: missing.flatMap((it) => it.requirements.ports).filter(isUsed),
  };
}

/** Whether every missing daemon starts on the instance once those tasks are gone. */
const fits = ({ instance, missing }: RoomRequest, gone: readonly InstanceTask[]): boolean =>
  hasRoom(withoutTasks(instance, gone), missing);
