// From a choice of cluster to an ECS that can be asked to change something: the local endpoint or an account.

import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import type { EcsPort, EcsTarget } from "../../ecs/port";
import type { ServerContext } from "../base/context";
import { failure, failureOf, isFailure, untrusted } from "../base/failure";
import type { ClusterChoice, Failure } from "../protocol/protocol";

export interface DeployTarget {
  readonly cluster: string;
  readonly target: EcsTarget;
  readonly isLoopback: boolean;
}

/** Where the chosen cluster is; a snapshot or fleet file can be looked at only. */
export function deployTarget(
  { clusters, local, settings, options }: ServerContext,
  choice: ClusterChoice | undefined,
): DeployTarget | Failure {
  const wanted = choice ?? clusters.chosen();
  if (wanted === undefined) return noTarget;
  if (options().trusted === false) return untrusted;
  if (wanted === "local") {
    const endpoint = local.running();
    if (endpoint === undefined) return noLocalCluster;
    // What the panel shows is of the endpoint's home Region: what is deployed goes there too.
    const target = { endpointUrl: endpoint.url, region: endpoint.region() };
    return { cluster: endpoint.clusterName, target, isLoopback: true };
  }
  if (typeof wanted === "string" && wanted !== "aws") return onlyAFile(wanted);
  const aws = wanted === "aws" ? settings.aws() : wanted;
  if (aws.cluster === undefined) return noTarget;
  const target = { profile: aws.profile, region: aws.region, endpointUrl: aws.endpointUrl };
  return { cluster: aws.cluster, target, isLoopback: isLoopbackEndpoint(aws.endpointUrl) };
}

/** Connects, lets `work` ask, and closes. What ECS answers badly is a failure. */
export async function withEcs<R extends object>(
  context: ServerContext,
  choice: ClusterChoice | undefined,
  work: (ecs: EcsPort, target: DeployTarget) => Promise<R | Failure>,
): Promise<R | Failure> {
  const target = deployTarget(context, choice);
  if (isFailure(target)) return target;
  try {
    const ecs = await context.environment.connectEcs(target.target);
    try {
      return await work(ecs, target);
    } finally {
      ecs.close();
    }
  } catch (error) {
    return failureOf(error);
  }
}

/** After something changed at ECS: what was read before is old. */
export function ecsChanged({ clusters, surroundingsChanged }: ServerContext): void {
  clusters.forgetAccounts();
  surroundingsChanged();
}

export const noLocalCluster = failure(
  "no-local-cluster",
  "The local cluster is not running.",
  "Start it with the command 'ECS Daemon: Start Local Cluster'.",
);

const noTarget = failure(
  "no-cluster",
  "No cluster is selected.",
  "Choose the local cluster or an account with the command 'ECS Daemon: Select Cluster'.",
);

function onlyAFile(file: string): Failure {
  return failure(
    "not-deployable",
    `${file.slice(file.lastIndexOf("/") + 1)} is a file, which can be previewed only: select the local cluster or an AWS account.`,
    "Choose the local cluster or an account with the command 'ECS Daemon: Select Cluster'.",
  );
}
