// Secrets in placement constraints and in attributes: what a reason, a remedy or a diagnostic quotes leaves them out, says
// so, and is true without them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkExpression } from "../../../server/src/core/language/expressions/checkExpression";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { withoutComparedSecrets, withoutQuerySecrets } from "../../../server/src/core/secrets/querySecrets";
import { containerInstance, daemonService } from "../../support/builders";

const key = "AKIAIOSFODNN7EXAMPLF";
const password = "hunter2secretX9";

function placed(expression: string, attributes: Record<string, string>) {
  const instance = containerInstance({ attributes });
  const { summary, instances } = placeDaemon(daemonService([expression]), {
    name: "c",
    instances: [instance],
  });
  return { summary, reason: instances[0]?.reasons[0], instances };
}

test("a reason and its remedy leave out what is likely a secret", () => {
  for (const [expression, attributes, message, remedy] of [
    [
      `attribute:token == ${key}`,
      { token: "AKIAIOSFODNN7EXAMPLG" },
      "`attribute:token == (not shown)` is false: token is (not shown).",
      "Change the attribute to token=(not shown).",
    ],
    [
      `attribute:env == prod and attribute:password != ${password}`,
      { password },
      "`attribute:env == prod and attribute:password != (not shown)` is false: env is not set; password is (not shown).",
      undefined,
    ],
    [
      `attribute:password in [${password}, b]`,
      { env: "prod" },
      "`attribute:password in [(not shown)]` is false: password is not set.",
      "Add the attribute password=(not shown).",
    ],
  ] as const) {
    const { reason, instances, summary } = placed(expression, attributes);
    assert.equal(reason?.message, message);
    assert.equal(reason?.remedy, remedy);
    const { constraint: _, ...printed } = reason ?? {};
    const told =
      JSON.stringify(printed) +
      JSON.stringify(describePlacement({ instances, summary }, daemonService([expression])));
    assert.doesNotMatch(told, /AKIA|hunter2/);
  }
});

test("what is no secret is shown as it is", () => {
  const { reason } = placed("attribute:token-bucket == large and attribute:secrets == true", { env: "a" });
  assert.match(
    reason?.message ?? "",
    /^`attribute:token-bucket == large and attribute:secrets == true` is false/,
  );
  for (const text of [
    "password is not set",
    "token is a name without a value",
    "runningTasksCount is 3; env is prod",
    "attribute:env == prod",
    "attribute:tokens in [1, 2]",
    "attribute:secret-tier == gold; secret-tier is silver",
    "attribute:token-pool in [a, blue-green]; token-pool is v2",
    "attribute:com.example.key == x1 and attribute:auth != ldap",
  ])
    assert.equal(withoutQuerySecrets(text), text);
  assert.equal(withoutComparedSecrets("The secret is not an ARN."), "The secret is not an ARN.");
  assert.equal(
    withoutQuerySecrets(`attribute:secret == ${password}: secret is not set`),
    "attribute:secret == (not shown): secret is not set",
  );
});

test("a diagnostic about a value that no instance has leaves it out, and its fix has it", () => {
  const instances = [containerInstance({ attributes: { password } })];
  const { diagnostics } = checkExpression("attribute:password == hunter2secretX8", { name: "c", instances });
  const unknown = diagnostics.find((it) => it.code === "expression-unknown-value");
  assert.match(unknown?.message ?? "", /with the value '\(not shown\)'\. Did you mean \(not shown\)/);
  assert.doesNotMatch(unknown?.message ?? "", /hunter2/);
  assert.match(JSON.stringify(unknown?.fixes), new RegExp(password));
});

test("a secret is left out however the comparison is written, also where it is no expression", () => {
  for (const rest of [
    "==X",
    "  ==  X",
    "=='X'",
    '== "X"',
    "!=X",
    "=~X",
    "!~ X",
    "> X",
    "EQUALS X",
    "not_equals X",
    "matches X",
    "in[X]",
    "IN [a, X]",
    "!in ['X']",
    "not in [X]",
    "in (X)",
    "in [X",
    "= X",
    "=== X",
    "~ X",
    "X",
    "==X&&attribute:env==prod",
    "==X)",
  ]) {
    const expression = `attribute:password ${rest.replace("X", password)}`;
    assert.doesNotMatch(withoutQuerySecrets(expression), /hunter2/, expression);
    const { diagnostics } = checkExpression(expression, { name: "c", instances: [] });
    for (const { message, fixes = [] } of diagnostics)
      assert.doesNotMatch(`${message} ${fixes.map((it) => it.title)}`, /hunter2/, expression);
  }
  for (const expression of [
    "attribute:env==prod&&attribute:tier in [a,b]",
    "attribute:token==blue",
    "attribute:secret-tier IN [gold, silver]",
    "attribute:password exists and attribute:env == prod1",
    "attribute:api-key !exists or attribute:ecs.instance-type =~ m5.*",
  ])
    assert.equal(withoutQuerySecrets(expression), expression);
});
