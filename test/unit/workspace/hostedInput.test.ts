// What of a resource in a template or module is sent: without what its host does not send.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { hostedInput } from "../../../server/src/core/workspace/hostedInput";

const service = (strategy: string, minimum: number) => `resource "aws_ecs_service" "a" {
  name                               = "a"
  task_definition                    = "a:1"
  scheduling_strategy                = "${strategy}"
  desired_count                      = 3
  deployment_maximum_percent         = 200
  deployment_minimum_healthy_percent = ${minimum}
}
`;

const sent = (text: string) => {
  const [resource] = openResources("main.tf", text);
  assert.ok(resource);
  return hostedInput(resource).input;
};

test("of a daemon in Terraform no count, no maximum, and no minimum of 100 is sent", () => {
  const names = { serviceName: "a", taskDefinition: "a:1", schedulingStrategy: "DAEMON" };
  assert.deepEqual(sent(service("DAEMON", 100)), names);
  assert.deepEqual(sent(service("DAEMON", 50)), {
    ...names,
    deploymentConfiguration: { minimumHealthyPercent: 50 },
  });
  assert.deepEqual(sent(service("REPLICA", 100)), {
    ...names,
    schedulingStrategy: "REPLICA",
    desiredCount: 3,
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
  });
});
