import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { BaselineAnswer } from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const configuration = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:7", memory = 128 }])
}

resource "aws_ecs_service" "agent" {
  name                = "agent"
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == \${local.env}"
  }
}
`;

const instance = (id: string, env: string) => ({
  containerInstanceArn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/default/${id}`,
  status: "ACTIVE",
  agentConnected: true,
  remainingResources: [
    { name: "CPU", type: "INTEGER", integerValue: 1024 },
    { name: "MEMORY", type: "INTEGER", integerValue: 1024 },
  ],
  attributes: [{ name: "env", value: env }],
});

test("another text of a Terraform file still knows the names of its module's other files", async () => {
  const files = temporaryFolder({
    "main.tf": configuration,
    "locals.tf": 'locals {\n  env = "prod"\n}\n',
    "c.ecs-cluster.json": JSON.stringify({
      containerInstances: [instance("i-prod", "prod"), instance("i-dev", "dev")],
    }),
  });
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [files.uri],
    initializationOptions: { cluster: "c.ecs-cluster.json" },
  });
  cleanups.push(server.close);
  const uri = files.uriOf("main.tf");
  server.open(uri, configuration, "terraform");
  const verdicts = async (text: string) => {
    const answer = await server.request<BaselineAnswer>("ecsDaemon/baseline", {
      textDocument: { uri: `${uri}#aws_ecs_service.agent` },
      against: "texts",
      texts: { [uri]: text },
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer.verdicts;
  };
  const changed = configuration.replace("== ${local", "!= ${local");
  assert.deepEqual(await verdicts(changed), { "i-prod": "excluded", "i-dev": "place" });
});
