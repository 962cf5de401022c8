// Which instance types of our table a capacity provider admits. What a requirement asks that the table does not know
// makes a type unknown; it is never left out in silence.

import { asList, asNumber, asObject, asText, type PlainObject } from "../text/plainValue";
import { type InstanceType, instanceTypes } from "./instanceTypes";

export interface AdmittedType {
  readonly type: InstanceType;
  /** Requirements that nobody here can check, by name. */
  readonly unchecked: readonly string[];
}

/** Requirements that are looked at; each other one is unchecked. */
const checked = new Set([
  "vCpuCount",
  "memoryMiB",
  "memoryGiBPerVCpu",
  "allowedInstanceTypes",
  "excludedInstanceTypes",
  "cpuManufacturers",
  "burstablePerformance",
  "acceleratorCount",
]);

/** The types of the table that the requirements admit, smallest first; all without requirements. */
export function admittedTypes(requirements: PlainObject | undefined): readonly AdmittedType[] {
  const given = requirements ?? {};
  const unchecked = Object.keys(given).filter((it) => !checked.has(it));
  return [...instanceTypes.values()]
    .filter((it) => isAdmitted(it, given))
    .sort((left, right) => left.vcpus - right.vcpus || left.memoryGiB - right.memoryGiB)
    .map((type) => ({ type, unchecked }));
}

function isAdmitted(type: InstanceType, requirements: PlainObject): boolean {
  const { vcpus, memoryGiB, name, gpus } = type;
  const allowed = asList(requirements.allowedInstanceTypes);
  const excluded = asList(requirements.excludedInstanceTypes) ?? [];
  const matches = (pattern: unknown) => isTypeLike(name, asText(pattern) ?? "");
  if (allowed !== undefined && allowed.length > 0 && !allowed.some(matches)) return false;
  if (excluded.some(matches)) return false;
  // Without accelerators in the requirements ECS chooses no type with one.
  const accelerators = asObject(requirements.acceleratorCount);
  if (accelerators === undefined ? gpus > 0 && !allowed?.some(matches) : !isWithin(gpus, accelerators))
    return false;
  return (
    isWithin(vcpus, asObject(requirements.vCpuCount)) &&
    isWithin(memoryGiB * 1024, asObject(requirements.memoryMiB)) &&
    isWithin(memoryGiB / vcpus, asObject(requirements.memoryGiBPerVCpu)) &&
    fitsManufacturer(type, asList(requirements.cpuManufacturers)) &&
    fitsBurstable(name, asText(requirements.burstablePerformance), allowed)
  );
}

function isWithin(amount: number, range: PlainObject | undefined): boolean {
  const least = asNumber(range?.min) ?? 0;
  const most = asNumber(range?.max) ?? Number.POSITIVE_INFINITY;
  return amount >= least && amount <= most;
}

/**
 * Whether a type is meant by a pattern of a capacity provider: `c5*`, `m5a.*`. Piece by piece, since a regular expression
 * of many stars hardly ends.
 */
export function isTypeLike(name: string, pattern: string): boolean {
  const [beginning = "", ...pieces] = pattern.split("*");
  const end = pieces.pop();
  if (end === undefined) return name === pattern;
  if (!name.startsWith(beginning)) return false;
  let at = beginning.length;
  for (const it of pieces) {
    const found = name.indexOf(it, at);
    if (found < 0) return false;
    at = found + it.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}

/** AWS names types with its own processors with a `g`, those with AMD's with an `a` behind the generation. */
function fitsManufacturer({ name, cpuArchitecture }: InstanceType, wanted: readonly unknown[] | undefined) {
  if (wanted === undefined || wanted.length === 0) return true;
  const isAmd = /^[a-z]+\d+([a-z]*)\./.exec(name)?.[1]?.includes("a") === true;
  const maker = cpuArchitecture === "arm64" ? "amazon-web-services" : isAmd ? "amd" : "intel";
  return wanted.includes(maker);
}

/** The default leaves burstable types out of what requirements describe. */
function fitsBurstable(name: string, rule: string | undefined, allowed: readonly unknown[] | undefined) {
  const isBurstable = /^t\d/.test(name);
  const word = (rule ?? "excluded").toLowerCase();
  if (word === "required") return isBurstable;
  if (word === "included" || !isBurstable) return true;
  return allowed !== undefined && allowed.length > 0;
}
