// The same JSON in another layout, or with its members in another order, has the same findings.

import assert from "node:assert/strict";
import fc from "fast-check";
import { openResource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import type { Json } from "./apiValues";
import { serviceValues, taskDefinitionValues } from "./documentInputs";
import { pureTarget } from "./fuzzTarget";

function codes(name: string, text: string): readonly string[] {
  return validateDocument(openResource(name, text))
    .map((it) => `${it.severity} ${it.code}`)
    .sort();
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).reverse();
  return Object.fromEntries(members.map(([name, it]) => [name, reversed(it as Json)]));
}

function check({ name, value }: { readonly name: string; readonly value: Json }): void {
  const plain = codes(name, JSON.stringify(value));
  const layouts = {
    indented: JSON.stringify(value, null, 2),
    "with tabs and carriage returns": JSON.stringify(value, null, "\t").replaceAll("\n", "\r\n"),
    "with a byte order mark": `\ufeff${JSON.stringify(value)}`,
    "between empty lines": `\n\n${JSON.stringify(value, null, 1)}\n\n`,
    "in the reverse order": JSON.stringify(reversed(value)),
  };
  for (const [layout, text] of Object.entries(layouts)) {
    assert.deepEqual(codes(name, text), plain, `${layout} it has the same findings`);
  }
}

export const layoutTarget = pureTarget(
  fc.oneof(
    taskDefinitionValues.map((value) => ({ name: "a.taskdef.json", value })),
    serviceValues.map((value) => ({ name: "a.service.json", value })),
  ),
  check,
);
