// Daemon services: what the strategy forbids or makes pointless, each value, and services that count their instances.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterFix,
  daemon,
  definition,
  fargate,
  found,
  lines,
  messages,
  service,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const controllers = ["ECS", "CODE_DEPLOY", "EXTERNAL", unknown, undefined];
const controlled = (type: string | undefined) =>
  type === undefined ? {} : { deploymentController: { type } };

test("a daemon's healthy share below 100 percent stops small clusters from updating", () => {
  const of = (minimumHealthyPercent: unknown) =>
    lines(daemon({ deploymentConfiguration: { minimumHealthyPercent } }));
  for (const it of [0, unknown]) assert.deepEqual(of(it), []);
  for (const it of [1, 50, 99]) assert.deepEqual(of(it), [`daemon-minimum-percent at ${it}: Change to 0`]);
  const smallest = (percent: number) =>
    /fewer than (\d+)/.exec(
      messages(daemon({ deploymentConfiguration: { minimumHealthyPercent: percent } }))[0] ?? "",
    )?.[1];
  assert.deepEqual([1, 50, 51, 75, 99].map(smallest), ["2", "2", "3", "4", "100"]);
  const most = (maximumPercent: number) => lines(daemon({ deploymentConfiguration: { maximumPercent } }));
  assert.deepEqual(most(100), []);
  assert.deepEqual(most(101), ["daemon-maximum-percent at 101: !Change to 100"]);
});

test("what a daemon cannot have is removed, and what is empty or unknown is nothing", () => {
  const cases: readonly (readonly [name: string, value: unknown, code: string, isSafe: boolean])[] = [
    ["desiredCount", 1, "daemon-desired-count", true],
    ["placementStrategy", [{ type: "random" }], "daemon-placement-strategy", true],
  ];
  for (const [name, value, code, isSafe] of cases) {
    assert.deepEqual(lines(daemon({ [name]: value })), [
      `${code} at ${name}: ${isSafe ? "!" : ""}Remove '${name}'`,
    ]);
    assert.deepEqual(found(service({ [name]: value })), []);
  }
  assert.deepEqual(found(daemon({ placementStrategy: [] })), []);
  assert.deepEqual(found(daemon({ placementStrategy: unknown })), []);
  for (const launchType of ["FARGATE", "MANAGED_INSTANCES"])
    assert.deepEqual(lines(daemon({ launchType })), [`daemon-launch-type at ${launchType}: Change to 'EC2'`]);
  assert.deepEqual(lines(daemon({ launchType: "EXTERNAL" })), ["daemon-external at EXTERNAL"]);
  for (const launchType of ["EC2", unknown]) assert.deepEqual(found(daemon({ launchType })), []);
  for (const type of ["CODE_DEPLOY", "EXTERNAL"])
    assert.deepEqual(lines(daemon(controlled(type))), [`daemon-controller at ${type}: Change to 'ECS'`]);
  for (const type of ["ECS", unknown]) assert.deepEqual(found(daemon(controlled(type))), []);
  const providers = [{ capacityProvider: "hosts", weight: 1 }];
  assert.deepEqual(lines(daemon({ capacityProviderStrategy: providers })), [
    'daemon-capacity-provider at capacityProviderStrategy: !Replace by "launchType": "EC2"',
  ]);
  assert.ok(
    lines(daemon({ capacityProviderStrategy: providers, launchType: "EC2" })).some((it) =>
      it.endsWith("!Remove 'capacityProviderStrategy'"),
    ),
  );
  assert.deepEqual(lines(daemon({ availabilityZoneRebalancing: "ENABLED" })), [
    "daemon-zone-rebalancing at ENABLED: !Change to 'DISABLED'",
  ]);
  for (const it of ["DISABLED", unknown])
    assert.deepEqual(found(daemon({ availabilityZoneRebalancing: it })), []);
});

test("a definition for Fargate and Managed Instances alone runs no daemon", () => {
  const of = (requiresCompatibilities: unknown) =>
    lines(daemon({}), withTask(definition({ requiresCompatibilities, networkMode: "bridge" }))).filter((it) =>
      it.startsWith("daemon-launch-type"),
    );
  for (const it of [["FARGATE"], ["MANAGED_INSTANCES"], ["FARGATE", "MANAGED_INSTANCES"]])
    assert.deepEqual(of(it), ["daemon-launch-type at agent (agent.taskdef.json)"]);
  for (const it of [["EC2"], ["FARGATE", "EC2"], ["FARGATE", unknown], [unknown], [], unknown, undefined])
    assert.deepEqual(of(it), [], JSON.stringify(it));
  const never = (requiresCompatibilities: unknown, strategy = "DAEMON") => {
    const task = definition({ requiresCompatibilities, networkMode: "bridge" });
    return lines(task, withTask(task, service({ schedulingStrategy: strategy }))).filter((it) =>
      it.startsWith("never"),
    );
  };
  assert.deepEqual(never(["FARGATE"]), ['never-a-daemon at [ "FARGATE" ] (agent.service.json): Add "EC2"']);
  assert.deepEqual(never(["FARGATE"], "REPLICA"), []);
  for (const it of [["EC2"], ["FARGATE", unknown], unknown, []])
    assert.deepEqual(never(it), [], JSON.stringify(it));
});

test("a service that counts its instances by hand is a daemon", () => {
  const distinct = { placementConstraints: [{ type: "distinctInstance" }] };
  const of = (desiredCount: unknown, more: object = {}) =>
    found(service({ desiredCount, ...distinct, ...more })).includes("hand-made-daemon");
  assert.ok(of(100) && !of(99) && !of(unknown));
  assert.ok(!of(100, { placementConstraints: [] }));
  assert.ok(!of(100, { launchType: "FARGATE" }) && of(100, { launchType: "EC2" }));
  assert.ok(!of(100, { loadBalancers: [{ targetGroupArn: "x" }] }));
  assert.ok(!of(100, { capacityProviderStrategy: [{ capacityProvider: "x" }] }));
  assert.ok(!of(100, { schedulingStrategy: unknown }) && of(100, { schedulingStrategy: undefined }));
  assert.deepEqual(
    controllers.filter((it) => of(100, controlled(it))),
    ["ECS", unknown, undefined],
  );
});

test("the fix of a daemon's capacity provider strategy is the launch type in its place", () => {
  const document = daemon({ capacityProviderStrategy: [{ capacityProvider: "hosts" }] });
  assert.deepEqual(afterFix(document, 'Replace by "launchType": "EC2"'), daemon({ launchType: "EC2" }));
  assert.deepEqual(found(service({ launchType: "FARGATE" }), withTask(fargate({}))), [
    "network-configuration-missing",
  ]);
});
