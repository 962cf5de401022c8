// The scheduler of replica services in a simulation: neighbors that take room on the daemon's instances. It keeps the
// desired count running, and on a draining instance starts the successor before it stops a task.

import type { ContainerInstance } from "../cluster/containerInstance";
import { constraintsOf } from "../scheduler/constraintsOf";
import { judgePrepared } from "../scheduler/placeDaemon";
import { type PreparedDaemon, prepareDaemon } from "../scheduler/preparedDaemon";
import type { SimulatedCluster, TaskNeeds } from "./simulatedCluster";
import type { Neighbor, StepAction } from "./steps";

export interface NeighborScheduler {
  readonly group: string;
  /** Tasks that should run. */
  desired(): number;
  /** Starts so many tasks on one instance, whatever fits, and wants them from then on. */
  startOn(instanceId: string, count: number): readonly StepAction[];
  /** Starts as many as fit, and wants `waiting` more. */
  fill(waiting: number): readonly StepAction[];
  /** One round: stops what has to go, starts what is missing. */
  act(): readonly StepAction[];
}

export function neighborScheduler(cluster: SimulatedCluster, neighbor: Neighbor): NeighborScheduler {
  const group = `service:${neighbor.name}`;
  const needs: TaskNeeds = { cpu: neighbor.cpu, memory: neighbor.memory, ports: [], gpus: 0, enis: 0 };
  const fits = fitting(neighbor);
  let desired = 0;

  const start = (instanceId: string): StepAction => {
    cluster.start({ instanceId, group, taskDefinitionArn: `${neighbor.name}:1`, needs });
    return { kind: "start", instanceId, group };
  };
  const startWhileFits = (instanceId: string): readonly StepAction[] => {
    const actions: StepAction[] = [];
    while (actions.length < mostOnOne && fits(cluster.instance(instanceId))) actions.push(start(instanceId));
    return actions;
  };
  return {
    group,
    desired: () => desired,
    startOn: (instanceId, count) => {
      desired += count;
      return Array.from({ length: count }, () => start(instanceId));
    },
    fill: (waiting) => {
      const actions = cluster.instances().flatMap((it) => startWhileFits(it.id));
      desired = cluster.tasks(group).length + waiting;
      return actions;
    },
    act: () => {
      const stopped = stopReplaced(cluster, group, desired);
      return [...stopped, ...startMissing(cluster, { group, desired, fits }, start)];
    },
  };
}

/** An instance takes no more than this many, however small they are. */
const mostOnOne = 100;

type Fits = (instance: ContainerInstance | undefined) => boolean;

/** Whether one more task fits; asked again of an instance only after it changed. */
function fitting(neighbor: Neighbor): Fits {
  const known = new WeakMap<ContainerInstance, boolean>();
  const need = needOf(neighbor);
  return (instance) => {
    if (instance === undefined) return false;
    const remembered = known.get(instance);
    if (remembered !== undefined) return remembered;
    const fits = judgePrepared(need, instance).verdict === "place";
    known.set(instance, fits);
    return fits;
  };
}

/** No name, so that no running task counts as replaced. */
function needOf({ cpu, memory, constraint }: Neighbor): PreparedDaemon {
  const placementConstraints = constraint === undefined ? [] : [{ type: "memberOf", expression: constraint }];
  return prepareDaemon({
    name: "",
    requirements: {
      family: undefined,
      cpu,
      memory,
      ports: [],
      attributes: [],
      platform: {},
      gpus: 0,
      enis: 0,
    },
    constraints: constraintsOf(undefined, { placementConstraints }),
  });
}

/** With minimumHealthyPercent 100 a task on a draining instance goes when its successor runs. */
function stopReplaced(cluster: SimulatedCluster, group: string, desired: number): readonly StepAction[] {
  const live = cluster.tasks(group).filter(({ task }) => task.desiredStatus === "RUNNING");
  const running = live.filter(({ task }) => task.lastStatus === "RUNNING").length;
  const leaving = live.filter(({ instanceId }) => cluster.instance(instanceId)?.status !== "ACTIVE");
  return leaving.slice(0, Math.max(0, running - desired)).map((it) => {
    cluster.stop(it);
    return { kind: "stop", instanceId: it.instanceId, group, reason: "replaced" };
  });
}

function startMissing(
  cluster: SimulatedCluster,
  what: { readonly group: string; readonly desired: number; readonly fits: Fits },
  start: (instanceId: string) => StepAction,
): readonly StepAction[] {
  const live = cluster.tasks(what.group).filter(({ task }) => task.desiredStatus === "RUNNING");
  const good = live.filter(({ instanceId }) => cluster.instance(instanceId)?.status === "ACTIVE");
  const counts = new Map<string, number>();
  for (const { instanceId } of live) counts.set(instanceId, (counts.get(instanceId) ?? 0) + 1);
  const actions: StepAction[] = [];
  for (let missing = what.desired - good.length; missing > 0; missing -= 1) {
    const best = emptiest(cluster.instances().filter(what.fits), counts);
    if (best === undefined) break;
    counts.set(best.id, (counts.get(best.id) ?? 0) + 1);
    actions.push(start(best.id));
  }
  return actions;
}

/** Spread over the instances; the first by id among equals. */
function emptiest(
  instances: readonly ContainerInstance[],
  counts: ReadonlyMap<string, number>,
): ContainerInstance | undefined {
  return instances.reduce<ContainerInstance | undefined>(
    (best, it) => (best === undefined || (counts.get(it.id) ?? 0) < (counts.get(best.id) ?? 0) ? it : best),
    undefined,
  );
}
