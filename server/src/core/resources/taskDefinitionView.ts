// A task definition read lazily from the tree: what most rules ask first. Nothing is copied or checked here.

import { get, isOpen, items, type JsonNode, stringOf } from "../source/tree";
import { traitsOf } from "./kinds/registry";
import type { Resource } from "./resource";

export interface ContainerView {
  readonly node: JsonNode;
  readonly index: number;
  /** `undefined` where it is missing or a placeholder. */
  readonly name: string | undefined;
  /** For a message: `Container 'agent'`, `Container 2`. */
  readonly label: string;
}

export interface TaskDefinitionView {
  readonly document: Resource;
  readonly input: JsonNode;
  readonly family: string | undefined;
  readonly containers: readonly ContainerView[];
  /** Names of containers, or `undefined` where a placeholder may name another one. */
  readonly containerNames: ReadonlySet<string> | undefined;
  readonly volumes: readonly JsonNode[];
  /** Names of volumes, or `undefined` where a placeholder may name another one. */
  readonly volumeNames: ReadonlySet<string> | undefined;
  /** As written; absent means bridge on Linux. */
  readonly networkMode: string | undefined;
  /** Values of `requiresCompatibilities`. */
  readonly requires: ReadonlySet<string>;
  /** Whether these are all of them: a placeholder may be one more. */
  readonly requiresIsWhole: boolean;
  /** Whether FARGATE is among them: then Fargate's rules hold. */
  readonly isFargate: boolean;
  /** Whether it is, or nobody knows whether it is. */
  readonly mayBeFargate: boolean;
  /** Only what `runtimePlatform` says. */
  readonly os: "linux" | "windows" | undefined;
}

const views = new WeakMap<Resource, TaskDefinitionView>();

/** The view of a task definition or daemon task definition document; `undefined` for any other. */
export function taskDefinitionView(document: Resource): TaskDefinitionView | undefined {
  const { input } = document;
  if (!traitsOf(document).hasContainers || input?.type !== "object") return undefined;
  const known = views.get(document);
  if (known) return known;
  const view = makeView(document, input);
  views.set(document, view);
  return view;
}

function makeView(document: Resource, input: JsonNode): TaskDefinitionView {
  const list = get(input, "containerDefinitions");
  const containers = items(list).map((node, index) => {
    const name = stringOf(get(node, "name"));
    return { node, index, name, label: name ? `Container '${name}'` : `Container ${index + 1}` };
  });
  const volumeList = get(input, "volumes");
  const compatibilities = get(input, "requiresCompatibilities");
  const requires = new Set(items(compatibilities).flatMap((it) => stringOf(it) ?? []));
  const requiresIsWhole = !isOpen(compatibilities) && !items(compatibilities).some(isOpen);
  return {
    document,
    input,
    family: stringOf(get(input, "family")),
    containers,
    containerNames: namesIn(input, list),
    volumes: items(volumeList),
    volumeNames: namesIn(input, volumeList),
    // An empty one is refused for what it is; nothing follows from it.
    networkMode: stringOf(get(input, "networkMode")) || undefined,
    requires,
    requiresIsWhole,
    isFargate: requires.has("FARGATE"),
    mayBeFargate:
      requires.has("FARGATE") || !requiresIsWhole || (compatibilities === undefined && isOpen(input)),
    os: traitsOf(document).os ?? osOf(stringOf(get(get(input, "runtimePlatform"), "operatingSystemFamily"))),
  };
}

/** Whether a task is for one launch type, and surely for no other. */
export function isOnlyFor({ requires, requiresIsWhole }: TaskDefinitionView, launchType: string): boolean {
  return requiresIsWhole && requires.size === 1 && requires.has(launchType);
}

/** Without containers that have the name of an earlier one, which is reported: their ports are probably a copy's. */
export function firstOfEachName(containers: readonly ContainerView[]): readonly ContainerView[] {
  const names = new Set<string>();
  return containers.filter(({ name }) => {
    if (name === undefined || name === "") return true;
    const isFirst = !names.has(name);
    names.add(name);
    return isFirst;
  });
}

function namesIn(input: JsonNode, list: JsonNode | undefined): ReadonlySet<string> | undefined {
  if (list === undefined) return isOpen(input) ? undefined : new Set();
  if (list.type !== "array" || isOpen(list)) return undefined;
  const names = new Set<string>();
  for (const item of items(list)) {
    const name = stringOf(get(item, "name"));
    // What has no name yet, or one that ECS refuses, may be meant by any.
    if (name === undefined || !allowedName.test(name)) return undefined;
    names.add(name);
  }
  return names;
}

/** Names of containers and volumes. */
const allowedName = /^[A-Za-z0-9_-]{1,255}$/;

function osOf(family: string | undefined): "linux" | "windows" | undefined {
  if (family === undefined) return undefined;
  return family.toUpperCase().startsWith("WINDOWS") ? "windows" : "linux";
}
