// What the product asks of ECS, in its own words. `aws.ts` is the one implementation: the local endpoint and a
// real account are reached through the same client, only the target differs.

import type { Cluster } from "../core/cluster/containerInstance";
import type { Remedy } from "./remedy";
import type { RoomCalls } from "./roomPort";

const ecsErrorMark = Symbol.for("ecs-daemon.EcsError");

/** Where ECS is. Everything absent is left to the SDK's own chain (environment, shared config, instance role). */
export interface EcsTarget {
  readonly endpointUrl?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  /** How much of the rate that ECS publishes the calls may use (1 to 100); all of it where absent. */
  readonly ratePercent?: number | undefined;
}

/** JSON as it travels: what a file holds, what DescribeServices answers. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface RegisteredTaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As DescribeTaskDefinition returns it, dates as ISO text, its tags (if any) as `tags`. */
  readonly definition: JsonObject;
}

/** What ECS reports of a service: a text, and when, in milliseconds since 1970-01-01 UTC. */
export interface ServiceEvent {
  readonly createdAt: number;
  readonly message: string;
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
  readonly events: readonly ServiceEvent[];
  /** As DescribeServices returns it, dates as ISO text, without its events; without it nobody can say whether an update changes anything. */
  readonly described?: JsonObject;
}

export interface TaskState {
  readonly arn: string;
  /** The last part of the container instance's ARN. */
  readonly instanceId: string | undefined;
  readonly taskDefinitionArn: string;
  readonly group: string | undefined;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  /** Why it stopped, with what its containers have to say, exit codes included. */
  readonly stoppedReason: string | undefined;
  /** Milliseconds since 1970-01-01 UTC; absent while it runs. */
  readonly stoppedAt?: number;
}

export interface AttributeChange {
  /** Id or ARN of the container instance. */
  readonly instance: string;
  readonly name: string;
  readonly value?: string | undefined;
}

/** An attribute as it is on a container instance; without a value it is a name only. */
export interface ContainerInstanceAttribute {
  /** The last part of the container instance's ARN. */
  readonly instance: string;
  readonly name: string;
  readonly value?: string;
}

/** An error that ECS (or the way to it) answered. `name` is ECS's exception name or the SDK's. */
export class EcsError extends Error {
  /**
   * The AWS client is a bundle of its own and brings its own copy of this class: what counts is the mark, not the copy.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && ecsErrorMark in value;
  }

  readonly [ecsErrorMark] = true;
  readonly remedy: Remedy | undefined;

  constructor(
    override readonly name: string,
    message: string,
    /** What a user can do about it, where we know; a text has the same words for every door. */
    remedy?: Remedy | string,
  ) {
    super(message);
    this.remedy = typeof remedy === "string" ? { kind: "text", text: remedy } : remedy;
  }
}

/** Whether the error says that the caller's AbortSignal ended the call. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** A list, or its beginning. */
export interface PartialList {
  readonly arns: readonly string[];
  /** Whether ECS has more of it. */
  readonly hasMore: boolean;
}

interface InstanceSelection {
  readonly status: "ACTIVE" | "DRAINING";
  readonly filter?: string;
}

export interface TaskChoice {
  readonly containerInstance?: string;
  readonly serviceName?: string;
  readonly desiredStatus?: "RUNNING" | "STOPPED";
}

interface DescribedTasks<T> {
  readonly tasks: readonly T[];
  /** ARNs that ECS lists and neither describes nor reports as gone. */
  readonly undescribed: readonly string[];
}

/** What a coverage look reads, beside what every other command reads. */
export interface CoverageReads {
  /** Container instances of one status, at most so many pages of a hundred. */
  listInstancePages(
    cluster: string,
    selection: InstanceSelection,
    mostPages: number,
    signal?: AbortSignal,
  ): Promise<PartialList>;
  /**
   * What `read` keeps of each, as soon as it arrives: all descriptions of a large cluster are too much to hold. It is given
   * them as the AWS client returns them, times as dates. What is gone is left out.
   */
  describeInstances<T>(
    cluster: string,
    ids: readonly string[],
    read: (described: JsonObject) => T,
    signal?: AbortSignal,
  ): Promise<readonly T[]>;
  listTaskPages(
    cluster: string,
    choice: TaskChoice,
    mostPages: number,
    signal?: AbortSignal,
  ): Promise<PartialList>;
  /** The ACTIVE managed daemons of the cluster; none where ECS does not know managed daemons. */
  listManagedDaemons(clusterArn: string, signal?: AbortSignal): Promise<readonly ManagedDaemonState[]>;
  /** As `describeInstances`. */
  describeTasksNamed<T>(
    cluster: string,
    arns: readonly string[],
    read: (described: JsonObject) => T,
    signal?: AbortSignal,
  ): Promise<DescribedTasks<T>>;
  /** Registered container instances (ACTIVE and DRAINING) by cluster name. */
  countInstances(
    clusters: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number | undefined>>;
}

/** How many instances of its capacity providers run a managed daemon, and how many run without it. */
export interface ManagedDaemonState {
  readonly name: string;
  /** `undefined` where ECS does not say. */
  readonly running: number | undefined;
  readonly without: number | undefined;
}

/** A managed daemon as ECS describes it, dates as ISO text. */
export interface DaemonState {
  readonly arn: string;
  readonly name: string;
  /** ACTIVE or DELETE_IN_PROGRESS. */
  readonly status: string;
  /** As DescribeDaemon returns it. */
  readonly described: JsonObject;
  /** The last deployment, as DescribeDaemonDeployments returns it. */
  readonly deployment: JsonObject | undefined;
  /** The revision that runs or is being rolled out: the only place with task definition and settings. */
  readonly revision: JsonObject | undefined;
}

/** A change that ECS has accepted. */
export interface DaemonChange {
  readonly daemonArn: string;
  readonly deploymentArn: string | undefined;
}

/** What managed daemons need. Names of clusters are ARNs where ECS asks for them. */
export interface ManagedCalls {
  /** Answers the ARN of the revision: ECS repeats nothing of the input. */
  registerDaemonDefinition(input: JsonObject, signal?: AbortSignal): Promise<string>;
  /** As DescribeDaemonTaskDefinition returns it; `undefined` where ECS knows none. */
  describeDaemonDefinition(reference: string, signal?: AbortSignal): Promise<JsonObject | undefined>;
  findDaemon(clusterArn: string, name: string, signal?: AbortSignal): Promise<DaemonState | undefined>;
  createDaemon(input: JsonObject, signal?: AbortSignal): Promise<DaemonChange>;
  updateDaemon(input: JsonObject, signal?: AbortSignal): Promise<DaemonChange>;
  deleteDaemon(daemonArn: string, signal?: AbortSignal): Promise<DaemonChange>;
  describeDaemonDeployment(arn: string, signal?: AbortSignal): Promise<JsonObject | undefined>;
  /** A snapshot with the capacity providers and daemons of the cluster. */
  captureManagedCluster(cluster: string, signal?: AbortSignal): Promise<JsonObject>;
  listDaemonTasks(
    cluster: string,
    daemonName: string,
    desiredStatus: "RUNNING" | "STOPPED",
    signal?: AbortSignal,
  ): Promise<readonly TaskState[]>;
}

/** Called with the container instances that were described so far, and with how many are listed. */
export type OnRead = (read: number, total: number) => void;

/** Every call takes an AbortSignal and rejects with an EcsError. Lists are complete: paging and batching are inside. */
export interface EcsPort extends CoverageReads, RoomCalls, ManagedCalls {
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
  readCluster(cluster: string, signal?: AbortSignal, onRead?: OnRead): Promise<Cluster>;
  /** Instances of every status but INACTIVE; their tasks are not read. */
  readInstances(cluster: string, signal?: AbortSignal): Promise<Cluster>;
  /** Instances of every status but INACTIVE, each with the tasks of that service alone: others are not read. */
  readServiceCluster(cluster: string, service: string, signal?: AbortSignal): Promise<Cluster>;
  /** The JSON of a snapshot file: `containerInstances` and `tasks` as the AWS CLI prints them. */
  captureCluster(cluster: string, signal?: AbortSignal): Promise<JsonObject>;
  listServiceTasks(
    cluster: string,
    service: string,
    desiredStatus: "RUNNING" | "STOPPED",
    signal?: AbortSignal,
  ): Promise<readonly TaskState[]>;
  /** Ids of the instances that ECS itself selects by the expression, in order; of every status but INACTIVE. */
  filterContainerInstances(
    cluster: string,
    expression: string,
    signal?: AbortSignal,
  ): Promise<readonly string[]>;
  /** The services of the cluster with scheduling strategy DAEMON, each with those of its hundred events that are kept. */
  listDaemonServices(
    cluster: string,
    signal?: AbortSignal,
    isKept?: (event: ServiceEvent) => boolean,
  ): Promise<readonly ServiceState[]>;
  /** Those with scheduling strategy REPLICA. */
  listReplicaServices(cluster: string, signal?: AbortSignal): Promise<readonly ServiceState[]>;
  putAttributes(cluster: string, attributes: readonly AttributeChange[], signal?: AbortSignal): Promise<void>;
  /** Of what is deleted only the name counts, and the value where one is given: ECS deletes that one only. */
  deleteAttributes(
    cluster: string,
    attributes: readonly AttributeChange[],
    signal?: AbortSignal,
  ): Promise<void>;
  /** Attributes of that name on every instance that has it. */
  listAttributes(
    cluster: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<readonly ContainerInstanceAttribute[]>;
  close(): void;
}
