// Values that the built-in attributes never have, above all those that task definitions spell in another way.

import { nearestWord } from "../../text/spelling";
import { compilePattern } from "../patterns/pattern";
import { replacing } from "../problem";
import { builtInAttributes } from "../subjects";
import type { AttributeSubject, Value } from "../syntax";
import { whyImpossible } from "./checkLimits";
import { attributeOf, type CheckScope, type Occurrence, report, requoted, valuesOf } from "./checkScope";

export function checkTraps(scope: CheckScope): void {
  for (const occurrence of scope.occurrences) {
    const subject = attributeOf(occurrence.comparison);
    if (subject === undefined) continue;
    checkSpelling(scope, subject);
    if (isNameOnly(subject.name)) checkNameOnly(scope, occurrence, subject);
    else checkBuiltInValues(scope, occurrence, subject.name);
  }
}

/** Capabilities are names without values, but for the few that carry a version. */
export function isNameOnly(name: string): boolean {
  return /^(?:com\.amazonaws\.)?ecs\.capability\./.test(name) && !name.endsWith("-version");
}

function checkSpelling(scope: CheckScope, { name, nameSpan }: AttributeSubject): void {
  if (!/^ecs[.:_-]/i.test(name) || builtInAttributes.has(name) || isNameOnly(name)) return;
  if (scope.context.attributes?.has(name)) return;
  const suggestion = nearestWord(name, builtInAttributes.keys());
  if (suggestion === undefined) return;
  const fix = replacing(nameSpan, suggestion, `Change to ${suggestion}`);
  report(scope, "expression-misspelled-attribute", nameSpan, { name, suggestion }, fix);
}

function checkNameOnly(scope: CheckScope, { comparison }: Occurrence, { name }: AttributeSubject): void {
  const { operator, argument } = comparison;
  if (operator === undefined || argument === undefined) return;
  if ((scope.context.attributes?.get(name)?.size ?? 0) > 1) return;
  const falsehood = argument.kind === "value" && argument.text.toLowerCase() === "false";
  const absent = operator.operator.startsWith("!") !== falsehood;
  const replacement = `attribute:${name} ${absent ? "!exists" : "exists"}`;
  const fix = replacing(comparison.span, replacement, `Write ${replacement}`);
  report(scope, "expression-name-only-attribute", comparison.span, { name, replacement }, fix);
}

function checkBuiltInValues(scope: CheckScope, { comparison }: Occurrence, name: string): void {
  const judge = judges.get(name);
  const operator = comparison.operator?.operator;
  if (judge === undefined || operator === undefined) return;
  if (operator === "=~" || operator === "!~") {
    for (const value of valuesOf(comparison)) checkBuiltInPattern(scope, value, name);
    return;
  }
  if (!["==", "!=", "in", "!in"].includes(operator)) return;
  for (const value of valuesOf(comparison)) {
    // What no attribute at all can have is reported as that.
    const judgement = whyImpossible(value.text) === undefined ? judge(value.text) : undefined;
    if (judgement !== undefined) reportValue(scope, name, value, judgement);
  }
}

interface Judgement {
  /** The right spelling of the same value, or the value that was probably meant. */
  readonly instead?: string;
  /** Absent where only the case differs. */
  readonly reason?: string;
}

function reportValue(scope: CheckScope, name: string, value: Value, { instead, reason }: Judgement): void {
  const fixes =
    instead === undefined
      ? []
      : [replacing(value.span, requoted(value, instead), `Change to ${instead}`, reason === undefined)];
  const params = { name, value: value.text, replacement: instead ?? "" };
  if (reason === undefined) report(scope, "expression-value-case", value.span, params, ...fixes);
  else {
    report(scope, "expression-impossible-value", value.span, { name, value: value.text, reason }, ...fixes);
  }
}

/** A pattern that none of the few possible values matches. */
function checkBuiltInPattern(scope: CheckScope, value: Value, name: string): void {
  const values = builtInAttributes.get(name)?.values;
  const pattern = compilePattern(value.text);
  if (values === undefined || name === "ecs.os-family" || pattern.reading.kind !== "exact") return;
  if (values.some((it) => pattern.matches(it) !== false)) return;
  const folded = values.filter((it) => compilePattern(`(?i:${value.text})`).matches(it) === true);
  const other = value.text.toLowerCase();
  if (folded.length > 0 && !/[A-Z\\]/.test(other)) {
    const fix = replacing(value.span, requoted(value, other), `Change to ${other}`, true);
    const params = { name, value: value.text, replacement: folded.join(" or ") };
    report(scope, "expression-value-case", value.span, params, fix);
    return;
  }
  const reason = `the pattern matches none of ${values.join(", ")}`;
  report(scope, "expression-impossible-value", value.span, { name, value: value.text, reason });
}

const architectures = new Map([
  ["amd64", "x86_64"],
  ["x64", "x86_64"],
  ["x86-64", "x86_64"],
  ["intel", "x86_64"],
  ["aarch64", "arm64"],
  ["arm", "arm64"],
  ["armv8", "arm64"],
]);

const judges: ReadonlyMap<string, (value: string) => Judgement | undefined> = new Map([
  ["ecs.cpu-architecture", (value: string) => oneOf(value, ["x86_64", "arm64"], architectures)],
  ["ecs.os-type", (value: string) => oneOf(value, ["linux", "windows"], new Map([["win", "windows"]]))],
  ["ecs.os-family", judgeFamily],
  ["ecs.instance-type", judgeInstanceType],
  ["ecs.availability-zone", judgeZone],
  ["ecs.ami-id", (value: string) => prefixed(value, "ami-")],
  ["ecs.vpc-id", (value: string) => prefixed(value, "vpc-")],
  ["ecs.subnet-id", (value: string) => prefixed(value, "subnet-")],
]);

function oneOf(
  value: string,
  values: readonly string[],
  aliases: ReadonlyMap<string, string>,
): Judgement | undefined {
  if (values.includes(value)) return undefined;
  const lower = value.toLowerCase();
  if (values.includes(lower)) return { instead: lower };
  const instead = aliases.get(lower) ?? nearestWord(value, values);
  const reason = `it is ${values.join(" or ")}`;
  return instead === undefined ? { reason } : { instead, reason };
}

function judgeFamily(value: string): Judgement | undefined {
  if (value === "LINUX" || /^WINDOWS_SERVER_[A-Z0-9_]+$/.test(value)) return undefined;
  const upper = value.toUpperCase();
  if (upper === "LINUX" || /^WINDOWS_SERVER_[A-Z0-9_]+$/.test(upper)) return { instead: upper };
  const instead = nearestWord(value, builtInAttributes.get("ecs.os-family")?.values ?? []);
  const reason = "it is LINUX or one of WINDOWS_SERVER_2019_CORE, WINDOWS_SERVER_2022_FULL and so on";
  return instead === undefined ? { reason } : { instead, reason };
}

function judgeInstanceType(value: string): Judgement | undefined {
  const lower = value.toLowerCase();
  const looksRight = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(lower);
  if (looksRight) return lower === value ? judgeSize(value) : { instead: lower };
  // Characters that no value can have are complained of elsewhere.
  if (/[^A-Za-z0-9.-]/.test(value) || value === "") return undefined;
  return { reason: "an instance type is a family, a period and a size, such as m5.large" };
}

const sizes = ["nano", "micro", "small", "medium", "large", "xlarge", "metal"];

/** Families come and go; sizes have been the same for years, so that a near miss of one is a slip. */
function judgeSize(value: string): Judgement | undefined {
  const dot = value.indexOf(".") + 1;
  const [, count = "", size = ""] = /^(\d*)(.*)$/.exec(value.slice(dot)) ?? [];
  if (sizes.includes(size) || /^metal-\d+xl$/.test(size)) return undefined;
  const meant = nearestWord(size, sizes);
  if (meant === undefined) return undefined;
  return { instead: `${value.slice(0, dot)}${count}${meant}`, reason: "no instance type has this size" };
}

function judgeZone(value: string): Judgement | undefined {
  const lower = value.toLowerCase();
  if (lower !== value && /^[a-z]{2}(?:-[a-z0-9]+)+-\d[a-z]$/.test(lower)) return { instead: lower };
  if (!/^[a-z]{2}(?:-[a-z]+){1,2}-\d$/.test(value)) return undefined;
  return { reason: "it names a Region; a zone has a letter behind it, such as us-east-1a" };
}

function prefixed(value: string, prefix: string): Judgement | undefined {
  if (value.startsWith(prefix) || value === "") return undefined;
  return { reason: `it begins with ${prefix}` };
}
