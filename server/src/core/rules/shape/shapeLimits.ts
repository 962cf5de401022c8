// Allowed values, ranges and lengths that the API model states.

import type { Shape } from "../../api/apiShape";
import { set } from "../../source/change";
import { isOpen, isTemplate, type JsonNode } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { client, invalid } from "../catalogueEntry";
import { fix } from "../fix";
import { removal, sureItems } from "../ruleHelpers";
import type { ServerRejection } from "../severity";
import type { Walk } from "./shapeWalk";

/** Shapes whose limits have diagnostics of their own. */
const elsewhere = new Set([
  "TransportProtocol",
  "TagKey",
  "TagValue",
  "Tags",
  "HealthyPercentInteger",
  "DaemonDrainPercent",
]);

/** ECS keeps integers in 32 bits; what is larger does not even become a number there. */
export const largestInteger = 2_147_483_647;

/** Integers whose every value outside a much smaller range has a diagnostic of its own. */
const smallNumbers = new Set([
  "containerPort",
  "hostPort",
  "interval",
  "retries",
  "restartAttemptPeriod",
  "sizeInGiB",
  "startPeriod",
  "timeout",
]);

export function checkLimits(
  walk: Walk,
  node: JsonNode,
  shapeName: string,
  shape: Shape,
  member: string,
): void {
  if (isTooLarge(node, shape) && !smallNumbers.has(member)) {
    reportTooLarge(walk, node, member);
    return;
  }
  if (elsewhere.has(shapeName) || isTemplate(node)) return;
  if (shape.enum && node.type === "string") checkEnum(walk, node, shape.enum, { member, shapeName });
  if (shape.min === undefined && shape.max === undefined) return;
  if (node.type === "number") checkRange(walk, node, shape, member);
  else if (node.type === "string")
    checkLength(walk, node, shape, member, String(node.value).length, "characters");
  else if (node.type === "array") {
    // An open list may have more items than can be seen.
    const { min: _least, ...atMost } = shape;
    checkLength(walk, node, isOpen(node) ? atMost : shape, member, sureItems(node).length, "items");
  }
}

function isTooLarge(node: JsonNode, { type }: Shape): boolean {
  return type === "integer" && node.type === "number" && Math.abs(Number(node.value)) > largestInteger;
}

function reportTooLarge({ report }: Walk, node: JsonNode, member: string): void {
  const range = Number(node.value) > 0 ? `at most ${largestInteger}` : `at least ${-largestInteger - 1}`;
  report(
    "number-out-of-range",
    node,
    { member, value: Number(node.value), range },
    {
      server: {
        exception: "SerializationException",
        message: "'{member}' is {value}, which is not a 32-bit integer.",
      },
    },
  );
}

function checkEnum(
  { report, context }: Walk,
  node: JsonNode,
  values: readonly string[],
  { member, shapeName }: { readonly member: string; readonly shapeName: string },
): void {
  const value = String(node.value);
  // distinctInstance in a task definition has a diagnostic of its own.
  // AWS's guide writes values of instance requirements in capitals.
  const isOfProvider = context.operation === "createCapacityProvider" && values.includes(value.toLowerCase());
  if (values.includes(value) || isOfProvider || (member === "type" && value === "distinctInstance")) return;
  context.doubts.noteValue(node);
  if (shapeName === "DaemonPidMode" || shapeName === "DaemonIpcMode") {
    if (value === "host" || value === "task") {
      const advice = value === "host" ? "Its counterpart is 'shared'." : "Remove it.";
      const mended = value === "host" ? fix("Change to 'shared'", true, set(node, "shared")) : removal(node);
      report("namespace-mode-of-tasks", node, { member, value, advice }, { fixes: [mended] });
      return;
    }
  }
  const synonym = synonyms.get(value.trim().toLowerCase());
  const suggestion = nearest(value, values) ?? (synonym && values.includes(synonym) ? synonym : undefined);
  const allowed = suggestion ? `'${suggestion}'` : list(values);
  // A value that is only begun may be one of several.
  const begun = values.filter((it) => value !== "" && it.toUpperCase().startsWith(`${value.toUpperCase()}_`));
  const meant = suggestion ? [suggestion] : values.length === 1 ? values : begun.slice(0, 3);
  const fixes = meant.map((it) => fix(`Change to '${it}'`, it === suggestion, set(node, it)));
  const server =
    context.operation === "registerTaskDefinition"
      ? client(`{value} is not a valid value for {member}. The value must be one of [${serverOrder(values)}]`)
      : serviceEnums[shapeName];
  report("unknown-value", node, { value, member, allowed }, { fixes, ...(server ? { server } : {}) });
}

/** What CreateService answers to another value of an enumeration, where that is known. */
const serviceEnums: Readonly<Record<string, ServerRejection>> = {
  LaunchType: invalid("launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]"),
  SchedulingStrategy: invalid("Scheduling strategy should be one of [REPLICA,DAEMON]"),
};

/** ECS lists the values of pidMode in this order (aws/amazon-ecs-cli#667); of the others the order is not known. */
const serverOrder = (values: readonly string[]): string =>
  (values.length === 2 && values.includes("task") && values.includes("host")
    ? ["task", "host"]
    : values
  ).join(",");

/** What people write for values of the API: other names of a CPU, states for conditions. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["amd64", "X86_64"],
  ["x64", "X86_64"],
  ["x86", "X86_64"],
  ["aarch64", "ARM64"],
  ["arm", "ARM64"],
  ["started", "START"],
  ["running", "START"],
  ["service_started", "START"],
  ["completed", "COMPLETE"],
  ["exited", "COMPLETE"],
  ["succeeded", "SUCCESS"],
  ["service_completed_successfully", "SUCCESS"],
  ["service_healthy", "HEALTHY"],
  ["cloudwatch", "awslogs"],
  ["cloudwatchlogs", "awslogs"],
  ["firelens", "awsfirelens"],
  ["fargate_spot", "FARGATE"],
  ["true", "ENABLED"],
  ["false", "DISABLED"],
]);

function list(values: readonly string[]): string {
  if (values.length === 1) return `'${values[0]}'`;
  const shown = values.slice(0, 12).map((it) => `'${it}'`);
  if (values.length > 12) return `${shown.join(", ")} …`;
  return `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}

function checkRange({ report, context }: Walk, node: JsonNode, shape: Shape, member: string): void {
  const value = Number(node.value);
  if (value >= (shape.min ?? -Infinity) && value <= (shape.max ?? Infinity)) return;
  context.doubts.noteValue(node);
  const closest = (value < (shape.min ?? value) ? shape.min : shape.max) ?? value;
  report(
    "number-out-of-range",
    node,
    { member, value, range: rangeWords(shape) },
    { fixes: [fix(`Change to ${closest}`, false, set(node, closest))] },
  );
}

function checkLength(
  { report }: Walk,
  node: JsonNode,
  shape: Shape,
  member: string,
  length: number,
  unit: string,
): void {
  if (length >= (shape.min ?? 0) && length <= (shape.max ?? Infinity)) return;
  report("text-length", node, { member, length, unit, range: rangeWords(shape) });
}

/** "1 to 5", "at least 1", "at most 5". */
export function rangeWords({ min, max }: Pick<Shape, "min" | "max">): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}
