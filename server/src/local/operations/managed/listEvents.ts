// EcsDaemonLocal.ListEvents: the events of managed daemons that EventBridge would carry, in its form.

import { account } from "../../arns";
import type { Call, Operation } from "../../operation";
import { definedOnly } from "../../operation";
import type { JsonObject } from "../../request/input";
import type { DaemonEventRecord } from "../../state/managedRecords";
import type { World } from "../../state/world";

/** `{}`; oldest first, a thousand at most. */
export const listEvents: Operation = (world, _input, call) => ({
  events: [...world.daemonEvents.values()]
    .toSorted((a, b) => a.number - b.number)
    .map((it) => eventAnswer(world, it, call)),
});

function eventAnswer(world: World, event: DaemonEventRecord, call: Call): JsonObject {
  const { daemon, revision, deployment, instance, task } = event;
  const cluster = daemon.slice(0, daemon.indexOf("/"));
  const time = new Date(event.time).toISOString();
  const definition = revision === undefined ? undefined : world.daemonRevisions.get(revision)?.taskDefinition;
  const revisionArn = revision === undefined ? undefined : call.arns.daemonRevision(daemon, revision);
  const isDeployment = deployment !== undefined;
  return {
    version: "0",
    id: event.id,
    "detail-type": event.detailType,
    source: "aws.ecs",
    account,
    time,
    region: call.arns.region,
    resources: isDeployment ? [call.arns.daemon(daemon)] : [],
    detail: definedOnly({
      eventType: event.eventType,
      eventName: event.eventName,
      clusterArn: call.arns.cluster(cluster),
      daemonArn: call.arns.daemon(daemon),
      daemonDeploymentArn: isDeployment ? call.arns.daemonDeployment(daemon, deployment) : undefined,
      [isDeployment ? "targetDaemonRevisionArn" : "daemonRevisionArn"]: revisionArn,
      daemonTaskDefinitionArn:
        isDeployment || definition === undefined ? undefined : call.arns.daemonTaskDefinition(definition),
      capacityProviderName: event.capacityProvider,
      containerInstanceArn: instance === undefined ? undefined : call.arns.instance(cluster, instance),
      taskArn: task === undefined ? undefined : call.arns.task(cluster, task),
      failureType: event.failureType,
      reason: event.reason,
      [isDeployment ? "updatedAt" : "createdAt"]: time,
    }),
  };
}
