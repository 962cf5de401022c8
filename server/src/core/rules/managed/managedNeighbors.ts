// What the rules of managed daemons look at beside the document: the daemons, definitions and providers of the workspace.

import type { InputOperation } from "../../api/apiModel";
import type { Resource } from "../../resources/resource";
import { get, items, stringOf } from "../../source/tree";

export interface ManagedNeighbors {
  /** Every daemon, daemon task definition and capacity provider of the workspace, the document itself included. */
  readonly documents: readonly Resource[];
}

/** The capacity providers of the workspace. */
export function providersIn(neighbors: ManagedNeighbors | undefined): readonly Resource[] {
  return documentsFor(neighbors, ["createCapacityProvider"]);
}

/** The daemon task definitions of the workspace. */
export function definitionsIn(neighbors: ManagedNeighbors | undefined): readonly Resource[] {
  return documentsFor(neighbors, ["registerDaemonTaskDefinition"]);
}

/** The daemons of the workspace. */
export function daemonsIn(neighbors: ManagedNeighbors | undefined): readonly Resource[] {
  return documentsFor(neighbors, ["createDaemon", "updateDaemon"]);
}

function documentsFor(
  neighbors: ManagedNeighbors | undefined,
  operations: readonly InputOperation[],
): readonly Resource[] {
  return (neighbors?.documents ?? []).filter(
    ({ operation }) => operation !== undefined && operations.includes(operation),
  );
}

/** Part of an ARN behind its kind: `FAMILY:REVISION`, `NAME`, `CLUSTER/NAME`; the text itself where it is no ARN. */
export function nameInArn(text: string): string {
  return text.startsWith("arn:") ? text.slice(text.indexOf("/") + 1) : text;
}

/** The family that a daemon refers to; `undefined` where a placeholder stands for it. */
export function familyOfDaemon({ input }: Resource): string | undefined {
  const reference = stringOf(get(input, "daemonTaskDefinitionArn"));
  if (reference === undefined) return undefined;
  return /^([A-Za-z0-9_-]{1,255})(?::\d+)?$/.exec(nameInArn(reference))?.[1];
}

/** Names of the capacity providers of a daemon, without those that are placeholders. */
export function providersOfDaemon({ input }: Resource): readonly string[] {
  return items(get(input, "capacityProviderArns")).flatMap((it) => {
    const text = stringOf(it);
    return text === undefined ? [] : [nameInArn(text)];
  });
}

/** The name of a daemon, or the last part of its ARN. */
export function nameOfDaemon({ input }: Resource): string | undefined {
  const name = stringOf(get(input, "daemonName"));
  const arn = stringOf(get(input, "daemonArn"));
  return name ?? (arn === undefined ? undefined : arn.slice(arn.lastIndexOf("/") + 1));
}

/** The daemons that refer to this family. */
export function daemonsOf(neighbors: ManagedNeighbors | undefined, family: string | undefined) {
  if (family === undefined) return [];
  return daemonsIn(neighbors).filter((it) => familyOfDaemon(it) === family);
}

/** The daemon task definitions of this family. */
export function definitionsOf(neighbors: ManagedNeighbors | undefined, family: string | undefined) {
  if (family === undefined) return [];
  return definitionsIn(neighbors).filter((it) => stringOf(get(it.input, "family")) === family);
}
