// Looks ahead, reading only, so that a person can be told what a deployment would change before agreeing to it.

import type { KnownPlan } from "../ecs/awsCliCommands";
import { type DeployRequest, planRegister, planService } from "../ecs/plan";
import type { EcsPort } from "../ecs/port";

export type { KnownPlan } from "../ecs/awsCliCommands";

export async function lookAhead(request: DeployRequest, ecs: EcsPort): Promise<KnownPlan> {
  const { taskDefinition } = request;
  const register = taskDefinition === undefined ? undefined : await planRegister(ecs, taskDefinition);
  const current = register?.kind === "unchanged" ? register.current.arn : "a new revision";
  return { register, service: await planService(ecs, request, current) };
}

/** In one or two sentences; empty where nothing is known. */
export function describePlan({ register, service }: KnownPlan): string {
  const sentences: string[] = [];
  if (register?.kind === "unchanged") sentences.push("The task definition is registered already.");
  if (register?.kind === "register")
    sentences.push(
      register.latest === undefined
        ? "The task definition is new."
        : "The task definition gets a new revision.",
    );
  if (service?.kind === "create")
    sentences.push(`The service ${String(service.input.serviceName)} is created.`);
  if (service?.kind === "update")
    sentences.push(`The service ${service.current.name} is updated (${service.changes.join(", ")}).`);
  if (service?.kind === "unchanged") sentences.push(`The service ${service.current.name} stays as it is.`);
  return sentences.join(" ");
}
