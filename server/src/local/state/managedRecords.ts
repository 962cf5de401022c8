// What the endpoint remembers of capacity providers, Managed Instances and managed daemons. As in records.ts: plain JSON,
// replaced and never changed in place, times in milliseconds since 1970-01-01 UTC.

import type { JsonObject } from "../request/input";
import type { Tag } from "./records";

/** A capacity provider of Managed Instances. Key: its name, which its ARN has and no cluster. */
export interface CapacityProviderRecord {
  readonly name: string;
  readonly cluster: string;
  /** The Region that it was created in, whose Availability Zones its instances have. */
  readonly region: string;
  /** DEPROVISIONING while its last container instances drain. */
  readonly status: "ACTIVE" | "DEPROVISIONING" | "INACTIVE";
  readonly updateStatus: "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "DELETE_IN_PROGRESS" | "DELETE_COMPLETE";
  /** `managedInstancesProvider` of the input, defaults filled in. */
  readonly provider: JsonObject;
  readonly tags: readonly Tag[];
}

/** A capacity provider of an Auto Scaling group, which any cluster can associate. Key: its name. */
export interface GroupProviderRecord {
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
  /** Absent until it is updated or deleted. */
  readonly updateStatus?: "UPDATE_COMPLETE" | "DELETE_FAILED" | "DELETE_COMPLETE";
  readonly updateStatusReason?: string;
  /** The name of its Auto Scaling group. */
  readonly group: string;
  /** `autoScalingGroupProvider` of the input, defaults filled in. */
  readonly provider: JsonObject;
  readonly tags: readonly Tag[];
}

/** A managed daemon. Key: `cluster/name`. */
export interface DaemonRecord {
  readonly cluster: string;
  readonly name: string;
  readonly status: "ACTIVE" | "DELETE_IN_PROGRESS";
  /** The revision that new container instances start; absent while the daemon is deleted. */
  readonly revision?: string;
  /** The newest deployment. */
  readonly deployment: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: readonly Tag[];
  readonly clientToken?: string;
  /** The input of CreateDaemon in a canonical form. */
  readonly requestKey: string;
}

/** A daemon's configuration as it was at one time. Key: its id, digits. */
export interface DaemonRevisionRecord {
  readonly id: string;
  /** `cluster/name` */
  readonly daemon: string;
  /** `family:revision` of a daemon task definition. */
  readonly taskDefinition: string;
  /** Names. */
  readonly capacityProviders: readonly string[];
  readonly propagateTags: "DAEMON" | "NONE";
  readonly enableECSManagedTags: boolean;
  readonly enableExecuteCommand: boolean;
  readonly critical: boolean;
  readonly createdAt: number;
}

export type DaemonDeploymentStatus =
  | "PENDING"
  | "IN_PROGRESS"
  | "SUCCESSFUL"
  | "STOP_REQUESTED"
  | "STOPPED"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_SUCCESSFUL"
  | "ROLLBACK_FAILED";

/** Key: its id. */
export interface DaemonDeploymentRecord {
  readonly id: string;
  /** `cluster/name` */
  readonly daemon: string;
  /** Absent where the daemon is deleted. */
  readonly target?: string;
  /** The revisions that ran when it began. */
  readonly sources: readonly string[];
  readonly status: DaemonDeploymentStatus;
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly finishedAt?: number;
  readonly drainPercent: number;
  readonly bakeTimeInMinutes: number;
  readonly alarmNames: readonly string[];
  readonly alarmsEnabled: boolean;
  /** Alarms that were in ALARM when it began: they are ignored. */
  readonly ignoredAlarms: readonly string[];
  readonly triggeredAlarms: readonly string[];
  /** Failed daemon tasks that the circuit breaker counted. */
  readonly failureCount: number;
  readonly isBreakerTriggered: boolean;
  /** When the bake time is over; absent until every instance is replaced. */
  readonly bakedAt?: number;
  readonly rollback?: {
    readonly reason: string;
    readonly startedAt: number;
    readonly revision: string;
    /** Failed daemon tasks of the revision that it goes back to. */
    readonly failureCount: number;
  };
}

/** An event as EventBridge would carry it. Key: its number in text, padded, so that texts sort by age. */
export interface DaemonEventRecord {
  readonly number: number;
  readonly id: string;
  readonly detailType: "ECS Daemon Service Action" | "ECS Daemon Deployment State Change";
  readonly time: number;
  /** `cluster/name` of the daemon. */
  readonly daemon: string;
  readonly eventType: "INFO" | "WARNING" | "ERROR";
  readonly eventName: string;
  readonly revision?: string;
  readonly deployment?: string;
  readonly instance?: string;
  readonly capacityProvider?: string;
  readonly task?: string;
  readonly failureType?: "TASK_FAILED_TO_RUN" | "TASK_CREATION_FAILED";
  readonly reason?: string;
}
