// StopServiceDeployment: gives a deployment up, and by default goes back to the one before.

import { parseArn } from "../arns";
import { EcsException, invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { optionalWord, requiredText } from "../request/input";
import { giveUpDeployment } from "../scheduling/rollback";

export const stopServiceDeployment: Operation = (world, input) => {
  const arn = requiredText(input, "serviceDeploymentArn", "Service deployment ARN");
  const parsed = parseArn(arn);
  if (parsed?.type !== "service-deployment") throw invalidParameter(`Invalid ARN: ${arn}`);
  const type = optionalWord(input, "stopType", ["ABORT", "ROLLBACK"]) ?? "ROLLBACK";
  const record = world.serviceDeployments.get(parsed.path.at(-1) ?? "");
  if (record === undefined) {
    throw new EcsException("ServiceDeploymentNotFoundException", "Service deployment not found.");
  }
  const deployment = world.services
    .get(record.service)
    ?.deployments.find((it) => it.serviceDeploymentId === record.id && it.status === "PRIMARY");
  if (record.finishedAt !== undefined || deployment === undefined) {
    throw new EcsException(
      "ConflictException",
      `The service deployment is ${record.status} and cannot be stopped.`,
    );
  }
  giveUpDeployment(world, record.service, deployment, {
    rollback: type === "ROLLBACK",
    event: "deployment stopped by user.",
    statusReason: "Service deployment was stopped by a user.",
    rolloutReason: "ECS deployment was stopped by a user.",
    backReason: "ECS deployment was stopped by a user: rolling back to deploymentId",
  });
  return { serviceDeploymentArn: arn };
};
