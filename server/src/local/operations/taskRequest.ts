// What RunTask and StartTask ask of a task beside its place: looked at as a whole before anything is started.

import { clusterNameOf } from "../arns";
import { invalidParameter } from "../errors";
import { tagsOf } from "../request/findRecords";
import {
  isObject,
  type JsonObject,
  objectList,
  optionalBoolean,
  optionalObject,
  optionalText,
} from "../request/input";
import { knownPart, refuseIncomplete } from "../request/knownMembers";
import { rejectAsEcs } from "../request/rejectAsEcs";
import { launchTypeIn } from "../request/serviceInput";
import { strategyOf } from "../request/strategyInput";
import { managedTags, mergedTags } from "../scheduling/managedTags";
import { subnetsIn } from "../scheduling/networkInterface";
import type { StrategyItemRecord } from "../state/capacityRecords";
import type { ClusterRecord, Tag, TaskDefinitionRecord, TaskRecord } from "../state/records";
import type { World } from "../state/world";

export interface TaskRequest {
  readonly group: string;
  readonly launchType: TaskRecord["launchType"];
  readonly enableExecuteCommand: boolean;
  readonly tags: readonly Tag[];
  readonly startedBy?: string;
  readonly overrides?: JsonObject;
  /** Of awsvpc tasks. */
  readonly subnets: readonly string[];
}

/**
 * Reads the request for a task of the definition, with its capacity provider strategy where it is for a cluster rather
 * than for named instances. Throws what ECS would answer to one that it does not take.
 */
export function taskRequestOf(
  world: World,
  input: JsonObject,
  definition: TaskDefinitionRecord,
  cluster?: ClusterRecord,
): TaskRequest & { readonly strategy?: readonly StrategyItemRecord[] } {
  rejectTask(world, input, definition);
  const strategy = cluster === undefined ? undefined : strategyOf(world, cluster, input);
  // The tasks of a strategy have the launch type of their capacity provider.
  const launchType = strategy === undefined ? launchTypeIn(input) : "EC2";
  const startedBy = textUpTo(128, input, "startedBy");
  const overrides = overridesIn(input, definition);
  const enableExecuteCommand = optionalBoolean(input, "enableExecuteCommand") === true;
  if (enableExecuteCommand) refuseMissingRole(overrides, definition);
  return {
    group: groupOf(input, definition),
    launchType,
    enableExecuteCommand,
    tags: tagsOfTask(input, definition),
    subnets: subnetsIn(input.networkConfiguration),
    ...(strategy === undefined ? {} : { strategy }),
    ...(startedBy === undefined ? {} : { startedBy }),
    ...(overrides === undefined ? {} : { overrides }),
  };
}

/** Managed tags, the definition's where they are propagated, and the request's, which win. */
function tagsOfTask(input: JsonObject, definition: TaskDefinitionRecord): readonly Tag[] {
  const source = optionalText(input, "propagateTags");
  // API reference of RunTask: "An error will be received if you specify the SERVICE option when running a task."
  if (source === "SERVICE")
    throw invalidParameter("propagateTags can not be SERVICE for a task that is not part of a service.");
  const propagated = source === "TASK_DEFINITION" ? definition.tags : [];
  const managed = optionalBoolean(input, "enableECSManagedTags") === true;
  const cluster = clusterNameOf(optionalText(input, "cluster"));
  return mergedTags(managed ? managedTags(cluster) : [], propagated, tagsOf(input));
}

/** Members that a service has too, with the same rules. */
const sharedWithServices = [
  "taskDefinition",
  "launchType",
  "capacityProviderStrategy",
  "platformVersion",
  "networkConfiguration",
  "placementConstraints",
  "placementStrategy",
  "volumeConfigurations",
  "propagateTags",
] as const;

function rejectTask(world: World, input: JsonObject, { family }: TaskDefinitionRecord): void {
  const given = sharedWithServices.filter((it) => Object.hasOwn(input, it));
  const shared = Object.fromEntries(given.map((it) => [it, input[it]]));
  rejectAsEcs(world, "createService", { ...shared, serviceName: family, desiredCount: 1 });
}

/** Seen in boto/boto3#3173. */
function refuseMissingRole(overrides: JsonObject | undefined, { definition }: TaskDefinitionRecord): void {
  if (overrides?.taskRoleArn || definition.taskRoleArn) return;
  throw invalidParameter(
    "The execute command failed because a valid task role is not being used. Specify a valid task role in your task definition or as a task override and try again.",
  );
}

export function textUpTo(most: number, input: JsonObject, name: string): string | undefined {
  const text = optionalText(input, name);
  if (text === undefined || text.length <= most) return text;
  throw invalidParameter(`${name} can have at most ${most} characters: it has ${text.length}.`);
}

function groupOf(input: JsonObject, definition: TaskDefinitionRecord): string {
  const group = textUpTo(255, input, "group") ?? `family:${definition.family}`;
  if (group.startsWith("service:")) {
    throw invalidParameter("Invalid namespace for group. The group can not begin with service:.");
  }
  return group;
}

/**
 * RunTask allows 8,192 characters for overrides, those of the JSON included (API reference). Seen in convox/rack#1906,
 * artilleryio/artillery#2584 and aws-samples/sample-autonomous-cloud-coding-agents#502.
 */
const longestOverrides = 8192;

/** Throws, in ECS's words, for a container that the definition does not have, and for too many characters. */
function overridesIn(input: JsonObject, { definition }: TaskDefinitionRecord): JsonObject | undefined {
  const overrides = optionalObject(input, "overrides");
  if (overrides === undefined) return undefined;
  const containers: unknown = definition.containerDefinitions;
  const names = Array.isArray(containers) ? containers.filter(isObject).map((it) => it.name) : [];
  for (const override of objectList(overrides, "containerOverrides")) {
    // An override of nothing needs no name.
    if (Object.keys(override).length === 0) continue;
    const name = optionalText(override, "name");
    if (name === undefined || !names.includes(name)) {
      throw invalidParameter(
        `Override for container named ${name ?? ""} is not a container in the TaskDefinition.`,
      );
    }
  }
  refuseIncomplete("TaskOverride", overrides, "overrides");
  const known = knownPart("TaskOverride", overrides);
  if (JSON.stringify(known.containerOverrides ?? []).length > longestOverrides)
    throw invalidParameter(`Container Overrides length must be at most ${longestOverrides}`);
  return known;
}
