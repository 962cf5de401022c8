// Arguments and blocks of Terraform resources: which of the two a property is, and whether its name is a plural, is up to
// the AWS provider, and Terraform refuses the other.

import { inputShape } from "../../api/apiModel";
import { type OwnerPlace, spelledName } from "../../resources/hosts/spelledNames";
import { isBlockShape, isListOfPairs } from "../../resources/hosts/terraform/mapsOfPairs";
import { traitsOf } from "../../resources/kinds/registry";
import type { Resource } from "../../resources/resource";
import { rename, restyle } from "../../source/change";
import { nodeAnywhere, pathOf } from "../../source/node";
import { get, type Member, spanOf } from "../../source/tree";
import { fix } from "../fix";
import type { Walk } from "./shapeWalk";

/** Reports a member of a structure that a resource of Terraform writes as the AWS provider does not have it. */
export function checkBlockOrArgument({ context, report }: Walk, member: Member, shapeName: string): void {
  const { document } = context;
  const place = placeIn(document, member);
  if (place === undefined) return;
  const { start, end } = spanOf(member.key);
  const written = document.source.text.slice(start, end);
  const name = spelledName(member.name, place, document);
  const isOwn = spelledWith(written) === spelledWith(name);
  if (!isOwn && isOtherNumber(written, name)) {
    const owner = place.path.length > 0 ? "block" : "resource";
    // Of several blocks of a list only the first one has its name here.
    const isOne = member.value.type !== "array" || (member.value.children ?? []).length < 2;
    const fixes = isOne ? [fix(`Change to '${name}'`, true, rename(member.value, member.name))] : [];
    report("block-or-argument-name", member.key, { written, name, owner }, { fixes });
    return;
  }
  // Which of the two a property is, is known of these.
  if (!isOwn || !/^aws_ecs_(?:task_definition|service)\./.test(document.hosted?.id ?? "")) return;
  const { property, value } = member;
  const isArgument = property.colonOffset !== undefined;
  if (isArgument && isBlockShape(shapeName) && value.origin?.isGroup !== true) {
    const fixes = [fix("Write it as a block", true, restyle(value, "blocks"))];
    report("argument-for-block", member.key, { name }, { fixes });
  }
  if (!isArgument && isListOfPairs(shapeName)) {
    const fixes = [fix("Write it as an argument", true, restyle(value, "argument"))];
    report("block-for-argument", member.key, { name }, { fixes });
  }
}

/** The object that has the member, of a resource whose arguments and blocks are known. */
function placeIn(document: Resource, { property }: Member): OwnerPlace | undefined {
  const { hosted, operation, source } = document;
  if (hosted?.host !== "terraform" || !hosted.id.startsWith("aws_ecs_")) return undefined;
  const owner = property.parent;
  if (owner === undefined || operation === undefined || isOfOldTerraform(source.text)) return undefined;
  if (isInContainers(document, property.offset)) return undefined;
  return { root: inputShape(operation), path: pathOf(owner) };
}

/** Whether an offset is in a list of containers, which has the API's names; those of a managed daemon are blocks. */
export function isInContainers(document: Resource, offset: number): boolean {
  if (traitsOf(document).isManaged) return false;
  return nodeAnywhere(get(document.input, "containerDefinitions"), offset) !== undefined;
}

/** The text that was looked at last: the resources of a file have the same. */
let latest = { text: "", isOld: false };

/** A value, or the only item of a list, that is one interpolation and nothing else. */
const interpolation = /=[ \t]*\[?[ \t]*"\$\{(?:[^{}"\n]|"[^"{}$\n]*")*\}"[ \t]*\]?[ \t\r]*$/m;

/** Terraform 0.11 took one for the other; its files have references and calls in braces. */
export function isOfOldTerraform(text: string): boolean {
  if (latest.text !== text) latest = { text, isOld: interpolation.test(text) };
  return latest.isOld;
}

const spelledWith = (name: string) => name.replace(/^"|"$/g, "").replace(/_/g, "").toLowerCase();

/** Whether one of the names is the plural of the other. */
export function isOtherNumber(one: string, other: string): boolean {
  const singular = (name: string) =>
    name
      .replace(/ies$/, "y")
      .replace(/(?<=alias)es$/, "")
      .replace(/s$/, "");
  return one !== other && singular(one) === singular(other);
}
