// What a deployment that was cancelled has left behind: where a call was on its way, only ECS knows.

import type { Context } from "./deploySteps";
import { serviceNameOf } from "./stepPlans";

/** How long ECS is asked after a cancellation. Milliseconds. */
const patience = 5000;

/** A sentence or two; where a changing call was on its way, with what ECS has now. Never rejects. */
export async function cancelledDetail(context: Context): Promise<string> {
  const { sent } = context.reached;
  if (sent === undefined) return "Canceled. What was done before stays as it is.";
  try {
    const signal = AbortSignal.timeout(patience);
    const now = await (sent === "register" ? definitionNow(context, signal) : serviceNow(context, signal));
    return `Canceled while ECS was working on it. ${now} Running it again continues from there.`;
  } catch {
    return "Canceled while ECS was working on it: whether it was done is not known. Running it again continues from there.";
  }
}

async function definitionNow({ ecs, request }: Context, signal: AbortSignal): Promise<string> {
  const family = String(request.taskDefinition?.family);
  const latest = await ecs.describeTaskDefinition(family, signal);
  return latest === undefined
    ? `The task definition ${family} is not registered so far.`
    : `The latest revision is ${latest.family}:${latest.revision}.`;
}

async function serviceNow({ ecs, request }: Context, signal: AbortSignal): Promise<string> {
  const name = serviceNameOf(request);
  const service = await ecs.describeService(request.cluster, name, signal);
  if (service === undefined) return `The service ${name} does not exist so far.`;
  const { taskDefinitionArn, status } = service;
  return `The service ${name} is ${status}, with ${taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf("/") + 1)}.`;
}
