// RunTask with a capacity provider strategy: tasks on Managed Instances, which ECS starts where there is no room.

import { taskAnswer } from "../../answers/taskAnswer";
import type { Call } from "../../operation";
import type { JsonObject } from "../../request/input";
import { constraintsIn } from "../../request/serviceInput";
import { placeOnProvider } from "../../scheduling/managed/managedPlacement";
import { nextProvider } from "../../scheduling/managed/strategyTasks";
import { additionalTask } from "../../scheduling/placementNeed";
import { startTask } from "../../scheduling/taskLife";
import type { StrategyItemRecord, TaskDefinitionRecord, TaskRecord } from "../../state/records";
import type { World } from "../../state/world";
import type { TaskRequest } from "../taskRequest";

/** The reasons of ECS where it has them; the last one is ours. */
const reasons: Readonly<Record<string, string>> = {
  cpu: "RESOURCE:CPU",
  memory: "RESOURCE:MEMORY",
  gpu: "RESOURCE:GPU",
  eni: "RESOURCE:ENI",
  ports: "RESOURCE:PORTS",
  constraints: "MemberOf placement constraint unsatisfied.",
  types: "CAPACITY",
};

export function runOnProviders(
  world: World,
  what: {
    readonly input: JsonObject;
    readonly cluster: string;
    readonly definition: TaskDefinitionRecord;
    readonly request: TaskRequest;
    readonly token?: TaskRecord["request"];
    readonly strategy: readonly StrategyItemRecord[];
    readonly count: number;
  },
  call: Call,
): JsonObject {
  const { input, cluster, definition, request, token, strategy, count } = what;
  const need = additionalTask(definition, constraintsIn(input) ?? [], undefined);
  const counts = new Map<string, number>();
  const tasks: TaskRecord[] = [];
  const failures: JsonObject[] = [];
  for (let number = 0; number < count; number += 1) {
    const name = nextProvider(strategy, counts) ?? "";
    const provider = world.capacityProviders.get(name);
    if (provider === undefined) break;
    const { instance, refused } = placeOnProvider(world, provider, need);
    if (instance === undefined) {
      failures.push({
        arn: call.arns.capacityProvider(name),
        reason: reasons[refused] ?? "ATTRIBUTE",
        detail: `No instance type that the capacity provider admits, and the local endpoint knows, can take the task with the daemons.`,
      });
      break;
    }
    counts.set(name, (counts.get(name) ?? 0) + 1);
    tasks.push(
      startTask(world, {
        ...request,
        cluster,
        instance: instance.id,
        definition,
        capacityProvider: name,
        waitsForInstance: instance.status !== "ACTIVE",
        ...(token === undefined ? {} : { request: token }),
      }),
    );
  }
  return { tasks: tasks.map((it) => taskAnswer(world, it, call, true)), failures };
}
