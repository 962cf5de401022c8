// Cuts a JSON template into its resources: the text is parsed anew at each keystroke, which is soon done, and a slice
// whose text is unchanged keeps its tree, so that what was made of it is kept as well.

import { parseJson } from "../../../source/json/parseJson";
import { type Node, nodeAtPath } from "../../../source/node";
import { rememberByText } from "../../../text/remembered";
import type { Slice, TemplateSlices } from "./sections";

const rootOf = rememberByText(400, (slice) => parseJson(slice, true).root);

/**
 * The slices of a template that hold `isOurs`, each an object with one property. `undefined` where a text is not whole JSON:
 * what a slip or a placeholder does to one property depends on those around it.
 */
export function jsonSlicesOf(text: string, isOurs: RegExp, isSecret: RegExp): TemplateSlices | undefined {
  const { root, isWhole } = parseJson(text, true);
  if (isWhole !== true) return undefined;
  const resources = nodeAtPath(root, ["Resources"]);
  if (resources?.type !== "object") return undefined;
  const section = (name: string) => sliceOf(text, nodeAtPath(root, [name])?.parent);
  const matching = (pattern: RegExp) =>
    (resources.children ?? []).filter((it) => pattern.test(text.slice(it.offset, it.offset + it.length)));
  const secrets = isSecret.test(text) ? matching(isSecret) : [];
  return {
    resources: matching(isOurs).flatMap((it) => sliceOf(text, it) ?? []),
    secrets: new Set(secrets.map((it) => String(it.children?.[0]?.value))),
    parameters: section("Parameters"),
    mappings: section("Mappings"),
    conditions: section("Conditions"),
  };
}

/** A property in braces of its own. */
function sliceOf(text: string, property: Node | undefined): Slice | undefined {
  if (property === undefined) return undefined;
  const slice = `{${text.slice(property.offset, property.offset + property.length)}}`;
  return { text: slice, base: property.offset - 1, root: rootOf(slice) };
}
