// Every member of every request, at every depth: a value of another JSON type than the API model's is refused, whether
// the operation reads the member or not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ecsOperations } from "../../server/src/local/operations";
import { refuseWrongTypes } from "../../server/src/local/request/refuseWrongTypes";
import { requestShape } from "../../server/src/local/request/requestModel";
import { startTestEndpoint } from "../support/localEndpoint";

/** A value of each JSON type, and the types of the model that it is a value of. */
const values: readonly (readonly [unknown, RegExp])[] = [
  ["text", /^string$/],
  [1, /^(integer|long|double|timestamp)$/],
  [1.5, /^(double|timestamp)$/],
  [true, /^boolean$/],
  [[], /^list$/],
  [{}, /^(structure|map)$/],
];

/** Every place of a request with its type, and what makes a request of a value there. */
function* places(
  name: string,
  make: (value: unknown) => unknown,
  above: readonly string[] = [],
): Generator<{ readonly type: string; readonly make: (value: unknown) => unknown }> {
  const shape = requestShape(name);
  yield { type: shape.type, make };
  if (above.includes(name) || above.length > 12) return;
  const inside = [...above, name];
  for (const [member, type] of Object.entries(shape.members ?? {}))
    yield* places(type, (value) => make({ [member]: value }), inside);
  if (shape.item !== undefined) yield* places(shape.item, (value) => make([value]), inside);
  if (shape.value !== undefined) yield* places(shape.value, (value) => make({ key: value }), inside);
}

test("a value of another type is refused in every place of every operation's request", () => {
  let refused = 0;
  for (const operation of ecsOperations.keys()) {
    const members = Object.values(requestShape(`${operation}Request`).members ?? {});
    assert.ok(members.length > 0, `${operation} has a request in the model`);
    for (const { type, make } of places(`${operation}Request`, (value) => value)) {
      if (type === "document") continue;
      for (const [value, types] of values) {
        const request = make(value) as Record<string, unknown>;
        if (typeof request !== "object" || Array.isArray(request)) continue;
        const check = () => refuseWrongTypes(operation, request);
        if (types.test(type)) assert.doesNotThrow(check, `${operation} ${JSON.stringify(request)}`);
        else {
          assert.throws(check, { name: "SerializationException" }, `${operation} ${JSON.stringify(request)}`);
          refused += 1;
        }
      }
    }
  }
  assert.ok(refused > 5_000, `${refused} refused`);
});

test("the endpoint refuses what its operation would only keep", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const [operation, input, message] of [
    [
      "CreateCluster",
      { clusterName: "c", serviceConnectDefaults: { namespace: 1 } },
      "NUMBER_VALUE cannot be converted to String (in serviceConnectDefaults.namespace).",
    ],
    [
      "UpdateCluster",
      { cluster: "default", configuration: { managedStorageConfiguration: [] } },
      "Start of list found where not expected (in configuration.managedStorageConfiguration).",
    ],
    [
      "RunTask",
      { taskDefinition: "agent", overrides: { executionRoleArn: ["a"] } },
      "Start of list found where not expected (in overrides.executionRoleArn).",
    ],
    [
      "ListServiceDeployments",
      { service: "a", createdAt: { after: "2026-01-01" } },
      "STRING_VALUE cannot be converted to milliseconds since epoch (in createdAt.after).",
    ],
    [
      "RegisterContainerInstance",
      { totalResources: [{ name: "OTHER", integerValue: 2 ** 40 }] },
      "'integerValue' is 1099511627776, which is not a 32-bit integer (in totalResources[0].integerValue).",
    ],
  ] as const)
    await assert.rejects(call(operation, input), { name: "SerializationException", message });
});
