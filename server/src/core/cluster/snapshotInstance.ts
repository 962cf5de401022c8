// One container instance of DescribeContainerInstances.

import {
  asBoolean,
  asFilledText,
  asList,
  asNumber,
  asObject,
  asText,
  member,
  type PlainObject,
  quoteValue,
} from "../text/plainValue";
import { type ContainerInstance, type InstanceStatus, instanceStatuses } from "./containerInstance";
import type { ProblemList } from "./readProblem";
import { readResources } from "./snapshotResources";
import { lastPart, type SnapshotTask } from "./snapshotTask";

export interface InstanceContext {
  /** JSON pointer to the instance, for problems. */
  readonly path: string;
  /** Its number in the snapshot, for an id where it has none. */
  readonly index: number;
  readonly problems: ProblemList;
  /** One string for all that are equal: instances repeat the same names and values thousands of times. */
  readonly shared: (text: string) => string;
  /** Tasks by instance id; `undefined` where the snapshot has none. */
  readonly tasks: ReadonlyMap<string, readonly SnapshotTask[]> | undefined;
}

export interface ReadInstance {
  readonly instance: ContainerInstance;
  /** From the long form of the ARN. */
  readonly clusterName: string | undefined;
}

/** Reads what is there; what is missing is assumed as the problems say. */
export function readInstance(value: PlainObject, context: InstanceContext): ReadInstance {
  const { path, problems } = context;
  const { id, arn } = readIdentity(value, context);
  const resources = readResources(value, path, problems);
  const onInstance = context.tasks === undefined ? undefined : (context.tasks.get(id) ?? []);
  const tasks = onInstance?.map((it) => it.task);
  const running = tasks?.filter((it) => it.desiredStatus === "RUNNING");
  const groups = running?.map((it) => it.group).filter((it) => it !== undefined);
  const instance: ContainerInstance = {
    id,
    arn,
    status: readStatus(value, path, problems),
    agentConnected: asBoolean(member(value, "agentConnected")) ?? true,
    attributes: readAttributes(value, context),
    agentVersion: asFilledText(member(asObject(member(value, "versionInfo")), "agentVersion")),
    ec2InstanceId: asFilledText(member(value, "ec2InstanceId")),
    registeredAt: readDate(member(value, "registeredAt")),
    runningTasksCount:
      asNumber(member(value, "runningTasksCount")) ??
      running?.filter((it) => it.lastStatus === "RUNNING").length,
    taskGroups: groups === undefined ? undefined : [...new Set(groups)],
    tasks,
    ...resources,
  };
  const parts = arn.split("/");
  return { instance, clusterName: parts.length === 3 && parts[1] !== "" ? parts[1] : undefined };
}

function readIdentity(value: PlainObject, context: InstanceContext): { id: string; arn: string } {
  const arn = asFilledText(member(value, "containerInstanceArn"));
  if (arn !== undefined) {
    const id = lastPart(arn);
    if (id !== "") return { id, arn };
  }
  const id = asFilledText(member(value, "ec2InstanceId")) ?? `instance-${context.index + 1}`;
  context.problems.warn(
    context.path,
    `A container instance has no "containerInstanceArn"; it is called ${id} here. Capture it with describe-container-instances.`,
  );
  return { id, arn: arn ?? id };
}

function readStatus(value: PlainObject, path: string, problems: ProblemList): InstanceStatus {
  const written = member(value, "status");
  if (written === undefined || written === null) return "ACTIVE";
  const status = instanceStatuses.find((it) => it === asText(written)?.toUpperCase());
  if (status !== undefined) return status;
  problems.warn(
    `${path}/status`,
    `${quoteValue(written)} is no status of a container instance; it is read as INACTIVE. Use one of ${instanceStatuses.join(", ")}.`,
  );
  return "INACTIVE";
}

function readAttributes(
  value: PlainObject,
  { path, problems, shared }: InstanceContext,
): ReadonlyMap<string, string | undefined> {
  const attributes = new Map<string, string | undefined>();
  const list = asList(member(value, "attributes"));
  if (list === undefined) {
    problems.warn(
      path,
      'A container instance has no "attributes" list: comparisons of its attributes are all false.',
    );
    return attributes;
  }
  for (const [index, it] of list.entries()) {
    const attribute = asObject(it);
    const name = asFilledText(member(attribute, "name"));
    if (name === undefined) {
      problems.warn(
        `${path}/attributes/${index}`,
        'An attribute has no "name" and is left out. Write { "name": "env", "value": "prod" }.',
      );
      continue;
    }
    const text = attributeValue(member(attribute, "value"), `${path}/attributes/${index}`, problems);
    attributes.set(shared(name), text === undefined ? undefined : shared(text));
  }
  return attributes;
}

/** A capability has no value; ECS knows only text, so a number or a boolean is what someone wrote by hand. */
function attributeValue(value: unknown, path: string, problems: ProblemList): string | undefined {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  problems.warn(`${path}/value`, "An attribute's value has to be text; this one is left out.");
  return undefined;
}

/** Milliseconds. Before this many, a number is seconds: CLI v1 prints those, scripts sometimes milliseconds. */
const secondsLimit = 100_000_000_000;

/** A date that exists has at most this many milliseconds before or after 1970. */
const lastDate = 8_640_000_000_000_000;

function readDate(value: unknown): number | undefined {
  const date = writtenDate(value);
  return date === undefined || Math.abs(date) > lastDate ? undefined : date;
}

function writtenDate(value: unknown): number | undefined {
  if (value instanceof Date) return asNumber(value.getTime());
  const number = asNumber(value);
  if (number !== undefined) return number < secondsLimit ? Math.round(number * 1000) : number;
  const text = asFilledText(value);
  if (text === undefined) return undefined;
  // A time without a zone would be read in the zone of this machine; ECS reports UTC.
  const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes("T") ? text : `${text}Z`;
  return asNumber(Date.parse(zoned));
}
