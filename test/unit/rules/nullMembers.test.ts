// A property that is null has one diagnostic: it is not there, so nothing follows from it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inputShape, shapeNamed } from "../../../server/src/core/api/apiModel";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";

const onEc2 = { family: "agent", containerDefinitions: [{ name: "agent", image: "nginx", memory: 64 }] };
const onFargate = {
  family: "agent",
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  requiresCompatibilities: ["FARGATE"],
  containerDefinitions: [{ name: "agent", image: "nginx" }],
};

const codesOf = (value: unknown) =>
  validateDocument(openResource("agent.taskdef.json", JSON.stringify(value))).map((it) => it.code);

const membersOf = (shape: string) => Object.keys(shapeNamed(shape).members ?? {});

for (const [name, base] of Object.entries({ "an EC2": onEc2, "a Fargate": onFargate })) {
  const [container] = base.containerDefinitions;
  const withContainer = (more: object) => ({ ...base, containerDefinitions: [{ ...container, ...more }] });

  test(`no property of ${name} task definition means anything while it is null`, () => {
    assert.deepEqual(codesOf(base), []);
    for (const member of membersOf(inputShape("registerTaskDefinition"))) {
      if (Object.hasOwn(base, member)) continue;
      assert.deepEqual(codesOf({ ...base, [member]: null }), ["null-value"], member);
    }
    for (const member of membersOf("ContainerDefinition")) {
      if (container && Object.hasOwn(container, member)) continue;
      assert.deepEqual(codesOf(withContainer({ [member]: null })), ["null-value"], member);
    }
  });

  test(`no Linux parameter of ${name} task definition means anything while it is null`, () => {
    for (const member of membersOf("LinuxParameters"))
      assert.deepEqual(
        codesOf(withContainer({ linuxParameters: { [member]: null } })),
        ["null-value"],
        member,
      );
  });

  test(`no kind of volume of ${name} task definition means anything while it is null`, () => {
    for (const member of membersOf("Volume").filter((it) => it !== "name")) {
      const codes = codesOf({
        ...withContainer({ mountPoints: [{ sourceVolume: "data", containerPath: "/data" }] }),
        volumes: [{ name: "data", [member]: null }],
      });
      assert.deepEqual(codes, ["null-value"], member);
    }
  });
}

test("a required property that is null is not reported as missing, too", () => {
  for (const member of ["name", "image", "memory"])
    assert.deepEqual(
      codesOf({ ...onEc2, containerDefinitions: [{ ...onEc2.containerDefinitions[0], [member]: null }] }),
      ["null-value"],
      member,
    );
});
