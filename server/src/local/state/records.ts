// What the endpoint remembers. Records are plain JSON and are replaced, never changed in place: a change can be
// written to the journal, undone, or compared with what was before. They name things by id; ARNs are made on the way
// out, because the same state answers requests signed for any region.

import type { InstanceStatus } from "../../core/cluster/containerInstance";
import type { JsonObject } from "../request/input";
import type { LaunchType, StrategyItemRecord } from "./capacityRecords";
import type { ManagedInstanceRecord } from "./managedInstanceRecord";

export interface Tag {
  readonly key: string;
  readonly value?: string;
}

/** Key: its name. */
export interface ClusterRecord {
  readonly name: string;
  readonly status: "ACTIVE" | "INACTIVE";
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly configuration?: JsonObject;
  readonly serviceConnectDefaults?: JsonObject;
  readonly capacityProviders: readonly string[];
  readonly defaultCapacityProviderStrategy: readonly JsonObject[];
  readonly tags: readonly Tag[];
}

export interface AttributeRecord {
  readonly name: string;
  readonly value?: string;
}

/** CPU units, MiB, used ports, ids of GPUs. */
export interface ResourceRecord {
  readonly cpu: number;
  readonly memory: number;
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
  readonly gpus: readonly string[];
}

/** A container instance. Key: its id. Times are milliseconds since 1970-01-01 UTC, everywhere in this file. */
export interface InstanceRecord {
  readonly id: string;
  readonly cluster: string;
  readonly ec2InstanceId: string;
  readonly status: InstanceStatus;
  readonly agentConnected: boolean;
  readonly registeredAt: number;
  readonly version: number;
  readonly agentVersion: string;
  readonly dockerVersion: string;
  readonly registered: ResourceRecord;
  readonly attributes: readonly AttributeRecord[];
  readonly tags: readonly Tag[];
  /** A deregistered instance can be described for a while. */
  readonly forgetAt?: number;
  /** The name of the Auto Scaling group that it is in, where it is known to be in one. */
  readonly autoScalingGroup?: string;
  /** Of an instance of a Managed Instances capacity provider. */
  readonly managed?: ManagedInstanceRecord;
}

/** Key: `family:revision`. */
export interface TaskDefinitionRecord {
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "INACTIVE" | "DELETE_IN_PROGRESS";
  /** The registered input with ECS's defaults filled in. */
  readonly definition: JsonObject;
  readonly requiresAttributes: readonly string[];
  readonly compatibilities: readonly string[];
  readonly registeredAt: number;
  readonly deregisteredAt?: number;
  readonly deleteRequestedAt?: number;
  readonly tags: readonly Tag[];
}

/** A daemon task definition. Key: `family:revision`. */
export interface DaemonDefinitionRecord {
  readonly family: string;
  readonly revision: number;
  readonly status: "ACTIVE" | "DELETE_IN_PROGRESS";
  /** The registered input with ECS's defaults filled in, without tags. */
  readonly definition: JsonObject;
  readonly registeredAt: number;
  readonly deleteRequestedAt?: number;
  readonly tags: readonly Tag[];
}

/** Revisions are never used twice, deleted ones included. Key: the family; `daemon/FAMILY` of a daemon's. */
export interface FamilyRecord {
  readonly latestRevision: number;
}

export interface ConstraintRecord {
  readonly type: "memberOf" | "distinctInstance";
  readonly expression?: string;
}

export interface DeploymentRecord {
  /** `ecs-svc/DIGITS` */
  readonly id: string;
  readonly status: "PRIMARY" | "ACTIVE";
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  readonly rolloutStateReason: string;
  /** Since the deployment began, for DescribeServices. */
  readonly failedTasks: number;
  /** What the circuit breaker counts. */
  readonly breakerFailures: number;
  /** Rounds of failed starts without a healthy task, and the earliest time of the next attempt. */
  readonly failedRounds: number;
  readonly retryAt?: number;
  readonly revisionId: string;
  readonly serviceDeploymentId: string;
}

/** Key: `cluster/name`. */
export interface ServiceRecord {
  readonly cluster: string;
  readonly name: string;
  readonly status: "ACTIVE" | "DRAINING" | "INACTIVE";
  readonly schedulingStrategy: "DAEMON" | "REPLICA";
  readonly launchType: LaunchType;
  /** What it was created with; absent where that was a capacity provider strategy. */
  readonly createdLaunchType?: LaunchType;
  /** Where its tasks run on capacity providers. */
  readonly capacityProviderStrategy?: readonly StrategyItemRecord[];
  /** Asked for; a daemon service's count is computed instead. */
  readonly desiredCount: number;
  readonly placementConstraints: readonly ConstraintRecord[];
  readonly placementStrategy: readonly { readonly type: string; readonly field?: string }[];
  /** As DescribeServices gives it, defaults filled in. */
  readonly deploymentConfiguration: JsonObject;
  readonly createdAt: number;
  /** Newest first; the first is PRIMARY. */
  readonly deployments: readonly DeploymentRecord[];
  /** Everything of the input that only has to come out again. */
  readonly details: JsonObject;
  readonly tags: readonly Tag[];
  readonly clientToken?: string;
  /** The input of CreateService in a canonical form: the same again with the same token is the same service. */
  readonly requestKey: string;
  /** Whether the newest state was announced as steady. */
  readonly steady: boolean;
  /** How many events there ever were; the newest hundred are kept. */
  readonly eventCount: number;
}

/** Key: `cluster/service/NUMBER`. */
export interface ServiceEventRecord {
  readonly service: string;
  readonly number: number;
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
  /** What an event that is not repeated for a while is about; the same words may name another instance. */
  readonly topic?: string;
}

/** Key: its id, digits. */
export interface ServiceRevisionRecord {
  readonly id: string;
  readonly service: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  readonly placementConstraints: readonly ConstraintRecord[];
  readonly details: JsonObject;
  readonly launchType?: LaunchType;
  readonly capacityProviderStrategy?: readonly StrategyItemRecord[];
}

/** Key: its id. */
export interface ServiceDeploymentRecord {
  readonly id: string;
  readonly service: string;
  readonly targetRevision: string;
  readonly sourceRevisions: readonly string[];
  readonly status: string;
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly finishedAt?: number;
  readonly rollbackReason?: string;
  readonly rollbackRevision?: string;
  /** What the circuit breaker had counted when the deployment was given up. */
  readonly failureCount?: number;
  readonly deploymentConfiguration: JsonObject;
}

export interface PortRecord {
  readonly container: string;
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: "tcp" | "udp";
  /** Chosen by Docker: it is no resource that ECS counts. */
  readonly dynamic?: true;
}

/** The network interface of a task in awsvpc mode. */
export interface NetworkInterfaceRecord {
  /** A UUID: the attachment to the task. */
  readonly attachment: string;
  readonly id: string;
  readonly address: string;
  readonly mac: string;
  readonly subnet?: string;
}

export interface ContainerRecord {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly runtimeId: string;
  readonly cpu: number;
  readonly memory?: number;
  readonly memoryReservation?: number;
  readonly exitCode?: number;
  readonly reason?: string;
}

export interface TaskFailure {
  readonly stoppedReason: string;
  /** ServiceSchedulerInitiated: its health checks fail, and the scheduler of its service stops it. */
  readonly stopCode: "TaskFailedToStart" | "EssentialContainerExited" | "ServiceSchedulerInitiated";
  readonly exitCode?: number;
  readonly containerReason?: string;
  /** Milliseconds that the task runs before it fails; absent: it never runs. */
  readonly after?: number;
}

/** Key: its id. */
export interface TaskRecord {
  readonly id: string;
  readonly cluster: string;
  readonly instance: string;
  /** `family:revision` */
  readonly taskDefinition: string;
  readonly group: string;
  /** `cluster/name` of its service. */
  readonly service?: string;
  /** Its deployment's id for a task of a service. */
  readonly startedBy?: string;
  /** `cluster/name` of its managed daemon; the task definition is a daemon task definition then. */
  readonly daemon?: string;
  readonly daemonRevision?: string;
  /** The capacity provider that it runs on. */
  readonly capacityProvider?: string;
  readonly launchType: LaunchType;
  /** PROVISIONING: its instance is on the way. */
  readonly lastStatus: "PROVISIONING" | "PENDING" | "RUNNING" | "STOPPED";
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly stoppingAt?: number;
  readonly stoppedAt?: number;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  /** CPU units and MiB reserved on the instance. */
  readonly cpu: number;
  readonly memory: number;
  readonly gpus: readonly string[];
  /** Network interfaces of its own: 1 in awsvpc mode. */
  readonly enis: number;
  readonly ports: readonly PortRecord[];
  readonly network?: NetworkInterfaceRecord;
  readonly containers: readonly ContainerRecord[];
  readonly overrides?: JsonObject;
  readonly enableExecuteCommand: boolean;
  readonly version: number;
  readonly tags: readonly Tag[];
  /** The client token (with its cluster) and the input of the call that started it. */
  readonly request?: { readonly token: string; readonly request: string } | undefined;
  /** When something happens next by itself: it starts, it is stopped, it is forgotten. */
  readonly dueAt?: number;
  /** What will happen instead of a healthy start. */
  readonly failure?: TaskFailure;
  /** Until when the task is protected from scale-in; absent: never was, or no longer. */
  readonly protectedUntil?: number;
  /** Its health checks fail. */
  readonly isUnhealthy?: true;
}

/** An account setting that was changed. Key: `name` or `name principal`. */
export interface SettingRecord {
  readonly name: string;
  readonly value: string;
  /** Absent for the account's default. */
  readonly principal?: string;
}
