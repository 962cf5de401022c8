// What is wrong with a fleet file, at the value that is wrong. It says what the reader of fleets would make of it, so
// that the two agree on which groups there are.

import { shapeNamed } from "../../api/apiModel";
import { fleetShape } from "../../api/fleetShapes";
import { instanceStatuses } from "../../api/instanceStatuses";
import { largestFleet } from "../../cluster/fleet";
import { instanceTypes } from "../../cluster/instanceTypes";
import { rename, set } from "../../source/change";
import {
  get,
  isOpen,
  isTemplate,
  items,
  type JsonNode,
  type Member,
  members,
  numberOf,
  stringOf,
} from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import { property, title } from "../fixTitle";
import type { Report } from "../rule";
import { removal } from "../ruleHelpers";
import { noteDuplicates } from "../shape/shapeMembers";
import { checkAttribute } from "./instanceAttributes";

export const fleetFileCodes = [
  "fleet-without-groups",
  "fleet-unknown-member",
  "fleet-wrong-value",
  "fleet-unknown-instance-type",
  "fleet-group-without-size",
  "fleet-empty-group",
  "fleet-too-large",
  "attribute-name",
  "attribute-value",
  "attribute-type",
] as const;

/** Reports everything about a fleet whose root is `root`. */
export function checkFleetFile(root: JsonNode | undefined, report: Report): void {
  if (root === undefined || isTemplate(root)) return;
  const groups = get(root, "groups");
  const meant =
    root.type === "object" ? checkMembers(root, "a fleet", fleetShape, ["groups"], report) : noNames;
  if (groups === undefined || (groups.type !== "array" && !isTemplate(groups))) {
    if (!isOpen(root) && !meant.has("groups")) report("fleet-without-groups", placeOf(groups ?? root), {});
    return;
  }
  checkProviders(get(root, "capacityProviders"), report);
  let room = largestFleet;
  for (const group of items(groups)) {
    if (isTemplate(group)) continue;
    if (group.type !== "object") {
      wrong(report, group, "groups", "a list of objects");
      continue;
    }
    checkGroup(group, report);
    const count = numberOf(get(group, "count")) ?? 1;
    // What follows is too much only because of this one.
    if (count > room && room >= 0) {
      report("fleet-too-large", get(group, "count") ?? group, { most: largestFleet, room });
      room = -1;
    } else room -= Math.max(count, 0);
  }
}

/** Capacity providers of the local cluster. */
function checkProviders(list: JsonNode | undefined, report: Report): void {
  if (list === undefined || isTemplate(list)) return;
  if (list.type !== "array") {
    wrong(report, list, "capacityProviders", "a list of objects");
    return;
  }
  for (const provider of items(list)) {
    if (isTemplate(provider)) continue;
    if (provider.type !== "object") {
      wrong(report, provider, "capacityProviders", "a list of objects");
      continue;
    }
    const meant = checkMembers(provider, "a capacity provider", "FleetProvider", ["name"], report);
    const name = get(provider, "name");
    if (name !== undefined && !isTemplate(name) && !stringOf(name))
      wrong(report, name, "name", "a text in double quotes");
    if (name === undefined && !isOpen(provider) && !meant.has("name")) {
      const params = { member: "capacityProviders", expected: "a list of objects with 'name'" };
      report("fleet-wrong-value", placeOf(provider), { ...params, found: "one without it" });
    }
  }
}

const noNames: ReadonlySet<string> = new Set();

/** An object is too large to be underlined: its brace is. */
function placeOf(node: JsonNode): { readonly start: number; readonly end: number } {
  const isLong = node.type === "object" || node.type === "array";
  return { start: node.offset, end: node.offset + (isLong ? 1 : node.length) };
}

/** Answers the names that are meant by misspelt ones. Without one of those that are needed the object is of no use. */
function checkMembers(
  object: JsonNode,
  owner: string,
  shape: string,
  needed: readonly string[],
  report: Report,
): ReadonlySet<string> {
  const known = Object.keys(shapeNamed(shape).members ?? {});
  const found = members(object);
  const allMeant = new Set<string>();
  noteDuplicates({ report }, found);
  for (const member of found) {
    if (known.includes(member.name) || member.name === "$schema") continue;
    const free = known.filter((it) => get(object, it) === undefined && !allMeant.has(it));
    const meant = nearest(member.name, free);
    if (meant !== undefined) allMeant.add(meant);
    report(
      "fleet-unknown-member",
      member.key,
      {
        member: member.name,
        owner,
        suggestion: meant === undefined ? "" : ` Did you mean '${meant}'?`,
        allowed: known.join(", "),
      },
      {
        ...(meant !== undefined && needed.includes(meant) && { severity: "error" }),
        fixes: [
          meant === undefined
            ? removal(member.value)
            : fix(title`Change to '${property(meant)}'`, true, rename(member.value, meant)),
        ],
      },
    );
  }
  return allMeant;
}

function checkGroup(group: JsonNode, report: Report): void {
  const sizes = sizeNames(group);
  const meant = checkMembers(group, "a group", "FleetGroup", sizes, report);
  checkNumber(group, "count", 0, report);
  const cpu = checkNumber(group, "cpu", 1, report);
  const memory = checkNumber(group, "memory", 1, report);
  // What is wrong with a size has been reported.
  const isReported = sizes.some((it) => meant.has(it)) || cpu === "wrong" || memory === "wrong";
  checkSize(group, isReported || (cpu === "right" && memory === "right"), report);
  if (numberOf(get(group, "count")) === 0) report("fleet-empty-group", get(group, "count") ?? group, {});
  checkZones(get(group, "zones"), report);
  checkAttributes(get(group, "attributes"), report);
  checkStatus(get(group, "status"), report);
  const connected = get(group, "agentConnected");
  if (connected !== undefined && connected.type !== "boolean" && !isTemplate(connected))
    wrong(report, connected, "agentConnected", "true or false");
}

/** The properties without which the size of a group is not known. */
function sizeNames(group: JsonNode): readonly string[] {
  if (instanceTypes.has(stringOf(get(group, "instanceType")) ?? "")) return [];
  const isSized = get(group, "cpu") !== undefined || get(group, "memory") !== undefined;
  return isSized ? ["cpu", "memory"] : ["instanceType"];
}

/** What may be a right number counts as one. */
function checkNumber(
  group: JsonNode,
  name: string,
  least: number,
  report: Report,
): "right" | "wrong" | "missing" {
  const node = get(group, name);
  if (node === undefined) return isOpen(group) ? "right" : "missing";
  if (isTemplate(node)) return "right";
  const value = numberOf(node);
  if (value !== undefined && Number.isSafeInteger(value) && value >= least) return "right";
  const written = stringOf(node)?.trim() ?? "";
  const fixes = /^\d+$/.test(written) ? [fix(`Change to ${written}`, true, set(node, Number(written)))] : [];
  wrong(report, node, name, `a whole number of at least ${least}`, fixes);
  return "wrong";
}

function checkSize(group: JsonNode, isSized: boolean, report: Report): void {
  const type = get(group, "instanceType");
  if (type === undefined) {
    if (!isSized && !isOpen(group)) report("fleet-group-without-size", placeOf(group), {});
    return;
  }
  if (isTemplate(type)) return;
  const name = stringOf(type);
  if (name === undefined || name === "") wrong(report, type, "instanceType", "a text in double quotes");
  else if (!isSized && !instanceTypes.has(name)) {
    const meant = nearest(name, [...instanceTypes.keys()]);
    const suggestion = meant === undefined ? "" : ` Did you mean '${meant}'?`;
    report(
      "fleet-unknown-instance-type",
      type,
      { type: name, suggestion },
      {
        fixes: [meant === undefined ? undefined : fix(`Change to '${meant}'`, false, set(type, meant))],
      },
    );
  }
}

function checkZones(zones: JsonNode | undefined, report: Report): void {
  if (zones === undefined || isTemplate(zones)) return;
  if (zones.type !== "array") {
    const zone = stringOf(zones);
    const fixes = zone ? [fix("Change to a list", true, set(zones, [zone]))] : [];
    wrong(report, zones, "zones", "a list of Availability Zones", fixes);
    return;
  }
  for (const zone of items(zones))
    if (!isTemplate(zone) && !stringOf(zone)) wrong(report, zone, "zones", "a list of texts");
}

function checkAttributes(attributes: JsonNode | undefined, report: Report): void {
  if (attributes === undefined || isTemplate(attributes)) return;
  if (attributes.type !== "object") {
    wrong(report, attributes, "attributes", "an object of names and values");
    return;
  }
  const found = members(attributes);
  noteDuplicates({ report }, found);
  for (const { name, key, value } of found) {
    if (value.type === "object" || value.type === "array")
      wrong(report, value, name, "a text, or null for an attribute without a value");
    else checkAttribute({ name, key, value }, report);
  }
}

function checkStatus(status: JsonNode | undefined, report: Report): void {
  if (status === undefined || isTemplate(status)) return;
  const written = stringOf(status);
  if (instanceStatuses.some((it) => it === written)) return;
  const meant = written === undefined ? undefined : nearest(written, instanceStatuses);
  const fixes = meant === undefined ? [] : [fix(`Change to '${meant}'`, true, set(status, meant))];
  wrong(report, status, "status", `one of ${instanceStatuses.join(", ")}`, fixes);
}

function wrong(
  report: Report,
  node: JsonNode,
  member: Member["name"],
  expected: string,
  fixes: readonly ReturnType<typeof fix>[] = [],
): void {
  report("fleet-wrong-value", placeOf(node), { member, expected, found: described(node) }, { fixes });
}

function described(node: JsonNode): string {
  if (node.type === "object") return "an object";
  if (node.type === "array") return "a list";
  return node.type === "string" ? `the text ${JSON.stringify(node.value)}` : String(node.value);
}
