// A preview of a service whose task definition a condition chooses: by default, by given values, and from either side.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { PairingAnswer, PreviewAnswer } from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const text = `Parameters:
  Size: { Type: String, Default: small }
Conditions:
  IsSmall: !Equals [!Ref Size, small]
Resources:
  Small:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: a, Image: a, Memory: 64 }]
  Large:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: a, Image: a, Memory: 90000 }]
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !If [IsSmall, !Ref Small, !Ref Large]
      SchedulingStrategy: DAEMON
  Only:
    Type: AWS::ECS::TaskDefinition
    Condition: IsLarge
    Properties:
      ContainerDefinitions: [{ Name: a, Image: a, Memory: 64 }]
`.replace("Resources:", "  IsLarge: !Not [!Condition IsSmall]\nResources:");

test("the defaults choose, and given values count before them", async () => {
  const folder = temporaryFolder({
    "stack.yaml": text,
    "x.ecs-fleet.json": JSON.stringify({ groups: [{ count: 2, instanceType: "m5.large" }] }),
  });
  cleanups.push(folder.remove);
  const server = await startClient({
    folders: [folder.uri],
    initializationOptions: { cluster: folder.uriOf("x.ecs-fleet.json") },
  });
  cleanups.push(server.close);
  const uri = folder.uriOf("stack.yaml");
  server.open(uri, text, "yaml");
  const ask = async (id: string, values?: object) => {
    const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", {
      textDocument: { uri: `${uri}#${id}` },
      values,
    });
    assert.ok("sentence" in answer, JSON.stringify(answer));
    const documents = answer.documents?.map((it) => it.split("#")[1]);
    return { sentence: answer.sentence, documents, values: answer.values ?? [] };
  };
  const byDefault = await ask("Service");
  assert.equal(byDefault.sentence, "Lands on 2 of 2 container instances. With the default of Size, small.");
  assert.deepEqual(byDefault.documents, ["Small", "Service"]);
  assert.deepEqual(byDefault.values, [{ name: "Size", byDefault: "small" }]);
  const given = await ask("Service", { Size: "large" });
  assert.match(given.sentence, /^Lands on 0 of 2 .* With the given value of Size, large\.$/);
  assert.deepEqual(given.documents, ["Large", "Service"]);
  assert.deepEqual(given.values, [{ name: "Size", byDefault: "small", given: "large" }]);
  assert.deepEqual((await ask("Small")).documents, ["Small", "Service"]);
  const other = await ask("Small", { Size: "large" });
  assert.deepEqual(other.documents, ["Small"]);
  assert.deepEqual(other.values, [{ name: "Size", byDefault: "small", given: "large" }]);
  const only = await ask("Only");
  assert.match(only.sentence, / With the default of Size, small, Only is not created\.$/);
  const pairing = await server.request<PairingAnswer>("ecsDaemon/pairing", {
    textDocument: { uri: `${uri}#Service` },
  });
  assert.ok("candidates" in pairing, JSON.stringify(pairing));
  assert.deepEqual(
    [pairing.taskDefinition, pairing.by, pairing.candidates.length],
    [`${uri}#Small`, "only", 2],
  );
});
