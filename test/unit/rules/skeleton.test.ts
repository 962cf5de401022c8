import assert from "node:assert/strict";
import { test } from "node:test";
import { inputShape, shapeNamed } from "../../../server/src/core/api/apiModel";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applyEdits } from "../../support/markers";

/** What `aws ecs … --generate-cli-skeleton` prints: every member, empty; `pick` chooses among enum values. */
function skeletonOf(shapeName: string, pick: number): unknown {
  const shape = shapeNamed(shapeName);
  switch (shape.type) {
    case "structure":
      return Object.fromEntries(
        Object.entries(shape.members ?? {}).map(([name, member]) => [name, skeletonOf(member, pick)]),
      );
    case "list":
      return [skeletonOf(shape.item ?? "String", pick)];
    case "map":
      return { KeyName: skeletonOf(shape.value ?? "String", pick) };
    case "string":
      return shape.enum ? shape.enum[pick % shape.enum.length] : "";
    case "boolean":
      return true;
    case "document":
      return {};
    default:
      return 0;
  }
}

for (const operation of ["registerTaskDefinition", "createService", "updateService"] as const) {
  test(`a skeleton of ${operation} has one finding, whose fix leaves an input`, () => {
    for (let pick = 0; pick < 12; pick += 1) {
      const text = JSON.stringify(skeletonOf(inputShape(operation), pick), undefined, 4);
      const found = validateDocument(openResource("my-agent.json", text));
      assert.deepEqual(
        found.map((it) => it.code),
        ["cli-skeleton"],
      );
      const mended = applyEdits(text, found[0]!.fixes![0]!.edits);
      assert.deepEqual(validateDocument(openResource("my-agent.json", mended)), []);
    }
  });
}

test("what somebody filled in stays, and what it needs", () => {
  const skeleton = skeletonOf("RegisterTaskDefinitionRequest", 1) as {
    family: string;
    networkMode: string;
    containerDefinitions: Record<string, unknown>[];
  };
  skeleton.family = "datadog";
  Object.assign(skeleton.containerDefinitions[0]!, {
    name: "agent",
    image: "datadog/agent:7",
    memory: 512,
    dependsOn: [{ containerName: "", condition: "START" }],
    environmentFiles: [{ value: "arn:aws:s3:::config/agent.env", type: "s3" }],
  });
  const text = JSON.stringify(skeleton);
  const [found] = validateDocument(openResource("x.json", text));
  assert.deepEqual(JSON.parse(applyEdits(text, found!.fixes![0]!.edits)), {
    family: "datadog",
    containerDefinitions: [
      {
        name: "agent",
        image: "datadog/agent:7",
        memory: 512,
        environmentFiles: [{ value: "arn:aws:s3:::config/agent.env", type: "s3" }],
      },
    ],
  });
});
