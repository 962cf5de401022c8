// Where in the files the cause of a refusal by ECS is: by the diagnostic that predicted it, else by the property that the
// words of ECS name.

import { pointerAt } from "../rules/severitySettings";
import { items, type JsonNode, members, spanOf } from "../source/tree";
import type { Span } from "../text/span";
import type { CheckedDocument } from "./soundness";
import { shortName } from "./soundness";

export interface PlacedRefusal {
  /** Path or URI of the document. */
  readonly file: string;
  /** `agent.taskdef.json`. */
  readonly fileName: string;
  /** `containerDefinitions[0].memory`; absent where only the file is known. */
  readonly property?: string;
  readonly span: Span;
}

/**
 * Locates ECS's words in the one document that was sent. A diagnostic that a setting switched off predicts a refusal
 * as well as any other.
 */
export function locateRefusal({ document, all }: CheckedDocument, words: string): PlacedRefusal {
  const {
    source: { file, root },
    input,
  } = document;
  const fileName = shortName(document);
  const predicted = all.find((it) => words.includes(it.server?.message ?? it.message));
  const property = predicted === undefined ? undefined : dotted(pointerAt(document, predicted.span));
  if (predicted !== undefined && property !== undefined)
    return { file, fileName, property, span: predicted.span };
  const named = namedProperty(input, words);
  if (named !== undefined) return { file, fileName, property: named.path, span: spanOf(named.key) };
  const start = root?.offset ?? 0;
  return { file, fileName, span: predicted?.span ?? { start, end: start + 1 } };
}

/** JSON pointer to `containerDefinitions[0].memory`; `undefined` for the whole document. */
function dotted(pointer: string): string | undefined {
  const steps = pointer.split("/").slice(1);
  if (steps.length === 0) return undefined;
  return steps
    .map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, step) => {
      if (/^\d+$/.test(step)) return `${path}[${step}]`;
      return path === "" ? step : `${path}.${step}`;
    }, "");
}

/** The only property of the document whose name the words have, however they write it: `Container.memory`, 'memory'. */
function namedProperty(root: JsonNode | undefined, words: string): FoundProperty | undefined {
  if (root === undefined) return undefined;
  const spoken = new Set(words.match(/[A-Za-z][A-Za-z0-9]+/g)?.map((it) => it.toLowerCase()) ?? []);
  const found = propertiesOf(root).filter(({ name }) => spoken.has(name.toLowerCase()));
  const deepest = found.filter((it) => !found.some((other) => other.path.startsWith(`${it.path}.`)));
  return deepest.length === 1 ? deepest[0] : undefined;
}

interface FoundProperty {
  readonly name: string;
  readonly path: string;
  readonly key: JsonNode;
}

/** A hostile document may have millions. */
const mostProperties = 5000;

function propertiesOf(root: JsonNode): readonly FoundProperty[] {
  const found: FoundProperty[] = [];
  const open: { readonly node: JsonNode; readonly path: string }[] = [{ node: root, path: "" }];
  for (let next = open.pop(); next !== undefined && found.length < mostProperties; next = open.pop()) {
    const { node, path } = next;
    for (const { name, key, value } of members(node)) {
      const below = path === "" ? name : `${path}.${name}`;
      found.push({ name, path: below, key });
      open.push({ node: value, path: below });
    }
    for (const [index, it] of items(node).entries()) open.push({ node: it, path: `${path}[${index}]` });
  }
  return found;
}
