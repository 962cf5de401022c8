// What the rules of managed daemons look at beside the document: the daemons, definitions and providers of the workspace.

import type { InputOperation } from "../../api/apiModel";
import type { Resource } from "../../resources/resource";
import { get, items, type JsonNode, stringOf } from "../../source/tree";

export interface ManagedNeighbors {
  /** Every daemon, daemon task definition and capacity provider of the workspace, the document itself included. */
  readonly documents: readonly Resource[];
}

/** The capacity providers of the workspace. */
function providersIn(neighbors: ManagedNeighbors | undefined): readonly Resource[] {
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
export function familyOfDaemon(daemon: Resource): string | undefined {
  const reference = textWithPlaceholders(get(daemon.input, "daemonTaskDefinitionArn"), daemon);
  if (reference === undefined) return undefined;
  return /^([A-Za-z0-9_-]{1,255})(?::(?:\d+|[^\w:].*))?$/.exec(nameInArn(reference))?.[1];
}

/** Region, account and revision are placeholders in many a file: the names next to them are what links it to others. */
function textWithPlaceholders(node: JsonNode | undefined, { hosted }: Resource): string | undefined {
  const text = stringOf(node);
  if (text !== undefined || hosted !== undefined) return text;
  return typeof node?.value === "string" && node.value.startsWith("arn:") ? node.value : undefined;
}

/** What tells one daemon task definition from others for a daemon: its family, or the resource that it refers to. */
export function definitionKeyOf(daemon: Resource): string | undefined {
  const { hosted } = daemon;
  if (hosted?.definitionId !== undefined) return `${scopeOf(daemon)}#${hosted.definitionId}`;
  return familyOfDaemon(daemon);
}

/**
 * The capacity providers of a daemon: their names, or in a template or module the resources, parameters and variables
 * that they refer to, behind the file. Those that are placeholders are left out.
 */
export function providersOfDaemon(daemon: Resource): readonly string[] {
  return items(get(daemon.input, "capacityProviderArns")).flatMap((it) => providerKey(it, daemon) ?? []);
}

/** The same of one item of the list. */
export function providerKey(node: JsonNode, daemon: Resource): string | undefined {
  const text = textWithPlaceholders(node, daemon);
  if (text !== undefined) {
    const name = nameInArn(text);
    return stringOf(node) !== undefined || /^[\w-]+$/.test(name) ? name : undefined;
  }
  const [need, ...others] = node.needs ?? [];
  if (need === undefined || others.length > 0 || daemon.hosted === undefined) return undefined;
  return `${scopeOf(daemon)}#${need.name.replace(/\.(?:arn|id|Arn)$/, "")}`;
}

/** A key of a provider without the file. */
export function shownProvider(key: string): string {
  return key.slice(key.indexOf("#") + 1);
}

/** The only provider of that key in the workspace. */
export function providerOf(neighbors: ManagedNeighbors | undefined, key: string): Resource | undefined {
  const [found, ...others] = providersIn(neighbors).filter(
    (it) =>
      stringOf(get(it.input, "name")) === key ||
      (it.hosted !== undefined && `${scopeOf(it)}#${it.hosted.id}` === key),
  );
  return others.length === 0 ? found : undefined;
}

/** Where a resource's name is unique: its file, or the folder of its Terraform module. */
function scopeOf({ hosted, source: { file } }: Resource): string {
  return hosted?.host === "terraform" ? file.slice(0, Math.max(0, file.search(/[\\/][^\\/]*$/))) : file;
}

/** The name of a daemon, or the last part of its ARN. */
export function nameOfDaemon({ input }: Resource): string | undefined {
  const name = stringOf(get(input, "daemonName"));
  const arn = stringOf(get(input, "daemonArn"));
  return name ?? (arn === undefined ? undefined : arn.slice(arn.lastIndexOf("/") + 1));
}

/** The daemons that refer to this definition. */
export function daemonsOf(
  neighbors: ManagedNeighbors | undefined,
  definition: Resource,
): readonly Resource[] {
  return daemonsIn(neighbors).filter((it) => refersTo(it, definition));
}

/** The daemon task definitions that a daemon may mean. */
export function definitionsOf(
  neighbors: ManagedNeighbors | undefined,
  daemon: Resource,
): readonly Resource[] {
  return definitionsIn(neighbors).filter((it) => refersTo(daemon, it));
}

function refersTo(daemon: Resource, definition: Resource): boolean {
  const key = definitionKeyOf(daemon);
  if (key === undefined) return false;
  if (definition.hosted !== undefined && `${scopeOf(definition)}#${definition.hosted.id}` === key)
    return true;
  return daemon.hosted?.definitionId === undefined && stringOf(get(definition.input, "family")) === key;
}
