// A container instance as it would join, and what is left of it when tasks take their part.

import type { ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import type { DaemonService } from "../scheduler/placement";

/** The instance without any task, with everything that it registered, active and connected. */
export function emptied(instance: ContainerInstance): ContainerInstance {
  return {
    ...instance,
    status: "ACTIVE",
    agentConnected: true,
    remaining: instance.registered,
    tasks: [],
    taskGroups: [],
    runningTasksCount: 0,
  };
}

/** The instance with one more task of the service, whatever fits. */
export function withTask(
  instance: ContainerInstance,
  { name, requirements }: DaemonService,
): ContainerInstance {
  const { remaining, tasks = [] } = instance;
  const group = `service:${name}`;
  const ports = requirements.ports.map(({ port, protocol }) => ({ port, protocol }));
  const used = (protocol: "tcp" | "udp") =>
    ports.filter((it) => it.protocol === protocol).map((it) => it.port);
  const task: InstanceTask = {
    arn: `${instance.arn}/${tasks.length}`,
    group,
    taskDefinitionArn: undefined,
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    cpu: requirements.cpu,
    memory: requirements.memory,
    ports,
    gpus: remaining.gpus.slice(0, requirements.gpus),
    enis: requirements.enis,
  };
  return {
    ...instance,
    tasks: [...tasks, task],
    taskGroups: [...new Set([...(instance.taskGroups ?? []), group])],
    runningTasksCount: (instance.runningTasksCount ?? 0) + 1,
    remaining: {
      cpu: remaining.cpu - requirements.cpu,
      memory: remaining.memory - requirements.memory,
      usedTcpPorts: new Set([...remaining.usedTcpPorts, ...used("tcp")]),
      usedUdpPorts: new Set([...remaining.usedUdpPorts, ...used("udp")]),
      gpus: remaining.gpus.slice(requirements.gpus),
    },
  };
}

/** The instance once those of its tasks are gone. */
export function withoutTasks(instance: ContainerInstance, gone: readonly InstanceTask[]): ContainerInstance {
  if (gone.length === 0) return instance;
  const { remaining } = instance;
  const sum = (size: (task: InstanceTask) => number | undefined) =>
    gone.reduce((total, it) => total + (size(it) ?? 0), 0);
  const freed = (protocol: "tcp" | "udp") =>
    new Set(
      gone.flatMap((it) => it.ports.filter((port) => port.protocol === protocol).map((port) => port.port)),
    );
  const without = (used: ReadonlySet<number>, ports: ReadonlySet<number>) =>
    new Set([...used].filter((it) => !ports.has(it)));
  const tasks = (instance.tasks ?? []).filter((it) => !gone.includes(it));
  return {
    ...instance,
    tasks,
    taskGroups: [...new Set(tasks.flatMap((it) => it.group ?? []))],
    remaining: {
      cpu: remaining.cpu + sum((it) => it.cpu),
      memory: remaining.memory + sum((it) => it.memory),
      usedTcpPorts: without(remaining.usedTcpPorts, freed("tcp")),
      usedUdpPorts: without(remaining.usedUdpPorts, freed("udp")),
      gpus: [...new Set([...remaining.gpus, ...gone.flatMap((it) => it.gpus ?? [])])],
    },
  };
}
