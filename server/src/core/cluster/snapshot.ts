// Reads a cluster snapshot: what `aws ecs describe-container-instances` prints, with the answer of `describe-tasks`
// beside it if someone captured that too. Everything that can be missing may be missing.

import { parseJsonDocuments, saveTheAnswer } from "../source/json/jsonDocuments";
import { type ProblemList, pointer, problemList, type ReadProblem } from "../source/readProblem";
import { asFilledText, asList, asObject, member, objectsOf, type PlainObject } from "../text/plainValue";
import { sortById } from "./clusterOrder";
import type { Cluster, ContainerInstance } from "./containerInstance";
import { instanceContext, sharedStrings } from "./instanceContext";
import type { SnapshotTask } from "./placedTask";
import { readInstance } from "./snapshotInstance";
import { readTask } from "./snapshotTask";
import { isGiven, type Place, placesOf, reportWrong } from "./snapshotValues";

export interface ReadCluster {
  readonly cluster: Cluster;
  readonly problems: readonly ReadProblem[];
  /** Why the text is no cluster at all; absent where instances, or an empty list of them, were read. */
  readonly failure?: string | undefined;
  /** When our `capture` asked the cluster, in milliseconds since 1970; what the AWS CLI prints does not say. */
  readonly capturedAt?: number;
}

/**
 * Reads a snapshot's text: one JSON document, or several one after the other (pages, or instances and tasks captured
 * apart). Dates may be epoch seconds (CLI v1) or ISO text (v2). Never throws: what cannot be used is a problem.
 */
export function readSnapshot(text: string, name?: string): ReadCluster {
  const { values, problems } = parseJsonDocuments(text, saveTheAnswer);
  return withSyntaxProblems(
    snapshotFromValue(values.length === 1 ? values[0] : values, name),
    values,
    problems,
  );
}

/** Syntax problems come first, and where they left nothing they are all there is to say. */
export function withSyntaxProblems(
  read: ReadCluster,
  values: readonly unknown[],
  problems: readonly ReadProblem[],
): ReadCluster {
  if (values.length > 0) return { ...read, problems: [...problems, ...read.problems] };
  return { cluster: read.cluster, problems, failure: problems[0]?.message };
}

/**
 * Reads a snapshot that is a value already: an answer of DescribeContainerInstances (from JSON or an SDK), a list of
 * such pages, or the bare list that `--query containerInstances` leaves. `name` is the cluster's name where no ARN tells it.
 */
export function snapshotFromValue(value: unknown, name?: string): ReadCluster {
  const problems = problemList();
  const parts = noParts();
  collect(value, "", parts, problems, 0);
  checkCapturedAt(value, problems);
  const empty = parts.instances.length === 0 && !foundInstanceList(value);
  if (empty && !parts.isWrong) problems.error("", noInstances);
  const shared = sharedStrings();
  const tasks = parts.tasks?.map((it) => readTask(it, shared)).filter((it) => it !== undefined);
  const cluster = buildCluster(parts, tasks, name, problems);
  const capturedAt = capturedAtOf(value);
  return {
    cluster,
    problems: problems.all(),
    failure: empty ? noInstances : undefined,
    ...(capturedAt !== undefined && { capturedAt }),
  };
}

/** The container instances of a snapshot that is a value already, with tasks that were read before. */
export function clusterWithTasks(value: unknown, tasks: readonly SnapshotTask[], name: string): Cluster {
  const problems = problemList();
  const parts = noParts();
  collect(value, "", parts, problems, 0);
  return buildCluster(parts, tasks, name, problems);
}

/** Of several pages the first one counts, which is the oldest. */
function capturedAtOf(value: unknown): number | undefined {
  const written = asFilledText(member(asObject(asList(value)?.[0] ?? value), "capturedAt"));
  const at = Date.parse(written ?? "");
  return Number.isNaN(at) ? undefined : at;
}

function checkCapturedAt(value: unknown, problems: ProblemList): void {
  const object = asObject(value);
  const written = member(object, "capturedAt");
  if (object === undefined || written === undefined || written === null) return;
  if (typeof written !== "string" || Number.isNaN(Date.parse(written)))
    reportWrong({ object, path: "", problems }, "capturedAt", "a date in quotes", written);
}

const noInstances =
  'There is no "containerInstances" list. Save the answer of "aws ecs describe-container-instances --output json".';

interface Parts {
  readonly instances: Place[];
  /** `undefined` until some page has a list of tasks. */
  tasks: Place[] | undefined;
  /** Names of Managed Instances capacity providers. */
  readonly managedProviders: Set<string>;
  /** Whether what should be the list of instances is something else, and reported. */
  isWrong: boolean;
}

const noParts = (): Parts => ({
  instances: [],
  tasks: undefined,
  managedProviders: new Set(),
  isWrong: false,
});

/** Pages may sit in a list, and documents joined by hand in a list of lists; deeper than that nobody joins them. */
const deepestPage = 4;

function collect(value: unknown, path: string, parts: Parts, problems: ProblemList, depth: number): void {
  const list = asList(value);
  if (list !== undefined) {
    if (depth > deepestPage) return;
    list.forEach((it, index) => {
      collect(it, pointer(path, index), parts, problems, depth + 1);
    });
    return;
  }
  const object = asObject(value);
  if (object === undefined) {
    problems.warn(path, "This is not an answer of the AWS CLI and is left out.");
    return;
  }
  if (isInstance(object)) parts.instances.push({ object, path, problems });
  else if (asFilledText(member(object, "taskArn")) !== undefined) {
    parts.tasks ??= [];
    parts.tasks.push({ object, path, problems });
  } else if (asObject(wrapped(object)) !== undefined)
    collect(wrapped(object), wrapperPath(object, path), parts, problems, depth + 1);
  else collectPage(object, path, parts, problems, depth);
}

/** An event of EventBridge has the instance or task in `detail`, an answer about one instance in `containerInstance`. */
function wrapped(object: PlainObject): unknown {
  return member(object, wrapperOf(object));
}

const wrapperOf = (object: PlainObject) =>
  asObject(member(object, "containerInstance")) === undefined ? "detail" : "containerInstance";

const wrapperPath = (object: PlainObject, path: string) => pointer(path, wrapperOf(object));

function isInstance(object: PlainObject): boolean {
  return (
    asFilledText(member(object, "containerInstanceArn")) !== undefined &&
    member(object, "taskArn") === undefined
  );
}

function collectPage(
  page: PlainObject,
  path: string,
  parts: Parts,
  problems: ProblemList,
  depth: number,
): void {
  const isPage = member(page, "containerInstances") !== undefined || member(page, "tasks") !== undefined;
  if (!isPage && depth > 0)
    problems.warn(path, "This has neither container instances nor tasks and is left out.");
  for (const it of objectsOf(page.capacityProviders)) {
    const name = asFilledText(it.name);
    if (name !== undefined && asObject(it.managedInstancesProvider) !== undefined)
      parts.managedProviders.add(name);
  }
  const instances = listOf(page, "containerInstances", path, problems);
  for (const it of instances ?? []) parts.instances.push(it);
  parts.isWrong ||=
    instances === undefined && isGiven({ object: page, path, problems }, "containerInstances");
  const tasks = listOf(page, "tasks", path, problems);
  if (tasks === undefined) return;
  parts.tasks ??= [];
  for (const it of tasks) parts.tasks.push(it);
}

function listOf(
  page: PlainObject,
  name: string,
  path: string,
  problems: ProblemList,
): readonly Place[] | undefined {
  const value = member(page, name);
  if (value === undefined || value === null) return undefined;
  const list = asList(value);
  if (list !== undefined) return placesOf({ object: page, path, problems }, name, list);
  problems.add({
    severity: "error",
    isWrongValue: true,
    path: pointer(path, name),
    message: `'${name}' has to be a list, as the AWS CLI prints it.`,
  });
  return undefined;
}

/** An empty list of instances is an answer too: a cluster without any. */
function foundInstanceList(value: unknown): boolean {
  const pages = asList(value) ?? [value];
  return pages.some((it) => {
    const nested = asList(it);
    const candidates = nested ?? [it];
    return candidates.some((page) => asList(member(asObject(page), "containerInstances")) !== undefined);
  });
}

function buildCluster(
  parts: Parts,
  tasks: readonly SnapshotTask[] | undefined,
  name: string | undefined,
  problems: ProblemList,
): Cluster {
  const instances = new Map<string, ContainerInstance>();
  const context = instanceContext(tasks, parts.managedProviders, sharedStrings());
  const names = new Set<string>();
  parts.instances.forEach((place, index) => {
    const read = readInstance(place, index, context);
    const twin = instances.get(read.instance.id);
    if (twin !== undefined && twin.arn !== read.instance.arn) {
      problems.warn(place.path, `The id ${read.instance.id} occurs twice; the last one is used.`);
    }
    instances.set(read.instance.id, read.instance);
    if (read.clusterName !== undefined) names.add(read.clusterName);
  });
  for (const task of tasks ?? []) if (task.clusterName !== undefined) names.add(task.clusterName);
  if (names.size > 1) {
    problems.warn(
      "",
      `The instances are of several clusters: ${[...names].join(", ")}. A daemon service is in one.`,
    );
  }
  return { name: [...names][0] ?? name ?? "", instances: sortById([...instances.values()]) };
}
