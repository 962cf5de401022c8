// Random expressions of the query language, and container instances of which they say this or that.

import fc from "fast-check";
import type { ContainerInstance } from "../../server/src/core/cluster/containerInstance";
import { containerInstance } from "./builders";

const name = fc.constantFrom("env", "rack", "ecs.instance-type");
const value = fc.constantFrom("prod", "dev", "m5.large", "'a b'");
const comparison = fc.oneof(
  fc.tuple(name, fc.constantFrom("==", "!=", "equals"), value).map((it) => `attribute:${it.join(" ")}`),
  fc
    .tuple(name, fc.constantFrom("in", "!in"), fc.array(value, { minLength: 1, maxLength: 3 }))
    .map(([subject, operator, items]) => `attribute:${subject} ${operator} [${items.join(", ")}]`),
  fc
    .tuple(name, fc.constantFrom("=~", "!~"), fc.constantFrom("p.*", "(m5|c5).large", "[a-d].*"))
    .map((it) => `attribute:${it.join(" ")}`),
  fc.tuple(name, fc.constantFrom("exists", "!exists")).map((it) => `attribute:${it.join(" ")}`),
  fc.constantFrom("agentConnected == true", "runningTasksCount > 1", "task:group == service:a"),
);

/** An expression without a mistake. */
export const anyExpression: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    comparison,
    fc.tuple(tie("expression"), fc.constantFrom(" and ", " or "), tie("expression")).map((it) => it.join("")),
    tie("expression").map((it) => `(${it})`),
    tie("expression").map((it) => `not(${it})`),
  ),
})).expression;

/** A container instance that some of them select. */
export const anyInstance: fc.Arbitrary<ContainerInstance> = fc
  .record({
    id: fc.nat().map(String),
    attributes: fc.dictionary(name, fc.constantFrom("prod", "dev", "m5.large", "a b", null)),
    agentConnected: fc.boolean(),
    runningTasksCount: fc.nat(3),
    taskGroups: fc.option(fc.array(fc.constantFrom("service:a", "family:b"), { maxLength: 2 }), {
      nil: undefined,
    }),
  })
  .map((it) => containerInstance({ ...it, bare: true }));
