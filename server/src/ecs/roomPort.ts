// The calls of ECS that make room on a container instance: a part of the port.

/** What making room on a container instance does, beside what every other command does. */
export interface RoomCalls {
  /** Whether each task is protected from scale-in, by ARN; a task that ECS says nothing of is left out. */
  taskProtection(
    cluster: string,
    tasks: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, boolean>>;
  /** Asks ECS to stop a task. */
  stopTask(cluster: string, task: string, reason: string, signal?: AbortSignal): Promise<void>;
  /** Drains an instance, or lets it take tasks again. */
  setInstanceStatus(
    cluster: string,
    instance: string,
    status: "ACTIVE" | "DRAINING",
    signal?: AbortSignal,
  ): Promise<void>;
}
