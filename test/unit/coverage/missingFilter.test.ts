// The expression that ECS evaluates for a coverage look says what our scheduler says.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  anyOf,
  missingExpression,
  unexpectedExpression,
} from "../../../server/src/core/coverage/missingFilter";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { prepareDaemon, wantsInstance } from "../../../server/src/core/scheduler/preparedDaemon";
import { anyExpression, anyInstance } from "../../support/queryArbitraries";
import "../../support/sameSequences";

const constraints = (expressions: readonly string[]) =>
  expressions.map((expression) => ({ type: "memberOf", expression }));

const anyDaemon = fc
  .record({
    name: fc.constantFrom("a", "b", "agent-1"),
    inDefinition: fc.array(anyExpression, { maxLength: 2 }),
    inService: fc.array(anyExpression, { maxLength: 2 }),
  })
  .map(({ name, inDefinition, inService }) =>
    daemonServiceOf(
      { family: name, containerDefinitions: [], placementConstraints: constraints(inDefinition) },
      { serviceName: name, placementConstraints: constraints(inService) },
    ),
  );

const knownInstance = anyInstance.map((it) => ({ ...it, taskGroups: it.taskGroups ?? [] }));

test("the filter selects what the scheduler would give a task and what has none", () => {
  fc.assert(
    fc.property(anyDaemon, fc.array(knownInstance, { minLength: 1, maxLength: 6 }), (daemon, instances) => {
      const query = parseQuery(missingExpression(daemon));
      const others = query.problems.filter((it) => it.code !== "expression-needless-parentheses");
      assert.deepEqual(others, []);
      const holds = compileQuery(query.tree);
      const other = unexpectedExpression(daemon);
      const isUnexpected = other === undefined ? () => false : compileQuery(parseQuery(other).tree);
      for (const instance of instances) {
        const wants = wantsInstance(prepareDaemon(daemon), instance);
        const has = instance.taskGroups.includes(`service:${daemon.name}`);
        assert.equal(holds(instance), has ? false : wants);
        assert.equal(isUnexpected(instance), has ? (wants === "unknown" ? wants : !wants) : false);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("several expressions joined select what one of them selects, each part within the limit", () => {
  fc.assert(
    fc.property(fc.array(anyDaemon, { minLength: 1, maxLength: 30 }), knownInstance, (daemons, instance) => {
      const parts = anyOf(daemons.map(missingExpression));
      const single = daemons.map((it) => compileQuery(parseQuery(missingExpression(it)).tree)(instance));
      const joined = parts.map((it) => compileQuery(parseQuery(it).tree)(instance));
      assert.equal(joined.includes(true), single.includes(true));
      const longest = Math.max(...daemons.map((it) => missingExpression(it).length)) + 2;
      for (const it of parts) assert.ok(it.length <= Math.max(2_000, longest));
    }),
    { numRuns: 300 },
  );
});

test("expressions are joined up to the limit to the character", () => {
  const first = "a".repeat(1_000);
  assert.equal(anyOf([first, "b".repeat(996)]).length, 1);
  assert.equal(anyOf([first, "b".repeat(997)]).length, 2);
});

test("each of several constraints may make a task unexpected", () => {
  const daemon = daemonServiceOf(
    { family: "agent", containerDefinitions: [] },
    {
      serviceName: "agent",
      placementConstraints: constraints(["attribute:env == prod", "attribute:rack == a"]),
    },
  );
  assert.equal(
    unexpectedExpression(daemon),
    "not(attribute:env == prod and attribute:rack == a) and task:group == service:agent",
  );
});
