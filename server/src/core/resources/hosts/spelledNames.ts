// How the file of a resource spells the API's properties: PascalCase in CloudFormation, snake_case in the arguments of
// Terraform and Ansible, the API's own names in a list of containers.

import { inputShape, shapeNamed } from "../../api/apiModel";
import { nodeAnywhere, pathOf, type Step } from "../../source/node";
import { get } from "../../source/tree";
import { unlessUnwritable } from "../../source/writing";
import type { Resource } from "../resource";
import { isJsonText } from "./cloudformation/readTemplate";
import { ansibleHostNames, cloudFormationHostNames, shapeAt } from "./hostNames";
import { argumentsOfOperation, snakeCase } from "./terraform/arguments";
import { argumentNameIn, placeOf } from "./terraform/hostArguments";

/** An object of an input: the shape of the input, and the way to the object. */
export interface OwnerPlace {
  readonly root: string;
  readonly path: readonly Step[];
}

/** A service and its task definition speak of each other. */
const roots: readonly string[] = [inputShape("registerTaskDefinition"), inputShape("createService")];

/**
 * The object that has, or would have, a property of that name: what holds the offset, else the nearest one below the
 * input, else one of the other input. `undefined` where no input has such a property, or it is a key of a map there.
 */
export function ownerOf(
  name: string,
  offset: number,
  { input, operation }: Resource,
): OwnerPlace | undefined {
  const own = inputShape(operation ?? "registerTaskDefinition");
  for (let at = nodeAnywhere(input, offset); at !== undefined; at = at.parent) {
    if (at.type !== "object") continue;
    const path = pathOf(at);
    const shape = shapeNamed(shapeAt(own, path));
    if (shape.members?.[name] !== undefined) return { root: own, path };
    if (shape.type === "map" && get(at, name) !== undefined) return undefined;
  }
  for (const root of roots.includes(own) ? [own, ...roots.filter((it) => it !== own)] : [own]) {
    const path = placesBelow(root).get(name);
    if (path !== undefined) return { root, path };
  }
  return undefined;
}

const known = new Map<string, ReadonlyMap<string, readonly Step[]>>();

/** By the name of a property: the way to the nearest object of an input that has it. */
function placesBelow(root: string): ReadonlyMap<string, readonly Step[]> {
  const before = known.get(root);
  if (before !== undefined) return before;
  const found = new Map<string, readonly Step[]>();
  const seen = new Set<string>();
  const queue: { readonly shape: string; readonly path: readonly Step[] }[] = [{ shape: root, path: [] }];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { shape, path } = next;
    if (seen.has(shape)) continue;
    seen.add(shape);
    const { members = {}, item } = shapeNamed(shape);
    if (item !== undefined) queue.push({ shape: item, path: [...path, 0] });
    for (const [name, inner] of Object.entries(members)) {
      if (!found.has(name)) found.set(name, path);
      queue.push({ shape: inner, path: [...path, name] });
    }
  }
  known.set(root, found);
  return found;
}

/** A property of an object as the resource's file spells it. */
export function spelledName(name: string, place: OwnerPlace, { hosted, operation }: Resource): string {
  const { root, path } = place;
  const owner = shapeAt(root, path);
  if (hosted?.host === "cloudFormation") return cloudFormationHostNames.nameFor(owner, name);
  if (hosted?.host === "ansible") return ansibleHostNames.nameFor(owner, name);
  if (hosted?.host !== "terraform" || isInList(place)) return name;
  const own = operation !== undefined && inputShape(operation) === root ? operation : undefined;
  const other = root === roots[0] ? "registerTaskDefinition" : "createService";
  const table = argumentsOfOperation(own ?? other);
  const argument = unlessUnwritable(() => argumentNameIn(table, placeOf(table, path), name));
  return argument ?? snakeCase(name);
}

/** Whether Terraform has an object of the API as a resource or block of its own: of others it has the parts elsewhere. */
export function hasOwnBlock({ path }: OwnerPlace, { operation }: Resource): boolean {
  return unlessUnwritable(() => placeOf(argumentsOfOperation(operation), path).prefix) === "";
}

/** A name that no input has, in the manner of the host. */
export function spelledLike(name: string, offset: number, resource: Resource): string {
  const host = resource.hosted?.host;
  if (host === "cloudFormation") return cloudFormationHostNames.nameFor("", name);
  const isInContainers =
    resource.operation === "registerTaskDefinition" &&
    nodeAnywhere(get(resource.input, "containerDefinitions"), offset) !== undefined;
  return host !== "terraform" || isInContainers ? name : snakeCase(name);
}

/** How an entry of an object is written. */
export type EntryStyle = "json" | "yaml" | "hcl";

/** How the file writes the entries of an object. */
export function entryStyle(place: OwnerPlace, { hosted, input, source }: Resource): EntryStyle {
  if (hosted?.host === "terraform") {
    const containers = get(input, "containerDefinitions");
    return isInList(place) && containers?.origin?.embedding !== undefined ? "json" : "hcl";
  }
  const isYaml = hosted !== undefined && hosted.host !== "containerList" && hosted.host !== "code";
  return isYaml && !isJsonText(source.text) ? "yaml" : "json";
}

/** Whether an object is part of a list of containers, which has the API's names in Terraform too. */
function isInList({ root, path }: OwnerPlace): boolean {
  return root === roots[0] && path[0] === "containerDefinitions";
}
