import assert from "node:assert/strict";
import { test } from "node:test";
import { dialogLines, lineText, planLines } from "../../../client/src/commands/planText";

test("a plan is told with a heading before the first line of each part", () => {
  const seen = { inputs: "same", taskDefinition: "none", service: "none", matching: "", matchingCount: 0 };
  const lines = planLines({
    sentence: "",
    sections: [
      { title: "task definition", lines: ["It is new."] },
      { title: "placement", lines: ["gains 1 container instance: a", "keeps 0 container instances"] },
    ],
    seen,
  });
  assert.deepEqual(lines, [
    "Task definition: It is new.",
    "Placement: gains 1 container instance: a",
    { detail: "keeps 0 container instances" },
  ]);
});

test("a dialog shows what it has room for and says how much more there is", () => {
  const many = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const shown = dialogLines(many);
  assert.deepEqual(shown.slice(0, 2), ["line 0", "line 1"]);
  assert.equal(shown.at(-1), `… and ${40 - (shown.length - 1)} more lines in the log.`);
  assert.deepEqual(dialogLines(["a", { detail: "b" }]), ["a", { detail: "b" }]);
  assert.ok(lineText(dialogLines(["x".repeat(1000)])[0] ?? "").length <= 220);
});
