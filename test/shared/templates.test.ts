// Real templates, Terraform files, lists and programs of public repositories, where they are at hand: no false error, and
// whatever somebody types into them, nothing is thrown and everything is at a place of the text.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { constraintRefactorings } from "../../server/src/core/language/expressions/constraintRefactorings";
import { openResources } from "../../server/src/core/resources/openResources";
import { validateDocument } from "../../server/src/core/rules/validate";
import { factsAt, unlessThere } from "../support/facts";

const ifThere = unlessThere("templates");

interface Real {
  readonly name: string;
  readonly text: string;
}

function realFiles(): readonly Real[] {
  const folder = factsAt("templates") ?? "";
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .flatMap((it) =>
      readdirSync(join(folder, it.name)).map((name) => [join(folder, it.name, name), name] as const),
    )
    .map(([path, name]) => ({ name, text: readFileSync(path, "utf8") }));
}

test("random edits throw nothing, and every place is inside the text", ifThere, () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const pieces = [
    '"',
    "'",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    "\n  - ",
    "${",
    "%{",
    "<<EOT\n",
    "&a ",
    "*a",
    "!If ",
    "|\n",
    "# ",
    "\\",
    "=",
  ];
  for (const { name, text } of realFiles())
    for (let round = 0; round < 12; round += 1) {
      const at = random(text.length);
      const cut = random(3) === 0 ? random(40) : random(2);
      const piece = pieces[random(pieces.length)] ?? "";
      const edited = text.slice(0, at) + (random(4) === 0 ? "" : piece) + text.slice(at + cut);
      checkPlaces(name, edited);
    }
});

function checkPlaces(name: string, text: string): void {
  const isInside = ({ start, end }: { start: number; end: number }) =>
    0 <= start && start <= end && end <= text.length;
  for (const resource of openResources(name, text)) {
    const diagnostics = validateDocument(resource, {
      onRuleFault: (codes, fault) => assert.fail(`${name}: ${codes.join(" ")}: ${String(fault)}`),
    });
    for (const { code, span, fixes } of diagnostics) {
      assert.ok(isInside(span), `${name}: ${code} at ${span.start}`);
      for (const { edits } of fixes ?? [])
        for (const it of edits) assert.ok(isInside(it.span), `${name}: ${code}`);
    }
    const all = constraintRefactorings(resource, { start: 0, end: text.length });
    for (const { edits } of all) for (const it of edits) assert.ok(isInside(it.span), name);
  }
}
