// What the product asks of ECS, in its own words. `aws.ts` is the one implementation: the local endpoint and a
// real account are reached through the same client, only the target differs.

import type { Cluster } from "../core/cluster/containerInstance";

/** Where ECS is. Everything absent is left to the SDK's own chain (environment, shared config, instance role). */
export interface EcsTarget {
  readonly endpointUrl?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export interface RegisteredTaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As DescribeTaskDefinition returns it. */
  readonly definition: JsonObject;
}

export interface ServiceState {
  readonly arn: string;
  readonly name: string;
  /** ACTIVE, DRAINING or INACTIVE. */
  readonly status: string;
  readonly schedulingStrategy: string;
  readonly taskDefinitionArn: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly placementConstraints: readonly { readonly type: string; readonly expression?: string }[];
  readonly deployments: readonly {
    readonly id: string;
    readonly status: string;
    readonly rolloutState?: string;
  }[];
  /** Newest first. */
  readonly events: readonly { readonly createdAt: number; readonly message: string }[];
}

export interface TaskState {
  readonly arn: string;
  /** The last part of the container instance's ARN. */
  readonly instanceId: string | undefined;
  readonly taskDefinitionArn: string;
  readonly group: string | undefined;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly stoppedReason: string | undefined;
}

export interface AttributeChange {
  /** Id or ARN of the container instance. */
  readonly instance: string;
  readonly name: string;
  readonly value?: string | undefined;
}

/** An error that ECS (or the way to it) answered. `name` is ECS's exception name or the SDK's. */
export class EcsError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    /** What a user can do about it, where we know. */
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** Every call takes an AbortSignal and rejects with an EcsError. Lists are complete: paging and batching are inside. */
export interface EcsPort {
  registerTaskDefinition(input: JsonObject, signal?: AbortSignal): Promise<RegisteredTaskDefinition>;
  /** `undefined` where ECS knows no such definition. */
  describeTaskDefinition(
    reference: string,
    signal?: AbortSignal,
  ): Promise<RegisteredTaskDefinition | undefined>;
  createService(input: JsonObject, signal?: AbortSignal): Promise<ServiceState>;
  updateService(input: JsonObject, signal?: AbortSignal): Promise<ServiceState>;
  deleteService(cluster: string, service: string, signal?: AbortSignal): Promise<ServiceState>;
  /** `undefined` where ECS answers MISSING. */
  describeService(cluster: string, service: string, signal?: AbortSignal): Promise<ServiceState | undefined>;
  listClusters(signal?: AbortSignal): Promise<readonly { readonly name: string; readonly arn: string }[]>;
  createCluster(name: string, signal?: AbortSignal): Promise<{ readonly name: string; readonly arn: string }>;
  /** Instances of every status but INACTIVE, with their tasks. */
  readCluster(cluster: string, signal?: AbortSignal): Promise<Cluster>;
  /** The JSON of a snapshot file: `containerInstances` and `tasks` as the AWS CLI prints them. */
  captureCluster(cluster: string, signal?: AbortSignal): Promise<JsonObject>;
  listServiceTasks(
    cluster: string,
    service: string,
    desiredStatus: "RUNNING" | "STOPPED",
    signal?: AbortSignal,
  ): Promise<readonly TaskState[]>;
  putAttributes(cluster: string, attributes: readonly AttributeChange[], signal?: AbortSignal): Promise<void>;
  close(): void;
}
