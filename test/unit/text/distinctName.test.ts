import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { distinctName } from "../../../server/src/core/text/distinctName";
import "../../support/sameSequences";

test("a file has its name alone, and the folders that are needed where others have the same", () => {
  const named = (paths: readonly string[]) => paths.map((it) => distinctName(it, paths));
  assert.deepEqual(named(["/w/a.json", "/w/b.json"]), ["a.json", "b.json"]);
  assert.deepEqual(named(["/w/east/a.json", "/w/west/a.json"]), ["east/a.json", "west/a.json"]);
  assert.deepEqual(named(["/w/a/x/a.json", "/w/b/x/a.json", "/w/c.json"]), [
    "a/x/a.json",
    "b/x/a.json",
    "c.json",
  ]);
  assert.deepEqual(
    named(["/w/a.json", "/w/w/a.json"]),
    ["/w/a.json", "w/w/a.json"].map((it) => it),
  );
  assert.equal(distinctName("file:///w/a.json", ["file:///w/a.json"]), "a.json");
  assert.equal(distinctName("", []), "");
});

test("different files have different names", () => {
  const segment = fc.constantFrom("a", "b", "a.json");
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((it) => `/${it.join("/")}`);
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 6 }), (paths) => {
      const names = paths.map((it) => distinctName(it, paths));
      assert.equal(new Set(names).size, paths.length, `${paths} as ${names}`);
      for (const [index, it] of paths.entries()) assert.ok(it.endsWith(names[index] ?? "?"));
    }),
  );
});
