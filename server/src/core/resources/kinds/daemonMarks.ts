// What tells a daemon task definition from an ordinary one: most of them are, by their members, both.

import model from "../../../../../schemas/api-model.json";
import type { Node } from "../../source/node";
import { get, has, items, members, stringOf } from "../../source/tree";

/**
 * Whether a task definition's content is that of a daemon task definition, or cannot be: `undefined` where nothing speaks
 * for either.
 */
export function isForDaemons(input: Node): boolean | undefined {
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

function hasOrdinaryParts(input: Node): boolean {
  const ordinaryOnly = partsOfOrdinary();
  const hasAny = (node: Node | undefined, names: readonly string[]) =>
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

/** What the shape has and the daemon's counterpart lacks. */
function only(ordinary: { readonly members: object }, daemon: { readonly members: object }) {
  return Object.keys(ordinary.members).filter((it) => !Object.hasOwn(daemon.members, it));
}

/** Properties of ordinary task definitions that daemon task definitions do not have, by where they are written. */
function partsOfOrdinary() {
  const { shapes } = model;
  return {
    task: only(shapes.RegisterTaskDefinitionRequest, shapes.RegisterDaemonTaskDefinitionRequest),
    container: only(shapes.ContainerDefinition, shapes.DaemonContainerDefinition),
    linuxParameters: only(shapes.LinuxParameters, shapes.DaemonLinuxParameters),
    volume: only(shapes.Volume, shapes.DaemonVolume),
  };
}
