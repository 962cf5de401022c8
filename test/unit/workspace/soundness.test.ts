import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { isFilledByDeployment } from "../../../server/src/core/workspace/soundness";

/** Codes of a daemon file, with whether deploying fills in what they are about. */
function filled(daemon: object): readonly (readonly [code: string, isFilled: boolean])[] {
  return validateDocument(openResource("agent.daemon.json", JSON.stringify(daemon)))
    .filter((it) => it.severity === "error" || it.code === "not-an-arn")
    .map((it) => [it.code, isFilledByDeployment(it)]);
}

test("deploying a daemon fills in the names and ARNs that the cluster knows, and nothing else", () => {
  const daemonTaskDefinitionArn = "agent";
  const name = "agent";
  assert.deepEqual(filled({ daemonName: name, daemonTaskDefinitionArn, capacityProviderArns: ["fleet"] }), [
    ["not-an-arn", true],
    ["not-an-arn", true],
  ]);
  const onFargate = { daemonName: name, daemonTaskDefinitionArn, capacityProviderArns: ["FARGATE"] };
  assert.deepEqual(filled(onFargate), [
    ["not-an-arn", true],
    ["not-an-arn", false],
  ]);
  const tags = [{ value: "x" }];
  const open = filled({ daemonTaskDefinitionArn, daemonName: name, tags });
  assert.ok(open.some(([code, isFilled]) => code === "missing-member" && isFilled));
  assert.ok(
    open.every(([code, isFilled]) => isFilled || code !== "not-an-arn"),
    JSON.stringify(open),
  );
});
