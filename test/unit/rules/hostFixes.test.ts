// Every fix of every fixture, with the input written in each format: it comes to what the fix comes to in JSON, parsers
// that are not ours read the file, and nothing else in it changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { checkFixes, plainValueOf, whyUnread } from "../../support/hostFixes";
import { type HostText, hostTexts, type Input } from "../../support/hostTexts";
import { readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";

/** By format: fixes that were compared. */
const compared = new Map<string, number>();

function textsOf(marked: string): readonly HostText[] {
  const fixture = readFixture(marked, "agent.taskdef.json");
  const { kind, input, source } = openResource(fixture.fileName, fixture.text);
  if (kind !== "taskDefinition" && kind !== "service") return [];
  if (input?.type !== "object" || source.problems.length > 0 || source.placeholders.length > 0) return [];
  return hostTexts(kind, plainValueOf(input) as Input);
}

for (const { name, source } of validationFixtures)
  test(`${name} in other formats`, async () => {
    for (const { format, fileName, text } of textsOf(source)) {
      const unread = await whyUnread(fileName, text);
      assert.equal(unread, undefined, text);
      const result = await checkFixes(fileName, text);
      compared.set(format, (compared.get(format) ?? 0) + result.compared);
      assert.deepEqual(result.problems, [], `${format}\n${text}`);
    }
  });

test("fixes are offered in every format", () => {
  const least = {
    "block YAML": 280,
    "double quotes": 280,
    "flow YAML": 280,
    JSON: 280,
    jsonencode: 270,
    heredoc: 210,
  };
  for (const [format, count] of Object.entries(least))
    assert.ok((compared.get(format) ?? 0) >= count, `${format}: ${compared.get(format)}`);
});
