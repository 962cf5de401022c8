// Silence where nobody can know: with a placeholder in the place of any value, a fixture has no diagnostic that it does not
// have with the value, because the placeholder may stand for that value.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import type { Node } from "../../../server/src/core/source/node";
import { readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";

/** Values of a tree, from the outside in, without the whole. */
function valuesOf(node: Node): readonly Node[] {
  if (node.type === "array") return (node.children ?? []).flatMap((it) => [it, ...valuesOf(it)]);
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [, value] = [] }) =>
    value === undefined ? [] : [value, ...valuesOf(value)],
  );
}

const codesOf = (fileName: string, text: string) =>
  new Set<string>(validateDocument(openResource(fileName, text)).map((it) => it.code));

/**
 * Codes that are true of every value, each with the one that a fixture has for its own: what is wrong has another name where
 * more is known of it.
 */
const alike: Readonly<Record<string, string>> = {
  "expression-empty": "distinct-instance-expression",
  "memory-missing": "fargate-memory-missing",
  "unknown-member": "misplaced-member",
  "unused-volume": "unmounted-launch-volume",
};
/** A snapshot with a placeholder cannot be read; a skeleton with a value is no skeleton any more. */
const others = /^clusterFiles\/|cli-skeleton/;

for (const { name, source } of validationFixtures.filter((it) => !others.test(it.name)))
  test(`${name} says no more where a value is not known`, () => {
    const { fileName, text } = readFixture(source, "agent.taskdef.json");
    const { kind, input, source: read } = openResource(fileName, text);
    if (input === undefined || kind === undefined || read.problems.length > 0 || read.placeholders.length > 0)
      return;
    const before = codesOf(fileName, text);
    const texts = valuesOf(input).flatMap(({ offset, length, type, children = [] }) => {
      const whole = type === "object" || type === "array" ? "${UNKNOWN}" : '"${UNKNOWN}"';
      const replaced = text.slice(0, offset) + whole + text.slice(offset + length);
      const end = offset + length - 1;
      // A list without its last item, and with an unknown one.
      const last = type === "array" ? children.at(-1) : undefined;
      return last === undefined
        ? [replaced]
        : [replaced, `${text.slice(0, last.offset)}\${UNKNOWN}${text.slice(end)}`];
    });
    for (const unknown of texts) {
      if (openResource(fileName, unknown).kind !== kind) continue;
      const added = [...codesOf(fileName, unknown)].filter(
        (it) => !before.has(it) && !before.has(alike[it] ?? it),
      );
      assert.deepEqual(added, [], unknown);
    }
  });
