// Single calls of ECS that make room on a container instance.

import { answered, incompleteAnswer, instanceRefused } from "../calls/answers";
import { type EcsCalls, reasonsOf } from "../calls/ecsCalls";
import { inBatches } from "../calls/paging";
import { EcsError } from "../port";
import type { RoomCalls } from "../roomPort";

export function roomCalls({ send }: EcsCalls): RoomCalls {
  return {
    taskProtection: async (cluster, tasks, signal) => {
      const answers = await inBatches(tasks, 100, async (batch) => [
        await send("GetTaskProtection", { cluster, tasks: batch }, signal),
      ]);
      return new Map(
        answers
          .flatMap((it) => it.protectedTasks ?? [])
          .flatMap(({ taskArn, protectionEnabled }) =>
            taskArn === undefined || protectionEnabled === undefined
              ? []
              : [[taskArn, protectionEnabled] as const],
          ),
      );
    },
    stopTask: async (cluster, task, reason, signal) => {
      const answer = await send("StopTask", { cluster, task, reason }, signal);
      answered(answer.task?.taskArn, "StopTask", "ARN of the task");
    },
    setInstanceStatus: async (cluster, instance, status, signal) => {
      const input = { cluster, containerInstances: [instance], status };
      const answer = await send("UpdateContainerInstancesState", input, signal);
      const reasons = reasonsOf([answer]).join(", ");
      if (reasons !== "")
        throw new EcsError(
          instanceRefused,
          `ECS does not set the container instance to ${status}: ${reasons}.`,
        );
      if ((answer.containerInstances ?? []).length === 0)
        throw incompleteAnswer(`ECS does not confirm that the container instance is ${status}.`);
    },
  };
}
