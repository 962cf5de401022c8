// The parts of CreateService's and UpdateService's input that both read alike.

import { account } from "../arns";
import { containerInstancesOnly, invalidParameter } from "../errors";
import type { ConstraintRecord, ServiceRecord } from "../state/records";
import { canonicalJson } from "./canonicalJson";
import { checkedExpression } from "./checkedExpression";
import {
  isObject,
  type JsonObject,
  launchTypeWord,
  member,
  objectList,
  optionalObject,
  optionalText,
} from "./input";

/** Absent: `undefined`; an empty list removes all. */
export function constraintsIn(input: JsonObject): readonly ConstraintRecord[] | undefined {
  if (member(input, "placementConstraints") === undefined) return undefined;
  const constraints = objectList(input, "placementConstraints").map((it): ConstraintRecord => {
    const type = optionalText(it, "type");
    if (type !== "memberOf" && type !== "distinctInstance") {
      throw invalidParameter(`Invalid placement constraint type: ${type ?? "none"}`);
    }
    const expression = optionalText(it, "expression");
    if (type === "distinctInstance" && expression !== undefined) {
      throw invalidParameter("distinctInstance expression should not be specified.");
    }
    if (expression !== undefined) checkedExpression(expression, "placement constraint expression");
    return expression === undefined ? { type } : { type, expression };
  });
  if (constraints.length > 10) throw invalidParameter("Maximum number of constraints is 10");
  return constraints;
}

export function strategyIn(input: JsonObject): ServiceRecord["placementStrategy"] | undefined {
  if (member(input, "placementStrategy") === undefined) return undefined;
  return objectList(input, "placementStrategy").map((it) => {
    const type = optionalText(it, "type") ?? "";
    if (!["random", "spread", "binpack"].includes(type)) {
      throw invalidParameter(`Invalid placement strategy type: ${type}`);
    }
    const field = optionalText(it, "field");
    return field === undefined ? { type } : { type, field };
  });
}

/** Where the tasks run. Throws where that is no container instance: the endpoint has nothing else. */
export function launchTypeIn(input: JsonObject): ServiceRecord["launchType"] {
  const launchType = launchTypeWord(input) ?? "EC2";
  if (launchType !== "EC2" && launchType !== "EXTERNAL")
    throw containerInstancesOnly(`launch type ${launchType}`);
  if (objectList(input, "capacityProviderStrategy").length > 0)
    throw containerInstancesOnly("a capacity provider strategy");
  return launchType;
}

/** ECS's quota of tasks per service. */
const mostTasks = 5000;

/** A count that a service can have; answers it. */
export function checkDesiredCount(count: number): number {
  if (count < 0) throw invalidParameter("DesiredCount can not be lesser than 0");
  if (count > mostTasks)
    throw invalidParameter(
      `Desired count can not be more than ${mostTasks}, the quota of tasks for a service.`,
    );
  return count;
}

/** Daemon services stop before they start; the others start before they stop. */
const percentDefaults = {
  DAEMON: { maximumPercent: 100, minimumHealthyPercent: 0 },
  REPLICA: { maximumPercent: 200, minimumHealthyPercent: 100 },
} as const;

/** What the input says over what was there before, or over ECS's defaults. */
export function deploymentConfigurationOf(
  input: JsonObject,
  strategy: ServiceRecord["schedulingStrategy"],
  before?: JsonObject,
): JsonObject {
  const given = optionalObject(input, "deploymentConfiguration");
  if (given === undefined && before !== undefined) return before;
  const configuration: JsonObject = {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    ...percentDefaults[strategy],
    strategy: "ROLLING",
    bakeTimeInMinutes: 0,
    ...before,
    ...withoutNulls(given ?? {}),
  };
  checkPercents(configuration);
  return configuration;
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

function checkPercents({ maximumPercent, minimumHealthyPercent }: JsonObject): void {
  if (typeof maximumPercent !== "number" || typeof minimumHealthyPercent !== "number") {
    throw invalidParameter("maximumPercent and minimumHealthyPercent must be integers.");
  }
  if (maximumPercent < 0 || minimumHealthyPercent < 0) {
    throw invalidParameter("maximumPercent and minimumHealthyPercent must not be negative.");
  }
  if (maximumPercent === 100 && minimumHealthyPercent === 100) {
    throw invalidParameter(
      "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    );
  }
}

/** Members that the endpoint keeps and answers without acting on them. */
const passedThrough = [
  "loadBalancers",
  "serviceRegistries",
  "networkConfiguration",
  "serviceConnectConfiguration",
  "volumeConfigurations",
  "vpcLatticeConfigurations",
  "monitoring",
  "healthCheckGracePeriodSeconds",
  "enableECSManagedTags",
  "propagateTags",
  "enableExecuteCommand",
  "availabilityZoneRebalancing",
] as const;

/** The same for one kind of service: a change of these, the first two of which ECS answers with a new deployment. */
export function detailsOf(input: JsonObject, before: JsonObject = {}): JsonObject {
  const details: Record<string, unknown> = { ...before };
  for (const name of passedThrough) {
    const value = member(input, name);
    if (value !== undefined) details[name] = value;
  }
  const role = optionalText(input, "role") ?? "";
  if (role !== "") details.roleArn = role.startsWith("arn:") ? role : `arn:aws:iam::${account}:role/${role}`;
  return details;
}

/** Members whose update makes a new deployment: the API reference of UpdateService says so of each of them. */
const deployed = [
  "networkConfiguration",
  "loadBalancers",
  "serviceRegistries",
  "serviceConnectConfiguration",
  "vpcLatticeConfigurations",
] as const;

/**
 * Whether the update makes a new deployment because of its details. It does not for `enableExecuteCommand` and
 * `propagateTags`, which hold for tasks that start from then on; for volumes it does where they differ from before.
 */
export function changesTasks(input: JsonObject, before: JsonObject): boolean {
  const volumes = member(input, "volumeConfigurations");
  if (volumes !== undefined && !sameLists(volumes, before.volumeConfigurations)) return true;
  return deployed.some((name) => {
    const value = member(input, name);
    return value !== undefined && (!isObject(value) || Object.keys(value).length > 0);
  });
}

/** An absent list is an empty one. */
function sameLists(left: unknown, right: unknown): boolean {
  return canonicalJson({ list: left ?? [] }) === canonicalJson({ list: right ?? [] });
}
