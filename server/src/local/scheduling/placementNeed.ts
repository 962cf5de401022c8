// What the tasks of a service, or of RunTask, ask of a container instance: the scheduler's own filters decide.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { type KnownSubnets, knownSubnets } from "../../core/cluster/knownSubnets";
import { constraintsOf } from "../../core/scheduler/constraintsOf";
import { fittingFilters } from "../../core/scheduler/filters";
import { fitsLaunchType } from "../../core/scheduler/launchTypes";
import type { DaemonService, FilterName, PlacementConstraint } from "../../core/scheduler/placement";
import {
  freeResources,
  type PreparedDaemon,
  prepareDaemon,
  wantsInstance,
} from "../../core/scheduler/preparedDaemon";
import { type ServiceSubnets, serviceSubnets } from "../../core/scheduler/serviceSubnets";
import type { ConstraintRecord, ServiceRecord, TaskDefinitionRecord } from "../state/records";
import type { World } from "../state/world";
import { requirementsOfDefinition } from "./taskParts";

const ofDefinition = new WeakMap<TaskDefinitionRecord["definition"], readonly PlacementConstraint[]>();
const ofService = new WeakMap<readonly ConstraintRecord[], readonly PlacementConstraint[]>();

function remember<K extends WeakKey, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  memory.set(key, fresh);
  return fresh;
}

/** The constraints of the task definition and of the caller; each expression is parsed once. */
function placementConstraints(
  definition: TaskDefinitionRecord,
  constraints: readonly ConstraintRecord[],
): readonly PlacementConstraint[] {
  return [
    ...remember(ofDefinition, definition.definition, () => constraintsOf(definition.definition, undefined)),
    ...remember(ofService, constraints, () =>
      constraintsOf(undefined, { placementConstraints: constraints }),
    ),
  ];
}

/** A daemon service as the scheduler knows it. */
export function daemonServiceOf(service: ServiceRecord, definition: TaskDefinitionRecord): DaemonService {
  return {
    name: service.name,
    requirements: requirementsOfDefinition(definition),
    constraints: placementConstraints(definition, service.placementConstraints),
    launchType: service.launchType,
    subnets: serviceSubnets(service.details),
  };
}

/** The subnets that the container instances of a cluster are in; none are looked for where none are asked for. */
export function subnetsOfCluster(
  world: World,
  cluster: string,
  asked: ServiceSubnets | undefined,
): KnownSubnets {
  const ids = asked === undefined ? [] : [...world.instancesOfCluster.members(cluster)];
  return knownSubnets(
    ids.flatMap((id) => {
      const view = world.view(id);
      return view === undefined || view.status === "INACTIVE" ? [] : [view];
    }),
  );
}

/** Tasks that come on top of those that run: no name, so that no running task counts as replaced. */
export function additionalTask(
  definition: TaskDefinitionRecord,
  constraints: readonly ConstraintRecord[],
  subnets: ServiceSubnets | undefined,
  launchType?: string,
): PreparedDaemon {
  return prepareDaemon({
    subnets,
    launchType,
    name: "",
    requirements: requirementsOfDefinition(definition),
    constraints: placementConstraints(definition, constraints),
  });
}

/** The first filter that refuses the instance; `undefined`: the task can be placed there. */
export function refusal(
  need: PreparedDaemon,
  instance: ContainerInstance,
  known: KnownSubnets,
): FilterName | undefined {
  if (instance.status !== "ACTIVE") return "status";
  // Managed Instances take the tasks of their capacity provider alone.
  if (instance.isManagedInstance) return "attributes";
  if (fitsLaunchType(need.service, instance) === false) return "attributes";
  if (wantsInstance(need, instance) !== true) return "constraints";
  return unfit(need, instance, known);
}

/** The same for an instance that is wanted. A subnet that no instance is in may be anywhere: it refuses none. */
export function unfit(
  need: PreparedDaemon,
  instance: ContainerInstance,
  known: KnownSubnets,
): FilterName | undefined {
  const context = { daemon: need, instance, free: freeResources(need, instance), known };
  return fittingFilters.find((it) =>
    it.check(context).some((reason) => it.name !== "subnets" || reason.unknown !== true),
  )?.name;
}

/** What refuses an instance: a filter of the scheduler, or that it has a task of the same group already. */
export type Refusal = FilterName | "distinctInstance";

/** How near to fitting a refused instance is: the later the filter, the nearer. */
const nearness: ReadonlyMap<Refusal, number> = new Map(
  (["status", "constraints", ...fittingFilters.map((it) => it.name), "distinctInstance"] as const).map(
    (it, index) => [it, index],
  ),
);

export interface Refused {
  readonly id: string;
  readonly filter: Refusal;
}

/** The instance that came nearest, the first of equals; of pairs of an instance and the filter that refuses it. */
export function closest(refused: Iterable<readonly [string, Refusal]>): Refused | undefined {
  let best: Refused | undefined;
  let nearest = -1;
  for (const [id, filter] of refused) {
    const near = nearness.get(filter) ?? 0;
    if (near <= nearest) continue;
    nearest = near;
    best = { id, filter };
  }
  return best;
}
