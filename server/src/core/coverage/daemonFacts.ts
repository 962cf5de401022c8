// What is known of a daemon service and of its tasks when its cells are judged.

import type { DaemonService } from "../scheduler/placement";

/** A service with scheduling strategy DAEMON, as ECS describes it. */
export interface DaemonFacts {
  readonly service: string;
  /** ACTIVE or DRAINING. */
  readonly status: string;
  readonly definitionArn: string;
  readonly launchType: DaemonService["launchType"];
  /** ECS's own numbers. */
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly rollout: Rollout;
  /** Milliseconds since 1970-01-01 UTC. Messages decide about reasons and are never shown: they may hold secrets. */
  readonly events: readonly { readonly createdAt: number; readonly message: string }[];
  /** Constraints and requirements; `undefined` where its task definition was not described. */
  readonly daemon: DaemonService | undefined;
}

export interface Rollout {
  readonly isInProgress: boolean;
  /** ECS's words, where the newest deployment failed. */
  readonly failure: string | undefined;
  /** Running tasks of earlier deployments with another revision: a forced deployment has the same one. */
  readonly olderRunning: number;
  readonly failedTasks: number;
}

/** A task of a daemon service on a container instance. */
export interface DaemonTask {
  readonly service: string;
  readonly instance: string;
  readonly definitionArn: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  /** HEALTHY, UNHEALTHY or UNKNOWN. */
  readonly healthStatus: string | undefined;
  /** When it began to stop. Milliseconds since 1970-01-01 UTC. */
  readonly stoppingAt?: number | undefined;
  /** Milliseconds since 1970-01-01 UTC; `undefined` while it runs. */
  readonly stoppedAt: number | undefined;
  readonly stopCode: string | undefined;
  /** Why it stopped, with what its containers report. */
  readonly stoppedReason: string | undefined;
}
