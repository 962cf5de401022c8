// A cluster that lives: tasks start and stop step by step and hold what they reserve. Nothing of it is real.

import type { Cluster, ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import { holdsRoom } from "../cluster/taskRoom";
import type { PortRequirement } from "../requirements/requirements";
import { applyChanges, type ClusterChange } from "./clusterChanges";

/** What a task holds while it is not stopped. CPU units and MiB. */
export interface TaskNeeds {
  readonly cpu: number;
  readonly memory: number;
  readonly ports: readonly PortRequirement[];
  readonly gpus: number;
  readonly enis: number;
}

export interface NewTask {
  readonly instanceId: string;
  readonly group: string;
  readonly taskDefinitionArn: string;
  readonly needs: TaskNeeds;
}

export interface PlacedTask {
  readonly instanceId: string;
  readonly task: InstanceTask;
}

/** What came to an end in a step. */
export interface Progress {
  readonly kind: "running" | "stopped";
  readonly instanceId: string;
  readonly group: string;
}

export interface SimulatedCluster {
  readonly name: string;
  /** By id, in the order of ids. */
  instances(): readonly ContainerInstance[];
  instance(id: string): ContainerInstance | undefined;
  /** The tasks that are not stopped, of one group or of all. */
  tasks(group?: string): readonly PlacedTask[];
  start(task: NewTask): void;
  /** It is stopped a step later, or `steps` later. */
  stop(placed: PlacedTask, steps?: number): void;
  /** One step of time: what is on its way arrives, unless the agent of its instance is disconnected. */
  progress(): readonly Progress[];
  /** Whether something is on its way and its agent is there to do it. */
  isMoving(): boolean;
  change(changes: readonly ClusterChange[]): void;
}

interface Pending {
  readonly instanceId: string;
  readonly steps: number;
}

/** Instances of which nobody knows the tasks run none here. */
export function simulatedCluster(cluster: Cluster): SimulatedCluster {
  return new LivingCluster(cluster);
}

/** Invariant: a task is in `#pending` while it is on its way, and an instance holds what its tasks take. */
class LivingCluster implements SimulatedCluster {
  readonly name: string;
  readonly #pending = new Map<string, Pending>();
  /** Tasks that stop when the simulation begins: the cluster counts their room as free already. */
  readonly #gaveBack = new Set<string>();
  #instances: Map<string, ContainerInstance>;
  #order: readonly ContainerInstance[] | undefined;
  #started = 0;

  constructor(cluster: Cluster) {
    this.name = cluster.name;
    this.#instances = new Map(cluster.instances.map((it) => [it.id, withKnownTasks(it)]));
    for (const { instanceId, task } of this.tasks())
      if (task.lastStatus !== "RUNNING" || task.desiredStatus === "STOPPED") {
        this.#pending.set(task.arn, { instanceId, steps: 1 });
        if (!holdsRoom(task)) this.#gaveBack.add(task.arn);
      }
  }

  instances(): readonly ContainerInstance[] {
    this.#order ??= [...this.#instances.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
    return this.#order;
  }

  instance(id: string): ContainerInstance | undefined {
    return this.#instances.get(id);
  }

  tasks(group?: string): readonly PlacedTask[] {
    return tasksIn([...this.#instances.values()], group);
  }

  start(task: NewTask): void {
    const instance = this.#instances.get(task.instanceId);
    if (instance === undefined) return;
    this.#started += 1;
    const started = startedTask(task, instance, `simulated-task/${this.#started}`);
    this.#put(holding(withTask(instance, started), started, 1));
    this.#pending.set(started.arn, { instanceId: task.instanceId, steps: 1 });
  }

  stop({ instanceId, task }: PlacedTask, steps = 1): void {
    const instance = this.#instances.get(instanceId);
    if (instance === undefined) return;
    this.#put(withTask(instance, { ...task, desiredStatus: "STOPPED" }));
    this.#pending.set(task.arn, { instanceId, steps });
  }

  progress(): readonly Progress[] {
    const arrived: Progress[] = [];
    for (const [arn, { instanceId, steps }] of [...this.#pending]) {
      const instance = this.#instances.get(instanceId);
      if (instance === undefined) this.#pending.delete(arn);
      else if (!instance.agentConnected) continue;
      else if (steps > 1) this.#pending.set(arn, { instanceId, steps: steps - 1 });
      else {
        const done = this.#arrive(arn, instance);
        if (done !== undefined) arrived.push(done);
      }
    }
    return arrived;
  }

  isMoving(): boolean {
    return [...this.#pending.values()].some(
      ({ instanceId }) => this.#instances.get(instanceId)?.agentConnected === true,
    );
  }

  change(changes: readonly ClusterChange[]): void {
    const now = applyChanges({ name: this.name, instances: [...this.#instances.values()] }, changes);
    this.#instances = new Map(now.cluster.instances.map((it) => [it.id, it]));
    this.#order = undefined;
  }

  #put(instance: ContainerInstance): void {
    this.#instances.set(instance.id, instance);
    this.#order = undefined;
  }

  #arrive(arn: string, instance: ContainerInstance): Progress | undefined {
    const task = instance.tasks?.find((it) => it.arn === arn);
    this.#pending.delete(arn);
    if (task === undefined) return undefined;
    const stopped = task.desiredStatus === "STOPPED";
    this.#put(
      stopped
        ? withoutTask(instance, task, this.#gaveBack)
        : withTask(instance, { ...task, lastStatus: "RUNNING" }),
    );
    return { kind: stopped ? "stopped" : "running", instanceId: instance.id, group: task.group ?? "" };
  }
}

/** The task as it is right after ECS placed it on the instance. */
function startedTask(
  { group, taskDefinitionArn, needs }: NewTask,
  on: ContainerInstance,
  arn: string,
): InstanceTask {
  return {
    arn,
    group,
    taskDefinitionArn,
    lastStatus: "PENDING",
    desiredStatus: "RUNNING",
    cpu: needs.cpu,
    memory: needs.memory,
    ports: needs.ports.map(({ port, protocol }) => ({ port, protocol })),
    gpus: on.remaining.gpus.slice(0, needs.gpus),
    enis: needs.enis,
  };
}

function tasksIn(instances: readonly ContainerInstance[], group: string | undefined): readonly PlacedTask[] {
  return instances.flatMap(({ id, tasks = [] }) =>
    tasks.filter((it) => group === undefined || it.group === group).map((task) => ({ instanceId: id, task })),
  );
}

function withKnownTasks(instance: ContainerInstance): ContainerInstance {
  const tasks = (instance.tasks ?? []).filter((it) => it.lastStatus !== "STOPPED");
  return counted({ ...instance, tasks });
}

/** What expressions can ask of the tasks follows from them. */
function counted(instance: ContainerInstance): ContainerInstance {
  const { tasks = [] } = instance;
  const groups = tasks.filter((it) => it.desiredStatus === "RUNNING").map((it) => it.group);
  return {
    ...instance,
    runningTasksCount: tasks.filter((it) => it.lastStatus === "RUNNING").length,
    taskGroups: [...new Set(groups.filter((it) => it !== undefined))],
  };
}

/** In the place of the task with the same ARN, or as the last one. */
function withTask(instance: ContainerInstance, task: InstanceTask): ContainerInstance {
  const tasks = instance.tasks ?? [];
  const index = tasks.findIndex((it) => it.arn === task.arn);
  return counted({ ...instance, tasks: index < 0 ? [...tasks, task] : tasks.with(index, task) });
}

function withoutTask(
  instance: ContainerInstance,
  task: InstanceTask,
  gaveBack: ReadonlySet<string>,
): ContainerInstance {
  const tasks = (instance.tasks ?? []).filter((it) => it.arn !== task.arn);
  const left = counted({ ...instance, tasks });
  return gaveBack.has(task.arn) ? left : holding(left, task, -1);
}

/** The resources of a task taken from the instance (1) or given back (-1). */
function holding(instance: ContainerInstance, task: InstanceTask, sign: 1 | -1): ContainerInstance {
  const { remaining, registered } = instance;
  const tcp = new Set(remaining.usedTcpPorts);
  const udp = new Set(remaining.usedUdpPorts);
  for (const { port, protocol } of task.ports) {
    const used = protocol === "udp" ? udp : tcp;
    if (sign === 1) used.add(port);
    else used.delete(port);
  }
  const held = new Set(task.gpus ?? []);
  const gpus = registered.gpus.filter((it) => (held.has(it) ? sign === -1 : remaining.gpus.includes(it)));
  return {
    ...instance,
    remaining: {
      cpu: remaining.cpu - sign * (task.cpu ?? 0),
      memory: remaining.memory - sign * (task.memory ?? 0),
      usedTcpPorts: tcp,
      usedUdpPorts: udp,
      gpus,
    },
  };
}
