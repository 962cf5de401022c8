// One container instance of DescribeContainerInstances.

import { instanceStatuses } from "../api/instanceStatuses";
import { asFilledText, asList, asNumber, asText, member } from "../text/plainValue";
import type { ContainerInstance, InstanceResources } from "./containerInstance";
import { lastPart, type PlacedTask } from "./placedTask";
import { readResources } from "./snapshotResources";
import {
  areObjects,
  booleanAt,
  countAt,
  isGiven,
  type Place,
  placeAt,
  placesAt,
  reportWrong,
  textAt,
} from "./snapshotValues";

export interface InstanceContext {
  /** One string for all that are equal: instances repeat the same names and values thousands of times. */
  readonly shared: (text: string) => string;
  /** Reads a list of attributes that is as ECS sends it; `undefined` for any other. */
  readonly attributeRow: (list: readonly unknown[]) => ContainerInstance["attributes"] | undefined;
  /** Reads a list of resources that is as ECS sends it; `undefined` for any other. */
  readonly usualResources: (list: unknown) => InstanceResources | undefined;
  /** Tasks by instance id; `undefined` where the snapshot has none. */
  readonly tasks: ReadonlyMap<string, readonly PlacedTask[]> | undefined;
  /** Names of Managed Instances capacity providers. */
  readonly managedProviders: ReadonlySet<string>;
}

export interface ReadInstance {
  readonly instance: ContainerInstance;
  /** From the long form of the ARN. */
  readonly clusterName: string | undefined;
}

/**
 * Reads what is there; what is missing is assumed as the problems say, and what cannot be read is unknown. `index` is its
 * number in the snapshot, for an id where it has none.
 */
export function readInstance(place: Place, index: number, context: InstanceContext): ReadInstance {
  const { id, arn } = readIdentity(place, index);
  const onInstance = context.tasks === undefined ? undefined : (context.tasks.get(id) ?? []);
  const tasks = onInstance?.map((it) => it.task);
  const running = tasks?.filter((it) => it.desiredStatus === "RUNNING");
  const groups = running?.map((it) => it.group).filter((it) => it !== undefined);
  const areGroupsUnknown = groups === undefined || onInstance?.some((it) => it.isGroupUnknown) === true;
  const version = placeAt(place, "versionInfo");
  const { status, isStatusUnknown } = readStatus(place);
  const agentConnected =
    booleanAt(place, "agentConnected") ?? (isGiven(place, "agentConnected") ? undefined : true);
  const { attributes, unreadableAttributes } = readAttributes(place, context);
  const instance: Writable<ContainerInstance> = {
    id,
    arn,
    status,
    agentConnected,
    attributes,
    agentVersion: version && textAt(version, "agentVersion"),
    ec2InstanceId: textAt(place, "ec2InstanceId"),
    registeredAt: readDate(place, "registeredAt"),
    runningTasksCount:
      countAt(place, "runningTasksCount") ??
      (isGiven(place, "runningTasksCount")
        ? undefined
        : running?.filter((it) => it.lastStatus === "RUNNING").length),
    taskGroups: areGroupsUnknown ? undefined : [...new Set(groups)],
    tasks,
    ...readResources(place, context.usualResources),
  };
  // What most instances do not have is added to the few, and no part is copied for all.
  if (isStatusUnknown) instance.isStatusUnknown = true;
  if (unreadableAttributes !== undefined) instance.unreadableAttributes = unreadableAttributes;
  const provider = asText(member(place.object, "capacityProviderName"));
  if (provider !== undefined && context.managedProviders.has(provider)) {
    instance.isManagedInstance = true;
    instance.capacityProvider = provider;
  }
  return { instance, clusterName: clusterNameOf(arn) };
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** The long form of an ARN is `arn:…:container-instance/CLUSTER/ID`. */
function clusterNameOf(arn: string): string | undefined {
  const first = arn.indexOf("/");
  const last = arn.lastIndexOf("/");
  return last - first > 1 && arn.indexOf("/", first + 1) === last ? arn.slice(first + 1, last) : undefined;
}

function readIdentity(place: Place, index: number): { id: string; arn: string } {
  const arn = textAt(place, "containerInstanceArn");
  if (arn !== undefined) {
    const id = lastPart(arn);
    if (id !== "") return { id, arn };
  }
  const id = asFilledText(member(place.object, "ec2InstanceId")) ?? `instance-${index + 1}`;
  if (!isGiven(place, "containerInstanceArn"))
    place.problems.warn(
      place.path,
      `A container instance has no "containerInstanceArn"; it is called ${id} here. Capture it with describe-container-instances.`,
    );
  return { id, arn: arn ?? id };
}

function readStatus(place: Place): Pick<ContainerInstance, "status" | "isStatusUnknown"> {
  if (!isGiven(place, "status")) return { status: "ACTIVE" };
  const written = member(place.object, "status");
  const status = instanceStatuses.find((it) => it === asText(written)?.toUpperCase());
  if (status !== undefined) return { status };
  reportWrong(place, "status", `one of ${instanceStatuses.join(", ")}`, written);
  return { status: "INACTIVE", isStatusUnknown: true };
}

function readAttributes(
  place: Place,
  { shared, attributeRow }: InstanceContext,
): Pick<ContainerInstance, "attributes" | "unreadableAttributes"> {
  const usual = attributeRow(asList(member(place.object, "attributes")) ?? [undefined]);
  if (usual !== undefined) return { attributes: usual };
  const attributes = new Map<string, string | undefined>();
  const list = placesAt(place, "attributes");
  if (list === undefined && !isGiven(place, "attributes")) {
    place.problems.warn(
      place.path,
      'A container instance has no "attributes" list: comparisons of its attributes are all false.',
    );
  }
  const unreadable = new Set<string>();
  let isLost = list === undefined ? isGiven(place, "attributes") : !areObjects(place, "attributes");
  for (const attribute of list ?? []) {
    const name = textAt(attribute, "name");
    if (name === undefined) {
      if (!isGiven(attribute, "name"))
        place.problems.warn(
          attribute.path,
          'An attribute has no "name" and is left out. Write { "name": "env", "value": "prod" }.',
        );
      else isLost = true;
      continue;
    }
    const text = attributeValue(attribute);
    if (text === undefined && isGiven(attribute, "value") && member(attribute.object, "value") !== "")
      unreadable.add(name);
    attributes.set(shared(name), text === undefined ? undefined : shared(text));
  }
  if (isLost) return { attributes, unreadableAttributes: "all" };
  return { attributes, ...(unreadable.size > 0 && { unreadableAttributes: unreadable }) };
}

/** A capability has no value; ECS knows only text, so a number or a boolean is what someone wrote by hand. */
function attributeValue(attribute: Place): string | undefined {
  const value = member(attribute.object, "value");
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  reportWrong(attribute, "value", "text", value);
  return undefined;
}

/** Milliseconds. Before this many, a number is seconds: CLI v1 prints those, scripts sometimes milliseconds. */
const secondsLimit = 100_000_000_000;

/** A date that exists has at most this many milliseconds before or after 1970. */
const lastDate = 8_640_000_000_000_000;

function readDate(place: Place, name: string): number | undefined {
  if (!isGiven(place, name)) return undefined;
  const value = member(place.object, name);
  const date = writtenDate(value);
  if (date !== undefined && Math.abs(date) <= lastDate) return date;
  reportWrong(place, name, 'a date, such as "2026-03-02T08:15:00Z"', value);
  return undefined;
}

function writtenDate(value: unknown): number | undefined {
  if (value instanceof Date) return asNumber(value.getTime());
  const number = asNumber(value);
  if (number !== undefined) return number < secondsLimit ? Math.round(number * 1000) : number;
  const text = asFilledText(value);
  if (text === undefined) return undefined;
  // A time without a zone would be read in the zone of this machine; ECS reports UTC.
  const zoned = /^[^T]*T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes("T") ? text : `${text}Z`;
  return asNumber(Date.parse(zoned));
}
