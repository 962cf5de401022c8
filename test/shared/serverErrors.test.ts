// Every text that ECS was seen to answer has an input that causes it here, where the observations are at hand.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hasWords } from "../support/causes/cause";
import { definitionCauses } from "../support/causes/definitions";
import { otherCauses } from "../support/causes/others";
import { serviceCauses } from "../support/causes/services";
import { factsAt, unlessThere } from "../support/facts";

/** What the local endpoint does not refuse, or not so: docs/left-out.md says why, or another test has it. */
const leftOut = [
  // Whether the Auto Scaling group protects its instances is not known here.
  "ManagedTerminationProtection requires scale-in protection",
  // Only Cloud Map knows which records a registry keeps.
  "awsvpc services address a registry by Port",
  // Task sets belong to a deployment controller that is not supported.
  "TaskSet ",
  // Seen in full, with other words in part.
  "The awsfirelens log driver requires a FireLens router container",
  "AvailabilityZoneRebalancing is not supported for DAEMON services",
  // Answers and events rather than refusals: test/local/tasks.test.ts and services.test.ts.
  "no instance matches",
  // test/local/observedCauses.test.ts sends a list.
  "body not an object / wrong JSON shape",
];

test("every text has an input that causes it", unlessThere("server-errors.tsv"), () => {
  const all = [definitionCauses, serviceCauses, ...Object.values(otherCauses)].flat();
  const causes = all.map(([words]) => words);
  for (const line of readFileSync(factsAt("server-errors.tsv") ?? "", "utf8")
    .trim()
    .split("\n")
    .slice(1)) {
    const [operation = "", trigger = "", message = ""] = line.split("\t");
    if (message.startsWith("(message not quoted") || leftOut.some((it) => trigger.startsWith(it))) continue;
    assert.ok(
      causes.some((it) => isSame(it, message)),
      `${operation}: ${trigger}: ${message}`,
    );
  }
});

/** Whether the words are those of the message, whatever its slots and examples. */
function isSame(words: string, message: string): boolean {
  const pattern = `…${message
    .trim()
    .replace(/%s|%v|%d|'\d+'/g, "…")
    .replace(/\.$/, "")}…`;
  const text = words.replaceAll("…", "").trim();
  return hasWords(text, pattern);
}
