// What a reason states is true: the clause that it names is what the reason says it is, and it is a reason.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { leavesOf } from "../../../server/src/core/query/cases/instanceCases";
import { outcomeOf } from "../../../server/src/core/query/cases/truthTable";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import {
  type ClauseExplanation,
  decidingClauses,
  explainQuery,
} from "../../../server/src/core/query/explain";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { cluster, containerInstance, daemonService } from "../../support/builders";
import { anyExpression, anyInstance } from "../../support/queryArbitraries";
import "../../support/sameSequences";

const runs = { numRuns: 3000 };

/** The text between the first backticks. */
function named(text: string): string {
  return /`([^`]*)`/.exec(text)?.[1] ?? "";
}

test("a clause that decided has the truth of the whole by itself, and together they are sufficient", () => {
  fc.assert(
    fc.property(anyExpression, anyInstance, (text, instance) => {
      const query = parseQuery(text);
      const explanation = explainQuery(query, instance);
      const deciding = decidingClauses(explanation);
      assert.ok(deciding.length > 0);
      for (const it of deciding) {
        assert.equal(it.truth, explanation.truth, it.text);
        assert.equal(compileQuery(parseQuery(it.text).tree)(instance), explanation.truth, it.text);
      }
      assertSufficient(explanation, deciding, text);
    }),
    runs,
  );
});

/** Whatever the other comparisons come to, the whole stays what it is. An unknown whole can be unknown only. */
function assertSufficient(
  whole: ClauseExplanation,
  deciding: readonly ClauseExplanation[],
  text: string,
): void {
  if (whole.truth === "unknown") return;
  const { tree } = parseQuery(text);
  const truths = new Map(leavesOfExplanation(whole).map((it) => [it.span.start, it.truth]));
  for (const other of [true, false]) {
    const outcome = outcomeOf(tree, ({ span }) => {
      const stated = deciding.some((it) => it.span.start <= span.start && span.end <= it.span.end);
      return stated ? (truths.get(span.start) ?? "unknown") : other;
    });
    assert.equal(outcome, whole.truth, text);
  }
  assert.equal(leavesOf(tree).length, truths.size);
}

function leavesOfExplanation(explanation: ClauseExplanation): readonly ClauseExplanation[] {
  return explanation.operands.length === 0
    ? [explanation]
    : explanation.operands.flatMap(leavesOfExplanation);
}

/** Whether a false clause, wherever it is in the expression, makes the whole false whatever else is true. */
function isEnough(clause: string, text: string, instance: ContainerInstance): boolean {
  const { tree } = parseQuery(text);
  const starts = [...text].flatMap((_, at) => (text.startsWith(clause, at) ? [at] : []));
  return starts.some(
    (start) =>
      outcomeOf(tree, ({ span }) => {
        const isInside = start <= span.start && span.end <= start + clause.length;
        return isInside
          ? compileQuery(parseQuery(text.slice(span.start, span.end)).tree)(instance)
          : "unknown";
      }) === false,
  );
}

test("the clause that a reason or the summary names is what they say it is", () => {
  fc.assert(
    fc.property(anyExpression, anyInstance, (text, instance) => {
      const daemon = daemonService([text]);
      const placement = placeDaemon(daemon, cluster([instance]));
      const reasons = placement.instances[0]?.reasons.filter((it) => it.filter === "constraints") ?? [];
      for (const { message, unknown } of reasons) {
        const clause = named(message);
        const truth = unknown === true ? "unknown" : false;
        assert.match(message, new RegExp(`\` is ${truth}: `));
        if (!clause.endsWith("…"))
          assert.equal(compileQuery(parseQuery(clause).tree)(instance), truth, message);
        if (truth === false && !clause.endsWith("…")) assert.ok(isEnough(clause, text, instance), message);
      }
      const sentence = describePlacement(placement, daemon);
      const clause = named(sentence);
      if (clause === "" || clause.endsWith("…")) return;
      const truth = sentence.includes("excluded by") ? false : "unknown";
      assert.equal(compileQuery(parseQuery(clause).tree)(instance), truth, sentence);
    }),
    runs,
  );
});

test("a summary does not blame a clause that is false for what a placeholder leaves unknown", () => {
  const text = "attribute:env == prod and attribute:rack == ${RACK}";
  const read = daemonService([text]);
  const daemon = { ...read, constraints: read.constraints.map((it) => ({ ...it, template: true as const })) };
  const instance = containerInstance({ attributes: { env: "dev" } });
  assert.equal(
    describePlacement(placeDaemon(daemon, cluster([instance])), daemon),
    `Lands on 0 of 1 container instance: 1 is unknown because of \`${text}\`.`,
  );
});
