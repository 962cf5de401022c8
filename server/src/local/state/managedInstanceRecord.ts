// What the endpoint remembers of a Managed Instance beside what it remembers of every container instance.

/** The daemon that a container instance was launched with, and how it fares there. */
export interface InstanceDaemonRecord {
  /** `cluster/name` */
  readonly daemon: string;
  readonly revision: string;
  /** Starts that failed in a row, and the earliest time of the next attempt. */
  readonly failures?: number;
  readonly retryAt?: number;
  /** Why the daemon does not run, for the instance's health. */
  readonly reason?: string;
}

/** What a container instance of a Managed Instances capacity provider has beyond others. */
export interface ManagedInstanceRecord {
  readonly capacityProvider: string;
  readonly daemons: readonly InstanceDaemonRecord[];
  /** Launched by hand, without a task that needed it: it is not scaled in. */
  readonly isPinned: boolean;
  /** Launched in the place of another instance, until it is ACTIVE. */
  readonly isReplacement: boolean;
  /** When an instance without application tasks is scaled in. */
  readonly scaleInAt?: number;
}
