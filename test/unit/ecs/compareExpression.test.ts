// Whether ECS reads an expression as we do: against the embedded endpoint, and against answers that differ.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { isLoopbackEndpoint } from "../../../server/src/core/text/loopbackEndpoint";
import { maskAccounts, withoutAccountData } from "../../../server/src/ecs/accountData";
import { connectEcs } from "../../../server/src/ecs/aws";
import { compareExpression } from "../../../server/src/ecs/compareExpression";
import { describeForAnyDoor } from "../../../server/src/ecs/remedy";
import { idsOf } from "../../support/localEndpoint";
import { startRecordedEcs } from "../../support/recordedEcs";

async function stage(context: TestContext, instances = 4) {
  const recorded = await startRecordedEcs(context, { instances });
  assert.ok(!isLoopbackEndpoint(recorded.url));
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "eu-west-1" });
  const ecs = await connectEcs({ endpointUrl: recorded.url });
  context.after(() => ecs.close());
  const { containerInstanceArns } = await recorded.call("ListContainerInstances");
  const arns: string[] = [...containerInstanceArns].sort();
  const put = (index: number, name: string, value: string) =>
    recorded.call("PutAttributes", { attributes: [{ name, value, targetId: arns[index] }] });
  const compare = (expression: string) =>
    compareExpression(ecs, { cluster: "default", expression, version: "1.2.3" });
  /** What ECS answers to a filter, in place of what the endpoint would. */
  const ecsSelects = (answer: (expression: string, round: number) => readonly string[] | Error) => {
    let round = 0;
    recorded.before(async (operation, body) => {
      const { filter } = JSON.parse(body);
      if (operation !== "ListContainerInstances" || filter === undefined) return undefined;
      round += 1;
      const answered = answer(filter, round);
      if (answered instanceof Error)
        return { status: 400, body: { __type: answered.name, message: answered.message } };
      return { status: 200, body: { containerInstanceArns: answered } };
    });
  };
  return { ...recorded, arns, ids: idsOf(arns), put, compare, ecsSelects };
}

test("the embedded endpoint reads expressions as we do", async (context) => {
  const { compare, put, ids } = await stage(context);
  await put(1, "env", "prod");
  for (const [expression, count] of [
    ["attribute:env == prod", 1],
    ["attribute:env != prod", 0],
    ["not(attribute:env == prod)", 3],
    ["agentConnected == true", 4],
    ["attribute:ecs.instance-type =~ m5.*", 4],
  ] as const) {
    const found = await compare(expression);
    assert.equal(found.agrees, true, expression);
    assert.equal(found.ours.matched.length, count, expression);
    assert.deepEqual(found.ecs.matched, found.ours.matched);
    assert.equal(found.bugReport, undefined);
  }
  assert.deepEqual((await compare("attribute:env == prod")).ours.matched, [ids[1]]);
});

test("an expression that both refuse is no difference", async (context) => {
  const { compare } = await stage(context);
  const found = await compare("attribute:env ==");
  assert.equal(found.agrees, true);
  assert.ok(found.ecs.refused !== undefined && found.ours.refused !== undefined);
});

test("a difference names the instances on both sides and comes with a report without account data", async (context) => {
  const { compare, put, arns, ids, ecsSelects } = await stage(context);
  await put(0, "env", "prod");
  await put(1, "owner", "123456789012");
  ecsSelects(() => [arns[2] ?? "", arns[3] ?? ""]);
  const found = await compare("attribute:env == prod or attribute:owner == 123456789012");
  assert.equal(found.agrees, false);
  assert.deepEqual(
    [found.onlyEcs.map((it) => it.id), found.onlyOurs.map((it) => it.id)],
    [
      [ids[2], ids[3]],
      [ids[0], ids[1]],
    ],
  );
  assert.match(found.onlyOurs[0]?.because ?? "", /env is prod/);
  const report = found.bugReport ?? "";
  assert.match(report, /^Version: 1\.2\.3$/m);
  assert.match(report, /^Expression: attribute:env == prod or attribute:owner == ACCOUNT$/m);
  assert.match(report, /env is not set/);
  assert.ok(!/\d{12}|arn:|[0-9a-f]{32}/.test(report), report);
});

test("ECS that refuses what we take, and takes what we refuse, differs", async (context) => {
  const { compare, ecsSelects, arns } = await stage(context);
  const refusal = Object.assign(new Error("Invalid expression."), { name: "InvalidParameterException" });
  ecsSelects(() => refusal);
  const refused = await compare("attribute:env == prod");
  assert.equal(refused.agrees, false);
  assert.match(refused.bugReport ?? "", /Amazon ECS answers: Invalid expression\./);
  ecsSelects(() => arns);
  const taken = await compare("attribute:env = prod");
  assert.equal(taken.agrees, false);
  assert.match(taken.sentence, /ECS takes the expression and selects 4 of 4/);
});

test("what differs only for a moment is no difference", async (context) => {
  const { compare, put, arns, ecsSelects } = await stage(context);
  await put(0, "env", "prod");
  ecsSelects((_, round) => (round === 1 ? arns : arns.slice(0, 1)));
  assert.equal((await compare("attribute:env == prod")).agrees, true);
});

test("what nobody here can decide is told with ECS's answer", async (context) => {
  const { compare, put, arns, ids, ecsSelects } = await stage(context);
  await put(0, "size", "5");
  ecsSelects(() => arns.slice(0, 1));
  const found = await compare("attribute:size > 3");
  assert.equal(found.agrees, true);
  assert.deepEqual(
    found.undecided.filter((it) => it.selectedByEcs).map((it) => it.id),
    [ids[0]],
  );
});

test("a call that fails for another reason is no difference but an error", async (context) => {
  const { compare, ecsSelects } = await stage(context);
  ecsSelects(() => Object.assign(new Error("no"), { name: "AccessDeniedException" }));
  await assert.rejects(compare("attribute:env == prod"), (error: Error & { remedy?: string }) => {
    assert.match(describeForAnyDoor(error), /ecs:ListContainerInstances/);
    return true;
  });
});

test("account data is taken out of a text wherever it stands", () => {
  const text =
    "arn:aws:ecs:eu-west-1:123456789012:container-instance/c/0123456789abcdef0123456789abcdef and 123456789012, i-0123456789abcdef0 in vpc-01234567 or 0f9de17a-a4f0-4fa5-b5bd-2ac1a8e0b2c3.";
  assert.equal(withoutAccountData(text), "ARN and ACCOUNT, i-ID in vpc-ID or ID.");
  assert.equal(withoutAccountData("attribute:env == prod-1"), "attribute:env == prod-1");
});

test("accounts are masked in ARNs, image names and wherever else their numbers stand", () => {
  const snapshot = JSON.stringify({
    arn: "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/c",
    image: "444455556666.dkr.ecr.eu-west-1.amazonaws.com/agent:1",
    startedBy: "111122223333 by hand",
    attribute: "1111222233334",
    bytes: 123456789012,
  });
  assert.equal(
    maskAccounts(snapshot),
    snapshot
      .replace("cn-north-1:111122223333", "cn-north-1:000000000000")
      .replace("444455556666", "000000000000")
      .replace("111122223333 by", "000000000000 by"),
  );
  assert.equal(maskAccounts("{}"), "{}");
});
