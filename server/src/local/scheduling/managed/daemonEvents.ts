// What EventBridge would carry about managed daemons. No operation of ECS lists it; EcsDaemonLocal.ListEvents does.

import { newUuid } from "../../ids";
import type { DaemonDeploymentRecord, DaemonEventRecord } from "../../state/managedRecords";
import type { World } from "../../state/world";

/** Older ones are forgotten. */
const kept = 1000;

const keyOf = (number: number): string => String(number).padStart(12, "0");

function add(world: World, event: Omit<DaemonEventRecord, "number" | "id" | "time">): void {
  let newest = 0;
  for (const it of world.daemonEvents.values()) newest = Math.max(newest, it.number);
  const number = newest + 1;
  world.daemonEvents.put(keyOf(number), { ...event, number, id: newUuid(), time: world.now() });
  world.daemonEvents.delete(keyOf(number - kept));
}

/** A deployment has another status now. */
export function addDeploymentEvent(world: World, deployment: DaemonDeploymentRecord): void {
  const { id, daemon, target, status } = deployment;
  add(world, {
    detailType: "ECS Daemon Deployment State Change",
    daemon,
    deployment: id,
    eventType: status === "ROLLBACK_FAILED" ? "ERROR" : "INFO",
    eventName: `DAEMON_DEPLOYMENT_${status}`,
    ...(target === undefined ? {} : { revision: target }),
    ...(deployment.statusReason === undefined ? {} : { reason: deployment.statusReason }),
  });
}

/** A daemon's task could not be created on an instance, or did not reach RUNNING there. */
export function addImpairedEvent(
  world: World,
  event: Pick<DaemonEventRecord, "daemon" | "revision" | "instance" | "capacityProvider" | "task" | "reason">,
): void {
  add(world, {
    ...event,
    detailType: "ECS Daemon Service Action",
    eventType: "WARNING",
    eventName: "DAEMON_TASK_START_IMPAIRED",
    failureType: event.task === undefined ? "TASK_CREATION_FAILED" : "TASK_FAILED_TO_RUN",
  });
}
