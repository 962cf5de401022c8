// Defaults of templates: a reason names those that it depends on, and no others.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  placementAssumptions,
  unique,
  withAssumptions,
} from "../../../server/src/core/scheduler/assumptions";
import type { Reason } from "../../../server/src/core/scheduler/placement";

const assumption = (name: string, ...properties: string[]) => ({ name, value: "512", properties });

test("an assumption counts for the filters that read one of its properties", () => {
  const read = (...properties: string[]) =>
    placementAssumptions([assumption("Size", ...properties)], "taskDefinition").map((it) => it.filters);
  assert.deepEqual(read("containerDefinitions.memory"), [["memory"]]);
  assert.deepEqual(read("family", "cpu"), [["cpu"]]);
  assert.deepEqual(read("family"), []);
  assert.deepEqual(read("cpu", "containerDefinitions.cpu"), [["cpu"]]);
});

const reason = (filter: Reason["filter"], more: Partial<Reason> = {}): Reason => ({
  filter,
  code: "x",
  message: "It has no room.",
  ...more,
});

test("a reason names the defaults that its filter reads, from its own document", () => {
  const memory = placementAssumptions([assumption("Size", "memory")], "taskDefinition");
  assert.equal(
    withAssumptions(reason("memory"), memory).message,
    "It has no room. With the default of Size, 512.",
  );
  assert.equal(withAssumptions(reason("cpu"), memory).message, "It has no room.");
  const clause = placementAssumptions([assumption("Zone", "placementConstraints.expression")], "service");
  const explanation = {
    kind: "comparison",
    span: { start: 0, end: 1 },
    text: "a",
    truth: false,
    because: "b",
    operands: [],
  } as const;
  const from = (source: "service" | "taskDefinition") =>
    reason("constraints", { constraint: { from: source, index: 0, explanation } });
  assert.match(withAssumptions(from("service"), clause).message, /Zone, 512/);
  assert.equal(withAssumptions(from("taskDefinition"), clause).message, "It has no room.");
});

test("a parameter that both documents read is named once", () => {
  const both = (["service", "taskDefinition"] as const).flatMap((from) =>
    placementAssumptions([assumption("Size", "memory")], from),
  );
  assert.equal(unique(both).length, 1);
});
