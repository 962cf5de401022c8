import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { serverRejection } from "../../../server/src/core/rules/serverRejection";

const agent = { name: "agent", image: "agent:1", memory: 128 };
const definition = { family: "agent", containerDefinitions: [agent] };

test("ECS accepts what the editor does not underline", () => {
  assert.equal(serverRejection("registerTaskDefinition", definition), undefined);
  assert.equal(serverRejection("createService", { serviceName: "a", taskDefinition: "a" }), undefined);
});

test("a rejection has ECS's exception and words, slots filled", () => {
  const mountPoints = [{ sourceVolume: "ephemera", containerPath: "/x" }];
  assert.deepEqual(
    serverRejection("registerTaskDefinition", {
      family: "agent",
      containerDefinitions: [{ ...agent, mountPoints }],
    }),
    { exception: "ClientException", message: "Unknown volume 'ephemera'." },
  );
  assert.deepEqual(
    serverRejection("createService", {
      serviceName: "a",
      taskDefinition: "a",
      schedulingStrategy: "DAEMON",
      desiredCount: 0,
    }),
    {
      exception: "InvalidParameterException",
      message:
        "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    },
  );
});

test("an error without known words is answered in the diagnostic's own", () => {
  const rejection = serverRejection("registerTaskDefinition", {
    ...definition,
    placementConstraints: [{ type: "memberOf", expression: "attribute:env = prod" }],
  });
  assert.equal(rejection?.exception, "ClientException");
  assert.match(rejection?.message ?? "", /==/);
});

test("ECS overlooks unknown members and nulls, and warnings are no rejection", () => {
  const input = { ...definition, enviroment: [], cpu: null, volumes: [{ name: "unused" }] };
  assert.equal(serverRejection("registerTaskDefinition", input), undefined);
});

test("a null is as good as nothing: what needs the property is refused with it as without it", () => {
  const container = (more: object) => ({ ...definition, containerDefinitions: [{ ...agent, ...more }] });
  for (const [operation, member, make] of [
    ["registerTaskDefinition", "memory", (it: object) => container({ memory: undefined, ...it })],
    ["registerTaskDefinition", "command", (it: object) => container({ healthCheck: it })],
    ["registerTaskDefinition", "valueFrom", (it: object) => container({ secrets: [{ name: "A", ...it }] })],
    [
      "registerTaskDefinition",
      "expression",
      (it: object) => ({ ...definition, placementConstraints: [{ type: "memberOf", ...it }] }),
    ],
    [
      "registerTaskDefinition",
      "fileSystemId",
      (it: object) => ({ ...definition, volumes: [{ name: "v", efsVolumeConfiguration: it }] }),
    ],
    [
      "createService",
      "awsvpcConfiguration",
      (it: object) => ({ serviceName: "a", taskDefinition: "a", networkConfiguration: it }),
    ],
    [
      "createCapacityProvider",
      "infrastructureRoleArn",
      (it: object) => ({ name: "a", cluster: "c", managedInstancesProvider: it }),
    ],
  ] as const) {
    const without = serverRejection(operation, make({}));
    assert.deepEqual(serverRejection(operation, make({ [member]: null })), without, member);
    if (operation !== "createService") assert.notEqual(without, undefined, member);
  }
});

test("what looks like a placeholder is text to ECS", () => {
  const mountPoints = [{ sourceVolume: "$VOLUME", containerPath: "/x" }];
  const input = { family: "agent", containerDefinitions: [{ ...agent, mountPoints }] };
  assert.equal(serverRejection("registerTaskDefinition", input)?.message, "Unknown volume '$VOLUME'.");
});

test("a service is checked together with the registered task definition", () => {
  const registered = openResource(
    "agent.taskdef.json",
    JSON.stringify({ ...definition, networkMode: "awsvpc" }),
  );
  const rejection = serverRejection(
    "createService",
    { serviceName: "a", taskDefinition: "agent" },
    { findTaskDefinition: () => registered },
  );
  assert.equal(
    rejection?.message,
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  );
});

test("any JSON value is answered, never thrown at", () => {
  for (const input of [null, undefined, 1, "x", [], {}, { containerDefinitions: 1 }, { family: {} }]) {
    for (const operation of ["registerTaskDefinition", "createService", "updateService"] as const) {
      serverRejection(operation, input);
    }
  }
});
