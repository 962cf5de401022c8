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
  let instances = new Map(cluster.instances.map((it) => [it.id, withKnownTasks(it)]));
  let order: readonly ContainerInstance[] | undefined;
  const pending = pendingTasks(instances.values());
  const gaveBack = stoppingTasks(cluster);
  let started = 0;

  const put = (instance: ContainerInstance) => {
    instances.set(instance.id, instance);
    order = undefined;
  };

  const arrive = (arn: string, instance: ContainerInstance): Progress | undefined => {
    const task = instance.tasks?.find((it) => it.arn === arn);
    pending.delete(arn);
    if (task === undefined) return undefined;
    const stopped = task.desiredStatus === "STOPPED";
    put(stopped ? withoutTask(instance, task, gaveBack) : withTask(instance, running(task)));
    return { kind: stopped ? "stopped" : "running", instanceId: instance.id, group: task.group ?? "" };
  };

  return {
    name: cluster.name,
    instances: () => {
      order ??= [...instances.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
      return order;
    },
    instance: (id) => instances.get(id),
    tasks: (group) => tasksIn([...instances.values()], group),
    start: ({ instanceId, group, taskDefinitionArn, needs }) => {
      const instance = instances.get(instanceId);
      if (instance === undefined) return;
      started += 1;
      const gpus = instance.remaining.gpus.slice(0, needs.gpus);
      const task: InstanceTask = {
        arn: `simulated-task/${started}`,
        group,
        taskDefinitionArn,
        lastStatus: "PENDING",
        desiredStatus: "RUNNING",
        cpu: needs.cpu,
        memory: needs.memory,
        ports: needs.ports.map(({ port, protocol }) => ({ port, protocol })),
        gpus,
        enis: needs.enis,
      };
      put(holding(withTask(instance, task), task, 1));
      pending.set(task.arn, { instanceId, steps: 1 });
    },
    stop: ({ instanceId, task }, steps = 1) => {
      const instance = instances.get(instanceId);
      if (instance === undefined) return;
      put(withTask(instance, { ...task, desiredStatus: "STOPPED" }));
      pending.set(task.arn, { instanceId, steps });
    },
    progress: () => {
      const arrived: Progress[] = [];
      for (const [arn, { instanceId, steps }] of [...pending]) {
        const instance = instances.get(instanceId);
        if (instance === undefined) pending.delete(arn);
        else if (!instance.agentConnected) continue;
        else if (steps > 1) pending.set(arn, { instanceId, steps: steps - 1 });
        else {
          const done = arrive(arn, instance);
          if (done !== undefined) arrived.push(done);
        }
      }
      return arrived;
    },
    isMoving: () =>
      [...pending.values()].some(({ instanceId }) => instances.get(instanceId)?.agentConnected === true),
    change: (changes) => {
      const now = applyChanges({ name: cluster.name, instances: [...instances.values()] }, changes);
      instances = new Map(now.cluster.instances.map((it) => [it.id, it]));
      order = undefined;
    },
  };
}

function pendingTasks(instances: Iterable<ContainerInstance>): Map<string, Pending> {
  const pending = new Map<string, Pending>();
  for (const { id, tasks = [] } of instances)
    for (const task of tasks)
      if (task.lastStatus !== "RUNNING" || task.desiredStatus === "STOPPED")
        pending.set(task.arn, { instanceId: id, steps: 1 });
  return pending;
}

/** Tasks that stop when the simulation begins: the cluster counts their room as free already. */
function stoppingTasks({ instances }: Cluster): ReadonlySet<string> {
  return new Set(
    instances.flatMap(({ tasks = [] }) => tasks.filter((it) => !holdsRoom(it))).map((it) => it.arn),
  );
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

const running = (task: InstanceTask): InstanceTask => ({ ...task, lastStatus: "RUNNING" });

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
