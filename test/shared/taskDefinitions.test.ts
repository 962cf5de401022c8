// Real task definitions of public repositories, where they are at hand: read, checked and fuzzed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { requirementsOf } from "../../server/src/core/requirements/requirementsOf";
import { openResource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import { realDefinitions } from "../fuzz/corpus";
import { fuzz } from "../fuzz/fuzz";
import { unlessThere } from "../support/facts";

const ifThere = unlessThere("task-definitions");

test("their requirements are numbers, and no attribute is required twice", ifThere, () => {
  for (const { name, text } of realDefinitions) {
    const { cpu, memory, attributes } = requirementsOf(tryParse(text));
    assert.ok(cpu >= 0 && memory >= 0, name);
    assert.equal(new Set(attributes.map((it) => it.name)).size, attributes.length, name);
  }
});

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is right to say about real task definitions of public repositories: file number → codes. */
const realFindings: Readonly<Record<string, readonly string[]>> = {
  // Docker knows health check commands that begin with CMD or CMD-SHELL only.
  "003": ["health-check-command"],
  "071": ["health-check-command"],
  // awsvpc does not translate ports.
  "035": ["host-port-mismatch"],
  "039": ["host-port-mismatch"],
  // Made for a tool that unwraps answers itself; the proxy's container is in none of them.
  "045": ["describe-answer", "proxy-container"],
  "047": ["output-only-member", "proxy-container"],
  "049": ["describe-answer", "proxy-container"],
  // A comma is missing.
  "063": ["json-syntax"],
  // Test artifacts with a role that is none, one without containers, one with a misspelt mode.
  "081": ["no-containers", "bad-role"],
  "083": ["bad-role", "unknown-value"],
  // Printed by a console: nulls, a number in quotes, an empty list of tags.
  "129": ["null-value", "wrong-type", "empty-tags"],
};

test("only what is really wrong is reported", ifThere, () => {
  for (const { name, text } of realDefinitions) {
    const document = openResource(name, text);
    assert.equal(document.kind, "taskDefinition", name);
    const codes = validateDocument(document).map((it) => it.code);
    assert.deepEqual(codes, realFindings[name.slice(0, 3)] ?? [], name);
  }
});

test("200 damaged ones find nothing wrong", ifThere, async () => {
  const { failure } = await fuzz("real-definition", { seed: 2026, runs: 200 });
  assert.equal(failure, undefined, failure && JSON.stringify(failure, null, 2));
});
