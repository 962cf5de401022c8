// Plans room on container instances: which tasks have to stop on each, and what that plan rests on.

import type { Cluster, ContainerInstance } from "../../core/cluster/containerInstance";
import { type PlannedStop, planRoom, type RoomPlan, type SpareService } from "../../core/coverage/roomPlan";
import { asObject, member, objectsOf } from "../../core/text/plainValue";
import { EcsError, type EcsPort, type ServiceState } from "../port";
import { placements, type SeenInstance, seeInstance, spareServices } from "./readRoom";

/** The plan for one container instance. */
export interface InstancePlan {
  readonly instance: string;
  readonly ec2InstanceId?: string;
  /** Names of the daemons that are missing there for want of room. */
  readonly missing: readonly string[];
  readonly plan: RoomPlan;
  /** The Availability Zone, and the services spread over zones that run no other task in it; absent where there is none. */
  readonly lastInZone?: { readonly zone: string; readonly services: readonly string[] };
  /** Where it changes, nothing is stopped. */
  readonly basis: PlanBasis;
}

/** What a plan rests on. */
interface PlanBasis {
  /** The tasks there, what they leave, what is protected, and the services that lose a task. */
  readonly seen: string;
  /** What the missing daemons need. */
  readonly daemons: string;
  /** How many tasks each of those services runs: `least` before what earlier instances of the plan cost it was replaced. */
  readonly running: readonly { readonly service: string; readonly least: number; readonly most: number }[];
}

/** What users know the instance by. */
export function instanceName({
  instance,
  ec2InstanceId,
}: {
  readonly instance: string;
  readonly ec2InstanceId?: string | undefined;
}): string {
  return ec2InstanceId ?? instance;
}

export interface RoomTarget {
  readonly instance: string;
  readonly missing: readonly string[];
}

/** Plans instance after instance; what one takes of a service and of the stops, the next does not have. */
export async function planInstances(
  ecs: EcsPort,
  cluster: string,
  targets: readonly RoomTarget[],
  maxStops: number,
  signal?: AbortSignal,
): Promise<readonly InstancePlan[]> {
  const [daemons, replicas, all] = await Promise.all([
    ecs.listDaemonServices(cluster, signal),
    ecs.listReplicaServices(cluster, signal),
    ecs.readInstances(cluster, signal),
  ]);
  const names = new Set(targets.flatMap((it) => it.missing));
  const placed = await placements(
    ecs,
    daemons.filter((it) => names.has(it.name)),
    signal,
  );
  const before = await spareServices(ecs, replicas, signal);
  let services = before;
  const plans: InstancePlan[] = [];
  let left = maxStops;
  for (const target of targets) {
    const missing = target.missing.map((it) => placed.get(it)?.service);
    if (missing.includes(undefined))
      throw new EcsError(
        "TaskDefinitionNotDescribed",
        "ECS does not describe the task definition of a missing daemon.",
      );
    const seen = await seeInstance(ecs, cluster, target.instance, signal);
    const known = missing.filter((it) => it !== undefined);
    const others = all.instances.filter((it) => it.id !== target.instance);
    const plan = planRoom({ ...seen, missing: known, services, others, mostStops: left });
    const lastInZone = await lastOnesInZone({ ecs, cluster, replicas, all }, seen.instance, plan, signal);
    const found = instancePlan(target, seen, plan, services, before, daemons);
    plans.push(lastInZone === undefined ? found : { ...found, lastInZone });
    if (plan.kind !== "stops") continue;
    left -= plan.stops.length;
    services = spent(services, plan.stops);
  }
  return plans;
}

function instancePlan(
  { instance, missing }: RoomTarget,
  seen: SeenInstance,
  plan: RoomPlan,
  services: ReadonlyMap<string, SpareService>,
  before: ReadonlyMap<string, SpareService>,
  daemons: readonly ServiceState[],
): InstancePlan {
  const { ec2InstanceId } = seen.instance;
  return {
    instance,
    ...(ec2InstanceId === undefined ? {} : { ec2InstanceId }),
    missing,
    plan,
    basis: {
      seen: seenText(seen, plan, services),
      daemons: daemonsText(missing, daemons),
      running: servicesOf(plan).map((service) => ({
        service,
        least: services.get(service)?.running ?? 0,
        most: before.get(service)?.running ?? 0,
      })),
    },
  };
}

interface Surroundings {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly replicas: readonly ServiceState[];
  readonly all: Cluster;
}

/** Larger services are hardly down to one task in a zone, and their tasks take many calls. */
const mostTasksRead = 500;

async function lastOnesInZone(
  { ecs, cluster, replicas, all }: Surroundings,
  { attributes }: ContainerInstance,
  plan: RoomPlan,
  signal: AbortSignal | undefined,
): Promise<InstancePlan["lastInZone"]> {
  const zone = attributes.get(zoneAttribute);
  if (zone === undefined || plan.kind !== "stops") return undefined;
  const zoneOf = new Map(all.instances.map((it) => [it.id, it.attributes.get(zoneAttribute)]));
  const gone = new Set(plan.stops.map((it) => it.task));
  const services: string[] = [];
  for (const name of servicesOf(plan)) {
    const service = replicas.find((it) => it.name === name);
    if (service === undefined || service.runningCount > mostTasksRead || !isSpread(service)) continue;
    const tasks = await ecs.listServiceTasks(cluster, name, "RUNNING", signal);
    const stays = tasks.some((it) => !gone.has(it.arn) && zoneOf.get(it.instanceId ?? "") === zone);
    if (!stays) services.push(name);
  }
  return services.length === 0 ? undefined : { zone, services };
}

const zoneAttribute = "ecs.availability-zone";

/** Over Availability Zones: by its placement strategy, or without one, since ECS does so by itself. */
function isSpread({ described }: ServiceState): boolean {
  const strategy = objectsOf(member(asObject(described), "placementStrategy"));
  return strategy.length === 0 || strategy.some((it) => it.field === `attribute:${zoneAttribute}`);
}

/** Whether the plan still rests on what it was made of. */
export function stillHolds(
  { missing, plan, basis }: InstancePlan,
  seen: SeenInstance,
  services: ReadonlyMap<string, SpareService>,
  daemons: readonly ServiceState[],
): boolean {
  return (
    seenText(seen, plan, services) === basis.seen &&
    daemonsText(missing, daemons) === basis.daemons &&
    basis.running.every(({ service, least, most }) => {
      const running = services.get(service)?.running ?? 0;
      return running >= least && running <= most;
    })
  );
}

const servicesOf = (plan: RoomPlan): readonly string[] =>
  plan.kind === "stops" ? [...new Set(plan.stops.map((it) => it.service))].sort() : [];

function seenText(seen: SeenInstance, plan: RoomPlan, services: ReadonlyMap<string, SpareService>): string {
  const { status, agentConnected, remaining } = seen.instance;
  return JSON.stringify([
    seen.tasks.map((it) => [it.task.arn, it.task.lastStatus, it.task.desiredStatus, it.isProtected]).sort(),
    [status, agentConnected, remaining.cpu, remaining.memory],
    servicesOf(plan).map((name) => {
      const { desired, minimumHealthyPercent, obstacle, service } = services.get(name) ?? {};
      return [
        name,
        desired,
        minimumHealthyPercent,
        obstacle,
        service?.constraints.map((it) => it.query?.text),
      ];
    }),
  ]);
}

/** A definition never changes: its ARN says what a task needs. */
function daemonsText(missing: readonly string[], daemons: readonly ServiceState[]): string {
  const named = daemons.filter((it) => missing.includes(it.name));
  return JSON.stringify(
    named.map((it) => [it.name, it.status, it.taskDefinitionArn, it.placementConstraints]).sort(),
  );
}

function spent(
  services: ReadonlyMap<string, SpareService>,
  stops: readonly PlannedStop[],
): ReadonlyMap<string, SpareService> {
  const next = new Map(services);
  for (const { service } of stops) {
    const known = next.get(service);
    if (known !== undefined) next.set(service, { ...known, running: known.running - 1 });
  }
  return next;
}
