// Reads a fleet file: a synthetic cluster described by groups of equal instances, for asking "what if" without any
// account.

import { instanceStatuses } from "../api/instanceStatuses";
import { parseJsonDocuments } from "../source/json/jsonDocuments";
import { type ProblemList, pointer, problemList, type ReadProblem } from "../source/readProblem";
import {
  asBoolean,
  asFilledText,
  asList,
  asObject,
  member,
  type PlainObject,
  quoteValue,
} from "../text/plainValue";
import type { InstanceStatus } from "./containerInstance";
import type { Fleet, FleetGroup } from "./fleetGroup";
import { fleetCluster } from "./fleetInstances";
import { instanceTypes } from "./instanceTypes";
import { type ReadCluster, withSyntaxProblems } from "./snapshot";

/** Together, over all groups. */
export const largestFleet = 100_000;

/** Reads a fleet file's text (comments and trailing commas are fine). `name` becomes the cluster's name. Never throws. */
export function readFleet(text: string, name?: string): ReadCluster {
  const { values, problems } = parseJsonDocuments(text);
  return withSyntaxProblems(fleetClusterFromValue(values[0], name), values, problems);
}

/** The cluster of a fleet that is a value already. */
export function fleetClusterFromValue(value: unknown, name?: string): ReadCluster {
  const { fleet, problems } = fleetFromValue(value);
  const hasGroups = asList(member(asObject(value), "groups")) !== undefined;
  const failure = otherVersion(value) ?? (hasGroups ? undefined : noGroups);
  return { cluster: fleetCluster(fleet, name), problems, failure };
}

/** The form has no version yet. A later one will have, and must not be half understood. */
function otherVersion(value: unknown): string | undefined {
  const version = member(asObject(value), "version");
  if (version === undefined) return undefined;
  return `This fleet file has a version, ${quoteValue(version)}: it was written for a later version of ECS Daemon, which has to read it.`;
}

const noGroups =
  'A fleet has a list of "groups": { "groups": [{ "count": 5, "instanceType": "m5.large" }] }.';

/** Checks a fleet that is a value already. A group that cannot be used is left out, with an error that says why. */
export function fleetFromValue(value: unknown): {
  readonly fleet: Fleet;
  readonly problems: readonly ReadProblem[];
} {
  const problems = problemList();
  const refusal = otherVersion(value);
  if (refusal !== undefined) {
    problems.error("/version", refusal);
    return { fleet: { groups: [] }, problems: problems.all() };
  }
  const list = asList(member(asObject(value), "groups"));
  if (list === undefined) {
    problems.error("", noGroups);
    return { fleet: { groups: [] }, problems: problems.all() };
  }
  let room = largestFleet;
  const groups = list.map((it, index) => {
    const group = readGroup(it, `/groups/${index}`, problems);
    if (group.count > room) {
      problems.error(
        `/groups/${index}/count`,
        `A fleet has at most ${largestFleet} instances together; ${room} are left for this group.`,
      );
    }
    const count = Math.min(group.count, room);
    room -= count;
    return { ...group, count };
  });
  return { fleet: { groups }, problems: problems.all() };
}

/** A group that cannot be used has a count of 0, so that the ids of the groups after it stay what they are. */
function readGroup(value: unknown, path: string, problems: ProblemList): FleetGroup {
  const group = asObject(value);
  if (group === undefined) {
    problems.error(path, 'A group is an object: { "count": 5, "instanceType": "m5.large" }.');
  } else {
    for (const name of Object.keys(group)) {
      if (!knownMembers.has(name)) {
        problems.warn(
          pointer(path, name),
          `A group has no "${name}"; it is left out. It can have ${memberNames}.`,
        );
      }
    }
  }
  const instanceType = readText(group, "instanceType", path, problems);
  const cpu = readCount(group, "cpu", path, problems);
  const memory = readCount(group, "memory", path, problems);
  const sized = instanceTypes.has(instanceType ?? "") || (cpu !== undefined && memory !== undefined);
  if (group !== undefined && !sized) {
    problems.error(
      instanceType === undefined ? path : `${path}/instanceType`,
      instanceType === undefined
        ? 'A group needs an "instanceType", or "cpu" (units) and "memory" (MiB).'
        : `The size of ${quoteValue(instanceType)} is not known here. Add "cpu" (units, 1024 per vCPU) and "memory" (MiB) to the group.`,
    );
  }
  return {
    count: group !== undefined && sized ? (readCount(group, "count", path, problems) ?? 1) : 0,
    instanceType,
    zones: readZones(group, path, problems),
    attributes: readAttributes(group, path, problems),
    cpu,
    memory,
    status: readStatus(group, path, problems),
    agentConnected: readConnected(group, path, problems),
    capacityProvider: readText(group, "capacityProvider", path, problems),
    autoScalingGroup: readText(group, "autoScalingGroup", path, problems),
  };
}

const knownMembers = new Set([
  "count",
  "instanceType",
  "zones",
  "attributes",
  "cpu",
  "memory",
  "status",
  "agentConnected",
  "capacityProvider",
  "autoScalingGroup",
]);
const memberNames = [...knownMembers].join(", ");

function readText(
  group: PlainObject | undefined,
  name: string,
  path: string,
  problems: ProblemList,
): string | undefined {
  const value = member(group, name);
  if (value === undefined) return undefined;
  const text = asFilledText(value);
  if (text === undefined)
    problems.error(pointer(path, name), `"${name}" is text; ${quoteValue(value)} is not.`);
  return text;
}

function readCount(
  group: PlainObject | undefined,
  name: "count" | "cpu" | "memory",
  path: string,
  problems: ProblemList,
): number | undefined {
  const value = member(group, name);
  if (value === undefined) return undefined;
  const lowest = name === "count" ? 0 : 1;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= lowest) return value;
  problems.error(
    pointer(path, name),
    `"${name}" is a whole number of at least ${lowest}; ${quoteValue(value)} is not.`,
  );
  return undefined;
}

function readZones(group: PlainObject | undefined, path: string, problems: ProblemList): readonly string[] {
  const value = member(group, "zones");
  if (value === undefined) return [];
  const zones = asList(value);
  if (zones === undefined) {
    problems.error(`${path}/zones`, '"zones" is a list of Availability Zones: ["us-east-1a", "us-east-1b"].');
    return [];
  }
  return zones.flatMap((zone, index) => {
    const text = asFilledText(zone);
    if (text !== undefined) return [text];
    problems.error(`${path}/zones/${index}`, `An Availability Zone is text; ${quoteValue(zone)} is not.`);
    return [];
  });
}

function readAttributes(
  group: PlainObject | undefined,
  path: string,
  problems: ProblemList,
): ReadonlyMap<string, string | undefined> {
  const written = member(group, "attributes");
  const object = asObject(written);
  if (written !== undefined && object === undefined) {
    problems.error(`${path}/attributes`, '"attributes" is an object of names and values: { "env": "prod" }.');
  }
  const attributes = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(object ?? {})) {
    const place = pointer(`${path}/attributes`, name);
    if (typeof value === "string") attributes.set(name, value);
    else if (value === null) attributes.set(name, undefined);
    else if (typeof value === "number" || typeof value === "boolean") {
      attributes.set(name, String(value));
      problems.warn(place, `ECS compares attributes as text: write "${String(value)}".`);
    } else problems.error(place, "An attribute's value is text, or null for an attribute without a value.");
  }
  return attributes;
}

function readStatus(group: PlainObject | undefined, path: string, problems: ProblemList): InstanceStatus {
  const value = member(group, "status");
  if (value === undefined) return "ACTIVE";
  const status = instanceStatuses.find((it) => it === value);
  if (status !== undefined) return status;
  problems.error(
    `${path}/status`,
    `${quoteValue(value)} is not a valid status. Use one of ${instanceStatuses.join(", ")}.`,
  );
  return "ACTIVE";
}

function readConnected(group: PlainObject | undefined, path: string, problems: ProblemList): boolean {
  const value = member(group, "agentConnected");
  const connected = asBoolean(value);
  if (value !== undefined && connected === undefined) {
    problems.error(
      `${path}/agentConnected`,
      `"agentConnected" is true or false; ${quoteValue(value)} is neither.`,
    );
  }
  return connected ?? true;
}
