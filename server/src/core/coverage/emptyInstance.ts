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
