// The container instances of a cluster as the scheduler and the query language see them, wherever they came
// from: a snapshot of DescribeContainerInstances, a fleet file, the embedded endpoint, an account.

import type { instanceStatuses } from "../api/instanceStatuses";
import type { QueryTarget } from "../query/target";

export type InstanceStatus = (typeof instanceStatuses)[number];

/** What an instance has (registered) or has left (remaining). Ports are always the *used* ones, as ECS reports them. */
export interface InstanceResources {
  /** CPU units, 1024 per vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly usedTcpPorts: ReadonlySet<number>;
  readonly usedUdpPorts: ReadonlySet<number>;
  /** Ids of GPUs. */
  readonly gpus: readonly string[];
}

/** A task on a container instance. */
export interface InstanceTask {
  readonly arn: string;
  /** `service:NAME`, `family:NAME` or a free name. */
  readonly group: string | undefined;
  readonly taskDefinitionArn: string | undefined;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  /** CPU units and MiB reserved, where known. */
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  /** Host ports held, where known. */
  readonly ports: readonly { readonly port: number; readonly protocol: "tcp" | "udp" }[];
  /** Ids of the GPUs held; absent where nobody says. */
  readonly gpus?: readonly string[] | undefined;
  /** Elastic network interfaces held; absent where nobody says. */
  readonly enis?: number | undefined;
}

export interface ContainerInstance extends QueryTarget {
  /** The last part of the ARN. */
  readonly id: string;
  readonly arn: string;
  readonly status: InstanceStatus;
  /** It belongs to a Managed Instances capacity provider; absent where that is not known. */
  readonly isManagedInstance?: true;
  /** Name of that capacity provider. */
  readonly capacityProvider?: string;
  /** Name of the Auto Scaling group that it is in, where a fleet names one. */
  readonly autoScalingGroup?: string;
  /** The source has a status that cannot be read; the one above means nothing. */
  readonly isStatusUnknown?: true;
  /** A snapshot that does not say counts as connected; `undefined` where it says something that cannot be read. */
  readonly agentConnected: boolean | undefined;
  readonly registered: InstanceResources;
  readonly remaining: InstanceResources;
  /** Resources that the source does not tell: their numbers above are 0 and mean nothing. */
  readonly unknownResources?: readonly ("cpu" | "memory")[] | undefined;
  /** Lists that the source writes so that they cannot be read: they are empty above and mean nothing. */
  readonly unreadableLists?: readonly ("ports" | "gpu")[] | undefined;
  /** `undefined` where the source says nothing of tasks. */
  readonly tasks: readonly InstanceTask[] | undefined;
}

export interface Cluster {
  readonly name: string;
  /** In a fixed order: by id. */
  readonly instances: readonly ContainerInstance[];
}
