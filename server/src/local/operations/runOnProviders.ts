// RunTask with a capacity provider strategy: tasks on Managed Instances, which ECS launches where there is no room, and on
// the container instances of Auto Scaling groups, of which the endpoint launches none.

import { taskAnswer } from "../answers/taskAnswer";
import type { Call } from "../operation";
import type { JsonObject } from "../request/input";
import { constraintsIn, strategyIn } from "../request/serviceInput";
import { nextProvider, type ProviderChoice, ProviderChooser } from "../scheduling/providerChooser";
import { startTask } from "../scheduling/taskLife";
import type { StrategyItemRecord } from "../state/capacityRecords";
import type { TaskDefinitionRecord, TaskRecord } from "../state/records";
import type { World } from "../state/world";
import { failureReasons } from "./failureReasons";
import type { TaskRequest } from "./taskRequest";

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
  const chooser = new ProviderChooser(world, {
    cluster,
    definition,
    constraints: constraintsIn(input) ?? [],
    network: input,
    placementStrategy: strategyIn(input) ?? [],
    group: request.group,
  });
  const counts = new Map<string, number>();
  const tasks: TaskRecord[] = [];
  /** Once for each capacity provider. */
  const failures = new Map<string, readonly JsonObject[]>();
  for (let number = 0; number < count; number += 1) {
    const provider = nextProvider(strategy, counts);
    if (provider === undefined) break;
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
    const choice = chooser.next(provider);
    if (choice.kind !== "placed") {
      failures.set(provider, failuresOf(choice, cluster, call));
      continue;
    }
    const start = { ...request, cluster, definition, ...choice.place };
    tasks.push(startTask(world, token === undefined ? start : { ...start, request: token }));
    chooser.started(choice.place);
  }
  return {
    tasks: tasks.map((it) => taskAnswer(world, it, call, true)),
    failures: [...failures.values()].flat(),
  };
}

function failuresOf(
  choice: Exclude<ProviderChoice, { kind: "placed" }>,
  cluster: string,
  call: Call,
): readonly JsonObject[] {
  const arn = call.arns.capacityProvider(choice.provider);
  switch (choice.kind) {
    case "refused":
      return choice.refused.map(({ id, filter }) => ({
        arn: call.arns.instance(cluster, id),
        reason: failureReasons[filter],
      }));
    case "empty":
      return [
        {
          arn,
          reason: "EMPTY CAPACITY PROVIDER",
          detail: `No container instance of the cluster is in the Auto Scaling group '${choice.autoScalingGroup}', and the local endpoint launches none.`,
        },
      ];
    case "unfitting":
      return [
        {
          arn,
          // CAPACITY is ours: ECS has no word for it.
          reason: choice.by === "types" ? "CAPACITY" : failureReasons[choice.by],
          detail:
            "No instance type that the capacity provider admits, and the local endpoint knows, can take the task with the daemons.",
        },
      ];
  }
}
