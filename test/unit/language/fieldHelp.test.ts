import assert from "node:assert/strict";
import { test } from "node:test";
import { inputShape, shapeNamed } from "../../../server/src/core/api/apiModel";
import { fleetShape } from "../../../server/src/core/api/fleetShapes";
import { connectionTexts } from "../../../server/src/core/language/connectionTexts";
import { hoverOfMember } from "../../../server/src/core/language/fieldHelp";
import { fieldTexts } from "../../../server/src/core/language/fieldTexts";

/** Every structure that can occur in what one writes, by name. */
function reachableShapes(): ReadonlySet<string> {
  const inputs = (["registerTaskDefinition", "createService", "updateService"] as const).map(inputShape);
  const seen = new Set<string>();
  const open: (string | undefined)[] = [...inputs, fleetShape];
  while (open.length > 0) {
    const name = open.pop();
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    const { members = {}, item, value } = shapeNamed(name);
    open.push(...Object.values(members), item, value);
  }
  return seen;
}

const memberNames = [...reachableShapes()].flatMap((shape) =>
  Object.keys(shapeNamed(shape).members ?? {}).map((member) => [shape, member] as const),
);

test("every member that one can write is explained in a sentence or more, with a link unless it is ours alone", () => {
  assert.ok(memberNames.length > 300, String(memberNames.length));
  for (const [shape, member] of memberNames) {
    const help = hoverOfMember(shape, member) ?? "";
    const [head, text, link] = help.split("\n\n");
    assert.ok(head?.startsWith(`**${member}** · `), `${shape}.${member}: ${help}`);
    assert.match(text ?? "", /^.{3,}\.$/s, `${shape}.${member} has no text of its own`);
    if (!shape.startsWith("Fleet"))
      assert.match(
        link ?? "",
        /^\[API reference\]\(https:\/\/docs\.aws\.amazon\.com\//,
        `${shape}.${member}`,
      );
  }
});

test("no text explains a member that there is not, and none is written twice", () => {
  const known = new Set(memberNames.map((it) => it.join(".")));
  const isMap = (name: string) => shapeNamed(name.slice(0, name.indexOf("."))).type === "map";
  for (const name of [...Object.keys(fieldTexts), ...Object.keys(connectionTexts)])
    assert.ok(known.has(name) || isMap(name), name);
  assert.deepEqual(
    Object.keys(connectionTexts).filter((it) => Object.hasOwn(fieldTexts, it)),
    [],
  );
});
