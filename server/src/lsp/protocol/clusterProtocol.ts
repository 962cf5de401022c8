// The requests about the chosen cluster: which one it is, its container instances, and their attributes.

import type { InstanceFacts } from "./previewProtocol";
import type { ClusterChoice, Failure } from "./protocolBasics";

// ecsDaemon/cluster: chooses the cluster for everything that follows. -----------------------------------------

export interface ChooseClusterParams {
  /** `null`: none. */
  readonly cluster: ClusterChoice | null;
}

/** Its container instances, for quick picks. */
export interface ListInstancesParams {
  readonly cluster?: ClusterChoice;
}
export interface ListedInstance extends InstanceFacts {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string | null>>;
}
export type ListInstancesAnswer = { readonly instances: readonly ListedInstance[] } | Failure;

/** Its services with the strategy DAEMON, for quick picks. */
export interface ListServicesParams {
  readonly cluster?: ClusterChoice;
}
export type ListServicesAnswer =
  | {
      readonly services: readonly {
        readonly name: string;
        /** `FAMILY:REVISION` */
        readonly taskDefinition: string;
        readonly running: number;
        readonly desired: number;
      }[];
    }
  | Failure;

export interface PutAttributesParams {
  readonly cluster?: ClusterChoice;
  readonly instances: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value?: string }[];
}
export type PutAttributesAnswer = { readonly changed: number } | Failure;
