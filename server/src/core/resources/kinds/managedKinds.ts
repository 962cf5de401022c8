// How the documents of managed daemons are told apart from their ordinary neighbours: daemon task definitions, daemons
// and capacity providers. Most daemon task definitions are, by their members, task definitions too.

import model from "../../../../../schemas/api-model.json";
import { get, has, items, type JsonNode, members, stringOf } from "../../source/tree";

export type ManagedKind = "daemonTaskDefinition" | "daemon" | "capacityProvider";

/** What the shape has and the daemon's counterpart lacks. */
function only(ordinary: { readonly members: object }, daemon: { readonly members: object }) {
  return Object.keys(ordinary.members).filter((it) => !Object.hasOwn(daemon.members, it));
}

const { shapes } = model;

/** Properties of ordinary task definitions that daemon task definitions do not have, by where they are written. */
export const ordinaryOnly = {
  task: only(shapes.RegisterTaskDefinitionRequest, shapes.RegisterDaemonTaskDefinitionRequest),
  container: only(shapes.ContainerDefinition, shapes.DaemonContainerDefinition),
  linuxParameters: only(shapes.LinuxParameters, shapes.DaemonLinuxParameters),
  volume: only(shapes.Volume, shapes.DaemonVolume),
} as const;

/** The input in an answer of `describe-daemon-task-definition`, `describe-daemon` or `describe-capacity-providers`. */
export function managedInside(kind: ManagedKind, root: JsonNode | undefined): JsonNode | undefined {
  if (kind === "daemonTaskDefinition") {
    const inner = get(root, "daemonTaskDefinition");
    return get(inner, "containerDefinitions") && !get(root, "containerDefinitions") ? inner : undefined;
  }
  if (kind === "daemon") {
    const inner = get(root, "daemon");
    return get(inner, "daemonArn") ? inner : undefined;
  }
  const inner = get(root, "capacityProvider") ?? items(get(root, "capacityProviders"))[0];
  return get(inner, "managedInstancesProvider") ? inner : undefined;
}

/** A daemon or a capacity provider by its members; both have names that nothing else has. */
export function managedKindByContent(root: JsonNode): ManagedKind | undefined {
  const found = (name: string) => get(root, name) !== undefined;
  if (managedInside("daemonTaskDefinition", root)) return "daemonTaskDefinition";
  if (found("daemonTaskDefinitionArn") && found("containerDefinitions")) return "daemonTaskDefinition";
  const isDaemon =
    found("daemonTaskDefinitionArn") &&
    (found("daemonName") || found("daemonArn") || found("capacityProviderArns"));
  if (isDaemon || (found("daemonName") && found("capacityProviderArns"))) return "daemon";
  if (managedInside("daemon", root)) return "daemon";
  if (get(root, "managedInstancesProvider")?.type === "object") return "capacityProvider";
  return managedInside("capacityProvider", root) ? "capacityProvider" : undefined;
}

/**
 * Whether a task definition's content is that of a daemon task definition, or cannot be: `undefined` where nothing speaks
 * for either.
 */
export function isForDaemons(input: JsonNode): boolean | undefined {
  const isShared = (name: string) => stringOf(get(input, name)) === "shared";
  const isNone = (name: string) => stringOf(get(input, name)) === "none";
  const hasMark =
    isShared("pidMode") ||
    isShared("ipcMode") ||
    (isNone("ipcMode") && isNone("pidMode")) ||
    items(get(input, "volumes")).some((it) => has(it, "logDriverVolumeConfiguration"));
  const isOrdinary = hasOrdinaryParts(input);
  return hasMark === isOrdinary ? (hasMark ? false : undefined) : hasMark;
}

/** A few items show what a document is; a hostile one may have millions. */
const few = 50;

function hasOrdinaryParts(input: JsonNode): boolean {
  const hasAny = (node: JsonNode | undefined, names: readonly string[]) =>
    members(node)
      .slice(0, 2 * few)
      .some((it) => names.includes(it.name) && it.value.type !== "null");
  const isOther = (name: string) => /^(host|task)$/.test(stringOf(get(input, name)) ?? "");
  return (
    hasAny(input, ordinaryOnly.task) ||
    isOther("pidMode") ||
    isOther("ipcMode") ||
    items(get(input, "containerDefinitions"))
      .slice(0, few)
      .some(
        (it) =>
          hasAny(it, ordinaryOnly.container) ||
          hasAny(get(it, "linuxParameters"), ordinaryOnly.linuxParameters),
      ) ||
    items(get(input, "volumes"))
      .slice(0, few)
      .some((it) => hasAny(it, ordinaryOnly.volume))
  );
}

/** A name that only a daemon task definition has: it counts more than properties that daemons do not have. */
export const promisesDaemonDefinition = (fileName: string): boolean =>
  /\.daemon-taskdef\.jsonc?$/i.test(fileName);
