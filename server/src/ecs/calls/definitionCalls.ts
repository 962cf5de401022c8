// Task definitions through single calls of ECS. Registering is not idempotent: it is repeated only where it was not done.

import { sameDefinition } from "../deploy/sameDefinition";
import { EcsError, type EcsPort } from "../port";
import { wait } from "../wait";
import { answered, isAnswerLost } from "./answers";
import { registered, type SdkDefinition } from "./awsShapes";
import type { EcsCalls } from "./ecsCalls";

/** How often a definition is registered anew after its answer was lost and ECS does not have it. */
const mostRegistrations = 3;

export function definitionCalls({
  send,
}: EcsCalls): Pick<EcsPort, "registerTaskDefinition" | "describeTaskDefinition"> {
  const describeTaskDefinition: EcsPort["describeTaskDefinition"] = async (reference, signal) => {
    try {
      const input = { taskDefinition: reference, include: ["TAGS"] };
      const { taskDefinition, tags } = await send("DescribeTaskDefinition", input, signal);
      return registered(answeredDefinition(taskDefinition, "DescribeTaskDefinition"), tags);
    } catch (error) {
      // ECS has no exception of its own for it.
      if (error instanceof EcsError && /unable to describe task definition/i.test(error.message))
        return undefined;
      throw error;
    }
  };
  return {
    describeTaskDefinition,
    registerTaskDefinition: async (input, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const { taskDefinition, tags } = await send("RegisterTaskDefinition", input, signal);
          return registered(answeredDefinition(taskDefinition, "RegisterTaskDefinition"), tags);
        } catch (error) {
          if (!isAnswerLost(error)) throw error;
          // Registering is not idempotent: whether it was done is looked up before it is done again.
          await wait(200 * attempt, signal);
          const latest = await describeTaskDefinition(String(input.family), signal);
          const isActive = (latest?.definition.status ?? "ACTIVE") === "ACTIVE";
          if (latest !== undefined && isActive && sameDefinition(input, latest.definition)) return latest;
          if (attempt === mostRegistrations) throw error;
        }
      }
    },
  };
}

function answeredDefinition(definition: SdkDefinition | undefined, operation: string): SdkDefinition {
  answered(definition?.taskDefinitionArn, operation, "ARN of the task definition");
  return answered(definition, operation, "task definition");
}
