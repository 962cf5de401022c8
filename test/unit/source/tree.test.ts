// Properties of objects, by name.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Draft, Node } from "../../../server/src/core/source/node";
import { get, members } from "../../../server/src/core/source/tree";

/** Objects that count how often one of their properties is looked at. */
function countingObject(names: readonly string[]) {
  const looks = { count: 0 };
  const object: Draft = { type: "object", offset: 0, length: 0, children: [] };
  for (const [index, name] of names.entries()) {
    const key: Node = { type: "string", offset: index, length: 1, value: name };
    const value: Node = { type: "number", offset: index, length: 1, value: index };
    const property: Node = {
      type: "property",
      offset: index,
      length: 1,
      parent: object,
      get children() {
        looks.count += 1;
        return [key, value];
      },
    };
    object.children?.push(property);
  }
  return { object: object as Node, looks };
}

for (const size of [3, 1000]) {
  const names = Array.from({ length: size }, (_, index) => `n${index % (size - 1)}`);

  test(`of ${size} properties the last of a name counts that is sent and has a known name`, () => {
    const { object } = countingObject(names);
    assert.equal(get(object, "n0")?.value, size - 1);
    assert.equal(get(object, "n1")?.value, 1);
    assert.equal(get(object, "other"), undefined);
    const last = object.children?.at(-1) as Node;
    last.dropped = true;
    assert.equal(get(object, "n0")?.value, 0);
    const [key] = object.children?.[0]?.children ?? [];
    (key as Node).unknown = true;
    assert.equal(get(object, "n0"), undefined);
    assert.equal(members(object).length, size - 2);
  });
}

test("a name is found in time that does not grow with the properties, whether they have one name or many", () => {
  const kinds = { "one name": () => "a", "many names": (index: number) => `a${index}` };
  for (const [kind, nameOf] of Object.entries(kinds)) {
    const { object, looks } = countingObject(Array.from({ length: 10_000 }, (_, index) => nameOf(index)));
    for (let asked = 0; asked < 500; asked += 1) get(object, asked % 2 === 0 ? "a" : "other");
    assert.ok(looks.count < 3 * 10_000, `${kind}: ${looks.count}`);
  }
});
