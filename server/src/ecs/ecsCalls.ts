// The operations of ECS that the product uses, as they travel: names of the API model, one call each. The AWS client
// answers them, and `portOf` makes the port's words of them.

import type { Answered, SdkDefinition, SdkService, SdkTask } from "./awsShapes";
import type { JsonObject } from "./port";

/** What is used of each operation's answer. */
export interface EcsAnswers {
  CreateCluster: Answered<{ cluster: Answered<{ clusterName: string; clusterArn: string }> }>;
  CreateService: Answered<{ service: SdkService }>;
  DeleteAttributes: object;
  DeleteService: Answered<{ service: SdkService }>;
  DescribeContainerInstances: Answered<{ containerInstances: readonly object[] }>;
  DescribeServices: Answered<{ services: readonly SdkService[] }>;
  DescribeTaskDefinition: Answered<{ taskDefinition: SdkDefinition; tags: readonly object[] }>;
  DescribeTasks: Answered<{ tasks: readonly SdkTask[] }>;
  ListAttributes: Answered<{
    attributes: readonly Answered<{ name: string; value: string; targetId: string }>[];
    nextToken: string;
  }>;
  ListClusters: Answered<{ clusterArns: readonly string[]; nextToken: string }>;
  ListContainerInstances: Answered<{ containerInstanceArns: readonly string[]; nextToken: string }>;
  ListServices: Answered<{ serviceArns: readonly string[]; nextToken: string }>;
  ListTasks: Answered<{ taskArns: readonly string[]; nextToken: string }>;
  PutAttributes: object;
  RegisterTaskDefinition: Answered<{ taskDefinition: SdkDefinition; tags: readonly object[] }>;
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
