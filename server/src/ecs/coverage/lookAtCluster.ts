// One coverage look at one cluster: as deep as asked, with as few calls as that takes.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { type KnownSubnets, knownSubnets } from "../../core/cluster/knownSubnets";
import {
  type CoverageCell,
  countStates,
  coverageOf,
  type StateCounts,
  sumStates,
  wantedOf,
} from "../../core/coverage/coverage";
import type { DaemonFacts } from "../../core/coverage/daemonFacts";
import { type JudgedCell, judgeCell, keptCell } from "../../core/coverage/judgeCell";
import { prepareDaemon, wantsInstance } from "../../core/scheduler/preparedDaemon";
import { counted } from "../../core/text/counts";
import type { EcsPort, ServiceState } from "../port";
import { clusterOf, factsOf } from "./facts";
import { type Gathered, gather } from "./gather";
import { attempt, type Depth, type Look, type LookOptions } from "./look";
import { managedCoverage } from "./managedCoverage";
import { allOfStatus, describeDefinitions } from "./suspects";

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

export interface MappedInstance {
  readonly instance: string;
  readonly ec2InstanceId?: string;
  readonly zone?: string;
  readonly type?: string;
  /** CPU units and MiB that are left. */
  readonly cpu: number;
  readonly memory: number;
  /** Names of the daemons that it should not run. */
  readonly excluded?: readonly string[];
}

/** Rejects with an EcsError where the services of the cluster cannot be read; what else fails is in `incomplete`. */
export async function lookAtCluster(
  ecs: EcsPort,
  cluster: string,
  options: LookOptions,
  signal?: AbortSignal,
): Promise<ClusterCoverage> {
  const all = await ecs.listDaemonServices(cluster, signal);
  const services = all.filter((it) => options.daemons.length === 0 || options.daemons.includes(it.name));
  const incomplete: string[] = [];
  const look: Look = { ecs, cluster, options, signal, services, incomplete, daemons: new Map() };
  const isCounted = options.depth === "counts" || services.length === 0;
  const gathered = isCounted ? undefined : await gather(look);
  const mapped = isMapped(options.depth) && !isCounted ? await mapInstances(look, gathered) : undefined;
  const daemons = services.map((service) => {
    const found = isCounted
      ? byCounts(service)
      : gathered === undefined
        ? unread(service)
        : byCells(look, service, gathered);
    noteUnfound(look, service, found.states);
    return mapped === undefined ? found : { ...found, ...matchingOf(look, service, mapped) };
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
    ...(mapped === undefined ? {} : { instances: mappedInstances(look, mapped) }),
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
  const ill = new Set(daemons.flatMap((it) => it.cells.map((cell) => cell.instance)));
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

/** The instances could not be read: what ECS counts is known, and where is not. */
function unread(service: ServiceState): DaemonCoverage {
  return byCounts(service);
}

function positive(states: StateCounts): StateCounts {
  return Object.fromEntries(Object.entries(states).filter(([, count]) => count > 0));
}

// Cells ---------------------------------------------------------------------------------------------------------

type Judged = readonly [ContainerInstance, JudgedCell];

function byCells(look: Look, service: ServiceState, gathered: Gathered): DaemonCoverage {
  const facts: DaemonFacts = { ...factsOf(service), daemon: look.daemons.get(service.name) };
  const known = facts.daemon?.subnets === undefined ? undefined : knownSubnets(gathered.instances);
  const judged = new Map<string, Judged>();
  for (const instance of gathered.instances)
    if (gathered.servicesOn(instance.id).includes(service))
      judged.set(instance.id, [instance, judgeOne(look, facts, instance, gathered, known)]);
  const all = [...judged.values()];
  const cells = all.flatMap(([instance, it]) => keptCell(instance, it) ?? []);
  const excluded = all.flatMap(([{ id }, { state }]) => (state === "not-wanted" ? [id] : []));
  return { ...daemonCoverage(service, statesOf(service, facts, all, gathered), cells), excluded };
}

function judgeOne(
  { options }: Look,
  facts: DaemonFacts,
  instance: ContainerInstance,
  gathered: Gathered,
  known: KnownSubnets | undefined,
): JudgedCell {
  const { id } = instance;
  if (gathered.unread.has(id))
    return { state: "unknown", hasRunning: false, hasOlder: false, reasons: [tasksUnread] };
  return judgeCell({
    facts,
    instance,
    tasks: gathered.tasksOn(facts.service, id),
    ecsWants: gathered.ecsWants(facts.service, id),
    isCrowdUnknown: gathered.isCrowdUnknown,
    known,
    now: options.now(),
    grace: options.grace,
  });
}

const tasksUnread = { code: "tasks-unknown", message: "The tasks on the instance could not be read." };

/** Counts what was not judged by ECS's own number of running tasks. */
function statesOf(
  service: ServiceState,
  facts: DaemonFacts,
  judged: readonly Judged[],
  gathered: Gathered,
): StateCounts {
  const cells = judged.map(([, it]) => it);
  const ill = countStates(cells.filter((it) => it.state !== "running" && it.state !== "not-wanted"));
  if (gathered.isWhole)
    return positive({ ...ill, running: cells.filter((it) => it.state === "running").length });
  const runningElsewhere = cells.filter((it) => it.state !== "running" && it.hasRunning).length;
  const leaving = gathered.draining.get(service.name) ?? [];
  const draining = leaving.length;
  const olderLeaving = leaving.filter((it) => it.definitionArn !== facts.definitionArn).length;
  const olderJudged = cells.filter((it) => it.state !== "running" && it.hasOlder).length;
  const olderElsewhere = Math.max(0, facts.rollout.olderRunning - olderJudged - olderLeaving);
  const running = Math.max(0, service.runningCount - runningElsewhere - olderElsewhere - draining);
  // Where a service is large, ECS's count of pending tasks is all that is known of them.
  const onTheirWay = cells.filter((it) => it.state === "starting" || it.state === "updating").length;
  const starting = cells.length === 0 ? Math.max(0, service.pendingCount - onTheirWay) : 0;
  const states = positive({ ...sumStates([ill, { updating: olderElsewhere, starting }]), running });
  return wantedOf(states) + (states.unknown ?? 0) === 0 && judged.length === 0
    ? positive({ ...states, unknown: Math.max(0, service.desiredCount - draining) })
    : states;
}

// The map -------------------------------------------------------------------------------------------------------

async function mapInstances(
  look: Look,
  gathered: Gathered | undefined,
): Promise<readonly ContainerInstance[] | undefined> {
  if (gathered?.isWhole) return gathered.instances;
  const ids = await allOfStatus(look, "ACTIVE");
  if (ids === undefined) return undefined;
  await describeDefinitions(look, look.services);
  const described = await attempt(look.incomplete, "DescribeContainerInstances", () =>
    look.ecs.describeInstances(look.cluster, ids, look.signal),
  );
  return described === undefined ? undefined : clusterOf(look.cluster, described, undefined).instances;
}

/** How many instances match by our reading: ECS's desiredCount tells whether it is right. */
function matchingOf(look: Look, service: ServiceState, instances: readonly ContainerInstance[]) {
  const daemon = look.daemons.get(service.name);
  if (daemon === undefined) return {};
  const prepared = prepareDaemon(daemon);
  const truths = instances.map((it) => wantsInstance(prepared, it));
  return truths.includes("unknown") ? {} : { matching: truths.filter((it) => it === true).length };
}

function mappedInstances(
  { services, daemons }: Look,
  instances: readonly ContainerInstance[],
): readonly MappedInstance[] {
  const prepared = services.flatMap(({ name }) => {
    const daemon = daemons.get(name);
    return daemon === undefined ? [] : [{ name, daemon: prepareDaemon(daemon) }];
  });
  return instances.map((it) => {
    const excluded = prepared.filter(({ daemon }) => wantsInstance(daemon, it) === false);
    return {
      ...mappedInstance(it),
      ...(excluded.length === 0 ? {} : { excluded: excluded.map(({ name }) => name) }),
    };
  });
}

function mappedInstance({ id, ec2InstanceId, attributes, remaining }: ContainerInstance): MappedInstance {
  const zone = attributes.get("ecs.availability-zone");
  const type = attributes.get("ecs.instance-type");
  return {
    instance: id,
    ...(ec2InstanceId === undefined ? {} : { ec2InstanceId }),
    ...(zone === undefined ? {} : { zone }),
    ...(type === undefined ? {} : { type }),
    cpu: remaining.cpu,
    memory: remaining.memory,
  };
}
