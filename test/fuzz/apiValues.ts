// Values in the shapes of the ECS API, mostly right, and wrong in every way a client can be wrong.

import fc, { type Arbitrary } from "fast-check";
import { shapeNamed } from "../../server/src/core/api/apiModel";
import type { Shape } from "../../server/src/core/api/apiShape";
import { grammarExpressions } from "./expressions";
import { anyText } from "./texts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const words =
  "a agent prod web-1 __proto__ constructor / /data 80 0 1 4 512 1024 0.5 ALL HEALTHY example/image:1 arn:aws:ecs:us-east-1:123456789012:cluster/a";
const someWord = fc.constantFrom(...words.split(" "));
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1, 2, 22, 80, 128, 256, 1024, 65_535, 65_536, 2 ** 31, 2 ** 53, -0, 1.5, 1e300),
  fc.integer({ min: 0, max: 70_000 }),
);

/** JSON text knows no `undefined`, and `-0` is written as `0`. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value) ?? "null") as Json;
}

/** Any JSON at all, with names that objects inherit among the members'. */
export const anyJson: Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 3 })
  .chain((it) =>
    fc.constantFrom(
      plain(it),
      JSON.parse(`{"__proto__": ${JSON.stringify(plain(it))}}`) as Json,
      { constructor: plain(it) },
      [plain(it)],
    ),
  );

function right(name: string, depth: number): Arbitrary<Json> {
  const shape = shapeNamed(name);
  switch (shape.type) {
    case "structure":
      return structure(shape, depth);
    case "list":
      return fc.array(anyOf(shape.item ?? "String", depth - 1), { maxLength: depth > 0 ? 3 : 0 });
    case "map":
      return fc.dictionary(
        fc.oneof(someWord, fc.constantFrom("__proto__", "constructor")),
        anyOf(shape.value ?? "String", depth - 1),
        { maxKeys: 3 },
      );
    case "string":
      return text(name, shape);
    case "boolean":
      return fc.boolean();
    case "document":
      return anyJson;
    default:
      return numbers;
  }
}

function text(name: string, shape: Shape): Arbitrary<Json> {
  if (shape.enum !== undefined) {
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...shape.enum) },
      { weight: 1, arbitrary: someWord },
      { weight: 1, arbitrary: fc.constantFrom("__proto__", "constructor") },
    );
  }
  return name === "String" ? fc.oneof(someWord, grammarExpressions) : someWord;
}

/** Required members mostly, the others now and then: of sixty members a random half is no useful input. */
function structure(shape: Shape, depth: number): Arbitrary<Json> {
  const names = Object.keys(shape.members ?? {});
  const required = new Set([...(shape.required ?? []), "name", "image", "memory", "expression"]);
  if (depth <= 0) return fc.constant({});
  const chosen = fc.subarray([...names], { maxLength: Math.min(5, names.length) });
  return fc.tuple(chosen, fc.nat(9)).chain(([some, careless]) => {
    const present = names.filter((it) => some.includes(it) || (required.has(it) && careless > 0));
    const members = present.map((it) => anyOf(shape.members?.[it] ?? "String", depth - 1));
    return fc
      .tuple(...members)
      .map((values) => Object.fromEntries(present.map((it, index) => [it, values[index] ?? null])));
  });
}

function anyOf(name: string, depth: number): Arbitrary<Json> {
  return fc.oneof(
    { weight: 30, arbitrary: right(name, depth) },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constantFrom<Json>(null, [], {}, "", 0, true) },
  );
}

/** Values for a shape of the API model, such as `RegisterTaskDefinitionRequest`. */
export function apiValues(shapeName: string): Arbitrary<Json> {
  return right(shapeName, 5);
}
