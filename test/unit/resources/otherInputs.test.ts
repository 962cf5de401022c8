// Inputs of operations that no file of ours is for are left alone, whatever the file is called.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";

const placement = [{ type: "memberOf", expression: "attribute:env = prod" }];
const inputs: Readonly<Record<string, object>> = {
  RunTask: { taskDefinition: "agent:3", count: 2, overrides: {}, placementConstraints: placement },
  "RunTask, named": { taskDefinition: "agent:3", startedBy: "ci" },
  StartTask: { taskDefinition: "agent:3", containerInstances: ["0123456789abcdef0123456789abcdef"] },
  "what a task overrides": { containerOverrides: [{ name: "agent" }], cpu: "256", taskRoleArn: "agent" },
  CreateTaskSet: { service: "agent", taskDefinition: "agent:3", launchType: "EC2", scale: { value: 50 } },
  CreateExpressGatewayService: { serviceName: "web", executionRoleArn: "web", primaryContainer: {} },
  UpdateContainerInstancesState: { cluster: "prod", containerInstances: ["1", "2"], status: "DRAINING" },
  DescribeContainerInstances: { cluster: "prod", containerInstances: ["1"] },
};
const files = ["input.json", "agent.service.json", "ecs-service-def.json", "task-definition-overrides.json"];

for (const [operation, input] of Object.entries(inputs))
  test(`the input of ${operation} is none of ours`, () => {
    for (const file of files) assert.equal(openResource(file, JSON.stringify(input)).kind, undefined, file);
  });

test("a service or task definition with such a property is still one", () => {
  const service = { serviceName: "agent", taskDefinition: "agent:3", overrides: {} };
  const update = { service: "agent", taskDefinition: "agent:3", desiredCount: 1, scale: 1 };
  const definition = { family: "agent", containerDefinitions: [], containerOverrides: [] };
  assert.equal(openResource("a.json", JSON.stringify(service)).kind, "service");
  assert.equal(openResource("a.json", JSON.stringify(update)).kind, "service");
  assert.equal(openResource("a.json", JSON.stringify(definition)).kind, "taskDefinition");
});

test("a snapshot whose instances are names is one by its file name", () => {
  const text = JSON.stringify({ containerInstances: ["1"] });
  assert.equal(openResource("prod.ecs-cluster.json", text).kind, "clusterSnapshot");
  assert.equal(openResource("prod.json", text).kind, undefined);
});

test("a service of Consul is none of ours, an answer of ECS with a service is", () => {
  const consul = { service: { name: "web", port: 80, check: { args: ["curl", "localhost"] } } };
  const answer = { service: { serviceArn: "arn:aws:ecs:eu-west-1:123456789012:service/web", name: "x" } };
  for (const file of ["web.service.json", "web.json"]) {
    assert.equal(openResource(file, JSON.stringify(consul)).kind, undefined, file);
    assert.equal(openResource(file, JSON.stringify(answer)).kind, "service", file);
  }
});
