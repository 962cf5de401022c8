// One coverage look at one cluster: as deep as asked, with as few calls as that takes.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { knownSubnets } from "../../core/cluster/knownSubnets";
import { isTelling } from "../../core/coverage/causes";
import {
  type CoverageCell,
  countStates,
  coverageOf,
  type StateCounts,
  sumStates,
  wantedOf,
} from "../../core/coverage/coverage";
import type { DaemonFacts } from "../../core/coverage/daemonFacts";
import { type InstanceKind, instanceKinds } from "../../core/coverage/instanceKinds";
import {
  type CellInput,
  type CellPlace,
  type JudgedCell,
  judgeCell,
  keptCell,
  placeOfInstance,
} from "../../core/coverage/judgeCell";
import { counted } from "../../core/text/counts";
import type { EcsPort, ServiceState } from "../port";
import { factsOf, stopTimeoutOf, taskReader } from "./facts";
import { type Gathered, gather } from "./gather";
import type { Depth, Look, LookOptions } from "./look";
import { managedCoverage } from "./managedCoverage";
import { type MappedInstance, mapInstances } from "./mapInstances";

/** How one daemon covers a cluster. */
export interface DaemonCoverage {
  readonly service: string;
  /** A managed daemon, which ECS counts without naming instances. Absent for a daemon service. */
  readonly kind?: "managed";
  /** `runningCount` and `desiredCount` of ECS. */
  readonly desired: number;
  /** How many instances should run it, as far as this look can tell. */
  readonly wanted: number;
  readonly running: number;
  /** Percent; absent where no instance should run it. */
  readonly coverage?: number;
  readonly states: StateCounts;
  readonly cells: readonly CoverageCell[];
  /** Instances that match by our own reading of the constraints; only a look at all instances knows. */
  readonly matching?: number;
  /** Of the instances that have a cell of some daemon: those that should not run this one. */
  readonly excluded?: readonly string[];
}

/** How the daemon services of one cluster cover it. */
export interface ClusterCoverage {
  readonly cluster: string;
  readonly region: string;
  readonly account: string;
  /** ISO time. */
  readonly at: string;
  readonly depth: Depth;
  readonly daemons: readonly DaemonCoverage[];
  readonly incomplete: readonly string[];
  /** Room and place of each ACTIVE instance, where the look was that deep. */
  readonly instances?: readonly MappedInstance[];
}

/** Rejects with an EcsError where the services of the cluster cannot be read; what else fails is in `incomplete`. */
export async function lookAtCluster(
  ecs: EcsPort,
  cluster: string,
  options: LookOptions,
  signal?: AbortSignal,
): Promise<ClusterCoverage> {
  const all = await ecs.listDaemonServices(cluster, signal, isTelling(options.now()));
  const services = all.filter((it) => options.daemons.length === 0 || options.daemons.includes(it.name));
  const incomplete: string[] = [];
  const readTask = taskReader();
  const look: Look = { ecs, cluster, options, signal, services, incomplete, readTask, daemons: new Map() };
  const isCounted = options.depth === "counts" || services.length === 0;
  const gathered = isCounted ? undefined : await gather(look);
  const mapped = isMapped(options.depth) && !isCounted ? await mapInstances(look, gathered) : undefined;
  const toJudge = judgeable(gathered?.instances ?? []);
  const daemons = services.map((service) => {
    // Where the instances could not be read, what ECS counts is known, and where is not.
    const found = gathered === undefined ? byCounts(service) : byCells(look, service, gathered, toJudge);
    noteUnfound(look, service, found.states);
    const matching = mapped?.matching.get(service.name);
    return matching === undefined ? found : { ...found, matching };
  });
  const managed = await managedCoverage(look, all);
  const shown = options.depth === "who" ? daemons.map(withoutReasons) : daemons;
  return {
    cluster,
    ...placeOf(all),
    at: new Date(options.now()).toISOString(),
    depth: options.depth,
    daemons: [...whereIll(shown), ...managed],
    incomplete,
    ...(mapped === undefined ? {} : { instances: mapped.instances }),
  };
}

/** Less than ECS desires is running, and no instance explains it: something was not listed. */
function noteUnfound(
  { incomplete }: Look,
  { name, desiredCount, runningCount }: ServiceState,
  states: StateCounts,
): void {
  const found = wantedOf(states) + (states.unknown ?? 0);
  if (runningCount >= desiredCount || found >= desiredCount) return;
  incomplete.push(
    `ListContainerInstances: ECS desires ${counted(desiredCount, "task")} of ${name}, and ${counted(found, "instance")} that should run one ${found === 1 ? "was" : "were"} found.`,
  );
}

function placeOf(services: readonly ServiceState[]): { readonly region: string; readonly account: string } {
  const [, , , region = "", account = ""] = services[0]?.arn.split(":") ?? [];
  return { region, account };
}

/** Where nothing is ill nobody asks what is not expected. */
function whereIll(daemons: readonly DaemonCoverage[]): readonly DaemonCoverage[] {
  const ill = new Set<string>();
  if (daemons.some((it) => it.excluded?.length))
    for (const { cells } of daemons) for (const { instance } of cells) ill.add(instance);
  return daemons.map(({ excluded = [], ...it }) => {
    const known = excluded.filter((id) => ill.has(id));
    return known.length === 0 ? it : { ...it, excluded: known };
  });
}

const isMapped = (depth: Depth): boolean => depth === "map" || depth === "audit";

function withoutReasons(daemon: DaemonCoverage): DaemonCoverage {
  return { ...daemon, cells: daemon.cells.map(({ remedy: _, ...it }) => ({ ...it, reasons: [] })) };
}

// Counts --------------------------------------------------------------------------------------------------------

function daemonCoverage(
  service: ServiceState,
  states: StateCounts,
  cells: readonly CoverageCell[],
): DaemonCoverage {
  const coverage = coverageOf(states);
  return {
    service: service.name,
    desired: service.desiredCount,
    wanted: wantedOf(states),
    running: states.running ?? 0,
    ...(coverage === undefined ? {} : { coverage }),
    states,
    cells,
  };
}

/** ECS's own numbers name no instance. What runs beyond the desired count is where nobody wants it, such as on DRAINING instances. */
function byCounts(service: ServiceState): DaemonCoverage {
  const { desiredCount, runningCount, pendingCount } = service;
  const { olderRunning } = factsOf(service).rollout;
  const running = Math.min(desiredCount, Math.max(0, runningCount - olderRunning));
  const updating = Math.min(olderRunning, desiredCount - running);
  const starting = Math.min(pendingCount, Math.max(0, desiredCount - runningCount));
  const missing = Math.max(0, desiredCount - runningCount - starting);
  return daemonCoverage(service, positive({ running, updating, starting, missing }), []);
}

function positive(states: StateCounts): StateCounts {
  return Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0));
}

// Cells ---------------------------------------------------------------------------------------------------------

/** Instances that are judged, each with what all its cells share. */
interface Judgeable {
  readonly instance: ContainerInstance;
  readonly place: CellPlace;
  readonly kind: InstanceKind | undefined;
}

function judgeable(instances: readonly ContainerInstance[]): readonly Judgeable[] {
  const kindOf = instanceKinds();
  return instances.map((instance) => ({
    instance,
    place: placeOfInstance(instance),
    kind: kindOf(instance),
  }));
}

/** What the judged cells of one daemon add up to. */
interface Tally {
  readonly cells: CoverageCell[];
  readonly excluded: string[];
  judged: number;
  running: number;
  /** Neither running nor not wanted, and ECS counts a running task there, or one of another revision. */
  runningElsewhere: number;
  olderElsewhere: number;
}

function byCells(
  look: Look,
  service: ServiceState,
  gathered: Gathered,
  judgeable: readonly Judgeable[],
): DaemonCoverage {
  const facts: DaemonFacts = { ...factsOf(service), daemon: look.daemons.get(service.name) };
  const known = facts.daemon?.subnets === undefined ? undefined : knownSubnets(gathered.instances);
  const { options } = look;
  const shared = {
    ...{ facts, known, refusals: new Map(), now: options.now(), grace: options.grace },
    stopTimeoutOf: (arn: string) => stopTimeoutOf(options.definitions.get(arn)),
  };
  const tally: Tally = {
    cells: [],
    excluded: [],
    judged: 0,
    running: 0,
    runningElsewhere: 0,
    olderElsewhere: 0,
  };
  for (const it of judgeable)
    if (gathered.isJudged(service, it.instance.id)) add(tally, it, judgeOne(shared, it, gathered));
  const { cells, excluded } = tally;
  return { ...daemonCoverage(service, statesOf(service, facts, tally, gathered), cells), excluded };
}

function add(tally: Tally, { instance, place }: Judgeable, judged: JudgedCell): void {
  tally.judged += 1;
  const { state } = judged;
  if (state === "not-wanted") tally.excluded.push(instance.id);
  if (state === "running") {
    tally.running += 1;
    return;
  }
  if (judged.hasRunning) tally.runningElsewhere += 1;
  if (judged.hasOlder) tally.olderElsewhere += 1;
  const cell = keptCell(place, judged);
  if (cell !== undefined) tally.cells.push(cell);
}

function judgeOne(
  shared: Pick<CellInput, "facts" | "known" | "refusals" | "stopTimeoutOf" | "now" | "grace">,
  { instance, kind }: Judgeable,
  gathered: Gathered,
): JudgedCell {
  const { id } = instance;
  const { facts, known, refusals, stopTimeoutOf, now, grace } = shared;
  if (gathered.unread.has(id))
    return { state: "unknown", hasRunning: false, hasOlder: false, reasons: [tasksUnread] };
  return judgeCell({
    facts,
    instance,
    tasks: gathered.tasksOn(facts.service, id),
    ecsWants: gathered.ecsWants(facts.service, id),
    isCrowdUnknown: gathered.isCrowdUnknown,
    known,
    kind,
    refusals,
    stopTimeoutOf,
    now,
    grace,
  });
}

const tasksUnread = { code: "tasks-unknown", message: "The tasks on the instance could not be read." };

/** Counts what was not judged by ECS's own number of running tasks. */
function statesOf(service: ServiceState, facts: DaemonFacts, tally: Tally, gathered: Gathered): StateCounts {
  const ill = countStates(tally.cells);
  if (gathered.isWhole) return positive({ ...ill, running: tally.running });
  const leaving = gathered.draining.get(service.name) ?? [];
  const draining = leaving.length;
  const olderLeaving = leaving.filter((it) => it.definitionArn !== facts.definitionArn).length;
  const olderElsewhere = Math.max(0, facts.rollout.olderRunning - tally.olderElsewhere - olderLeaving);
  const running = Math.max(0, service.runningCount - tally.runningElsewhere - olderElsewhere - draining);
  // Where a service is large, ECS's count of pending tasks is all that is known of them.
  const starting = tally.judged === 0 ? service.pendingCount : 0;
  const states = positive({ ...sumStates([ill, { updating: olderElsewhere, starting }]), running });
  return wantedOf(states) + (states.unknown ?? 0) === 0 && tally.judged === 0
    ? positive({ ...states, unknown: Math.max(0, service.desiredCount - draining) })
    : states;
}
