// The operations of ECS that the product uses, as they travel: names of the API model, one call each. The AWS client
// answers them, and `portOf` makes the port's words of them.

import type { JsonObject } from "../port";
import type { Answered, SdkDefinition, SdkService, SdkTask } from "./awsShapes";

/** What ECS says of a thing that it was asked for and does not describe. */
export type SdkFailure = Answered<{ arn: string; reason: string }>;

/** What is used of a cluster's description. */
interface SdkCluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly status: string;
  readonly registeredContainerInstancesCount: number;
}

/** What is used of a managed daemon's description. */
interface SdkDaemon {
  readonly daemonArn: string;
  readonly status: string;
  readonly deploymentArn: string;
  readonly currentRevisions: readonly Answered<{
    totalRunningCount: number;
    totalWithoutDaemonCount: number;
  }>[];
}

type DaemonAnswer = Answered<{ daemonArn: string; status: string; deploymentArn: string }>;

/** What is used of each operation's answer. */
export interface EcsAnswers {
  CreateDaemon: DaemonAnswer;
  UpdateDaemon: DaemonAnswer;
  DeleteDaemon: DaemonAnswer;
  DescribeCapacityProviders: Answered<{ capacityProviders: readonly object[]; nextToken: string }>;
  DescribeDaemonDeployments: Answered<{
    daemonDeployments: readonly object[];
    failures: readonly SdkFailure[];
  }>;
  DescribeDaemonRevisions: Answered<{
    daemonRevisions: readonly object[];
    failures: readonly SdkFailure[];
  }>;
  DescribeDaemonTaskDefinition: Answered<{ daemonTaskDefinition: object }>;
  RegisterDaemonTaskDefinition: Answered<{ daemonTaskDefinitionArn: string }>;
  CreateCluster: Answered<{ cluster: Answered<{ clusterName: string; clusterArn: string }> }>;
  CreateService: Answered<{ service: SdkService }>;
  DeleteAttributes: Answered<{ attributes: readonly object[] }>;
  DeleteService: Answered<{ service: SdkService }>;
  DescribeClusters: Answered<{
    clusters: readonly Answered<SdkCluster>[];
    failures: readonly SdkFailure[];
  }>;
  DescribeContainerInstances: Answered<{
    containerInstances: readonly object[];
    failures: readonly SdkFailure[];
  }>;
  DescribeDaemon: Answered<{ daemon: Answered<SdkDaemon> }>;
  DescribeServices: Answered<{ services: readonly SdkService[]; failures: readonly SdkFailure[] }>;
  DescribeTaskDefinition: Answered<{ taskDefinition: SdkDefinition; tags: readonly object[] }>;
  DescribeTasks: Answered<{ tasks: readonly SdkTask[]; failures: readonly SdkFailure[] }>;
  GetTaskProtection: Answered<{
    protectedTasks: readonly Answered<{
      taskArn: string;
      protectionEnabled: boolean;
      expirationDate: Date;
    }>[];
    failures: readonly SdkFailure[];
  }>;
  ListAttributes: Answered<{
    attributes: readonly Answered<{ name: string; value: string; targetId: string }>[];
    nextToken: string;
  }>;
  ListClusters: Answered<{ clusterArns: readonly string[]; nextToken: string }>;
  ListContainerInstances: Answered<{ containerInstanceArns: readonly string[]; nextToken: string }>;
  ListDaemons: Answered<{
    daemonSummariesList: readonly Answered<{ daemonArn: string; status: string }>[];
    nextToken: string;
  }>;
  ListServices: Answered<{ serviceArns: readonly string[]; nextToken: string }>;
  ListTasks: Answered<{ taskArns: readonly string[]; nextToken: string }>;
  PutAttributes: Answered<{ attributes: readonly object[] }>;
  RegisterTaskDefinition: Answered<{ taskDefinition: SdkDefinition; tags: readonly object[] }>;
  StopTask: Answered<{ task: SdkTask }>;
  UpdateContainerInstancesState: Answered<{
    containerInstances: readonly object[];
    failures: readonly SdkFailure[];
  }>;
  UpdateService: Answered<{ service: SdkService }>;
}
export type EcsOperation = keyof EcsAnswers;

export interface EcsCalls {
  /** Rejects with an EcsError. */
  send<Operation extends EcsOperation>(
    operation: Operation,
    input: JsonObject,
    signal?: AbortSignal,
  ): Promise<EcsAnswers[Operation]>;
  close(): void;
}

/** Why ECS does not describe some of what it was asked for, over several answers. */
export function reasonsOf(
  answers: readonly { readonly failures?: readonly SdkFailure[] | undefined }[],
): readonly string[] {
  return answers.flatMap((it) => it.failures ?? []).flatMap((it) => it.reason ?? []);
}
