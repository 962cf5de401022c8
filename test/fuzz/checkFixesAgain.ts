// Fixes of a file that parsers which are not ours can read: they still read it afterwards, as we do, and find the value
// that the same fix gives the same input in plain JSON.

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { openResource, type Resource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import { applied, checkFixes, fixesOf, whyOtherwiseRead, whyUnread } from "../support/hostFixes";

/** Throws, or rejects, where a fix comes to something else than it should. */
export async function checkFixesAgain(name: string, text: string): Promise<void> {
  const isHost = /\.(?:ya?ml|tf|template)$/.test(name);
  if (!isHost && !name.endsWith(".json")) return;
  if ((await whyUnread(name, text)) !== undefined) return;
  const resource = openResource(name, text);
  if (!isHost && resource.hosted === undefined && resource.input !== undefined) checkPlain(resource);
  else if ((await whyOtherwiseRead(name, text)) === undefined)
    assert.deepEqual((await checkFixes(name, text)).problems, []);
}

/** A fix comes to the same value whatever the layout of the JSON. */
function checkPlain({ source: { file, text }, kind }: Resource): void {
  const value: unknown = JSON.parse(text);
  // A number like 1e999 cannot be written again.
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)) return;
  // Of names that occur twice, parsers take the last, and a person may mean either.
  if (validateDocument(openResource(file, text)).some((it) => it.code === "duplicate-member")) return;
  const plain = openResource(file, JSON.stringify(value));
  assert.equal(plain.kind, kind, "the layout does not decide the kind");
  const expected = fixesOf(plain);
  for (const [key, fix] of fixesOf(openResource(file, text))) {
    const inPlain = expected.get(key);
    const fixed: unknown = JSON.parse(applied(text, fix.edits));
    if (inPlain === undefined) continue;
    assert.deepEqual(fixed, JSON.parse(applied(plain.source.text, inPlain.edits)), key);
  }
}
