// Fleets and snapshots: each property with values of its type and of others, names and values of attributes at their limits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { instanceStatuses } from "../../../server/src/core/api/instanceStatuses";
import { largestFleet } from "../../../server/src/core/cluster/fleet";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { afterFix, lines, messages, text, unknown } from "../../support/checkedInputs";

const file = "a.ecs-fleet.json";
const snapshotFile = "a.ecs-cluster.json";
const group = (more: object = {}) => ({ count: 1, instanceType: "m5.large", zones: ["eu-west-1a"], ...more });
const fleet = (...groups: readonly unknown[]) => ({ groups });
const of = (document: object) => lines(document, {}, file);
const ofGroup = (more: object) => of(fleet(group(more)));

test("a fleet is a list of groups", () => {
  assert.deepEqual(of(fleet()), []);
  for (const name of [file, snapshotFile])
    for (const text of ["", " ", "[", '"x"'])
      validateDocument(openResource(name, text), { onRuleFault: (codes) => assert.fail(codes.join()) });
  assert.deepEqual(of({}), ["fleet-without-groups at {"]);
  assert.deepEqual(of({ groups: 1 }), ["fleet-without-groups at 1"]);
  assert.deepEqual(of({ groups: {} }), ["fleet-without-groups at {"]);
  for (const it of [{ groups: unknown }, { [unknown]: 1 }]) assert.deepEqual(of(it), []);
  assert.deepEqual(of({ group: [group()] }), ["fleet-unknown-member at group: !Change to 'groups'"]);
  assert.deepEqual(of({ ...fleet(group()), grups: [] }), ["fleet-unknown-member at grups: Remove 'grups'"]);
  assert.deepEqual(of({ ...fleet(group()), $schema: "x" }), []);
  assert.deepEqual(of(fleet(1)), ["fleet-wrong-value at 1"]);
  assert.deepEqual(of(fleet(unknown)), []);
});

test("numbers of a group are whole, and have an end", () => {
  const least = { count: 0, cpu: 1, memory: 1 };
  for (const [name, first] of Object.entries(least)) {
    const given = (value: unknown) =>
      ofGroup({
        [name]: value,
        ...(name === "count" ? {} : { instanceType: undefined, cpu: 1, memory: 1, [name]: value }),
      }).filter((it) => !it.startsWith("fleet-empty"));
    for (const it of [first, first + 1, unknown]) assert.deepEqual(given(it), [], `${name} ${it}`);
    assert.deepEqual(given(first - 1), [`fleet-wrong-value at ${first - 1}`]);
    assert.deepEqual(given(1.5), ["fleet-wrong-value at 1.5"]);
    assert.deepEqual(given("12"), ["fleet-wrong-value at 12: !Change to 12"]);
    for (const it of ["x", true]) assert.deepEqual(given(it), [`fleet-wrong-value at ${it}`]);
    assert.deepEqual(given({}), ["fleet-wrong-value at {"]);
  }
  assert.deepEqual(ofGroup({ count: 0 }), ["fleet-empty-group at 0"]);
  const said = (count: unknown) => messages(fleet(group({ count })), {}, file)[0] ?? "";
  assert.match(said({}), /an object/);
  assert.match(said([]), /a list/);
  assert.match(said("x"), /the text "x"/);
  assert.match(said(true), /true/);
  assert.match(said(-1), /at least 0.*-1/);
});

test("the size of a group is that of its type, or its own", () => {
  const own = { cpu: 1024, memory: 1024 };
  for (const it of [
    {},
    own,
    { ...own, instanceType: undefined },
    { ...own, instanceType: "x9.huge" },
    { instanceType: unknown },
    { instanceType: "x9.huge", [unknown]: 1 },
  ])
    assert.deepEqual(ofGroup(it), [], JSON.stringify(it));
  assert.deepEqual(ofGroup({ instanceType: undefined }), ["fleet-group-without-size at {"]);
  assert.deepEqual(ofGroup({ instanceType: undefined, cpu: 1 }), ["fleet-group-without-size at {"]);
  assert.deepEqual(ofGroup({ instanceType: undefined, cpu: 1, [unknown]: 1 }), []);
  for (const it of ["", 5, {}])
    assert.equal(ofGroup({ instanceType: it })[0]?.split(" ")[0], "fleet-wrong-value");
  assert.deepEqual(ofGroup({ instanceType: "m5.lrge" }), [
    "fleet-unknown-instance-type at m5.lrge: Change to 'm5.large'",
  ]);
  assert.deepEqual(ofGroup({ instanceType: "huge" }), ["fleet-unknown-instance-type at huge"]);
  assert.deepEqual(ofGroup({ instanceType: "huge", cpu: 1 }), ["fleet-unknown-instance-type at huge"]);
  assert.deepEqual(ofGroup({ instanceType: undefined, instanceTyp: "m5.large" }), [
    "fleet-unknown-member at instanceTyp: !Change to 'instanceType'",
  ]);
  assert.deepEqual(ofGroup({ instanceType: "huge", cpu: 1, memry: 1 }), [
    "fleet-unknown-member at memry: !Change to 'memory'",
  ]);
});

test("zones, states and flags are of their types", () => {
  for (const it of [[], [unknown], unknown, undefined]) assert.deepEqual(ofGroup({ zones: it }), []);
  assert.deepEqual(ofGroup({ zones: "eu-west-1a" }), ["fleet-wrong-value at eu-west-1a: !Change to a list"]);
  assert.deepEqual(afterFix(fleet(group({ zones: "eu-west-1a" })), "Change to a list", file), fleet(group()));
  for (const it of ["", 1]) assert.deepEqual(ofGroup({ zones: it }), [`fleet-wrong-value at ${it}`]);
  for (const it of ["", 1]) assert.deepEqual(ofGroup({ zones: [it] }), [`fleet-wrong-value at ${it}`]);
  for (const it of [...instanceStatuses, unknown]) assert.deepEqual(ofGroup({ status: it }), []);
  assert.deepEqual(ofGroup({ status: "DRAINIG" }), ["fleet-wrong-value at DRAINIG: !Change to 'DRAINING'"]);
  for (const it of ["GONE", 1]) assert.deepEqual(ofGroup({ status: it }), [`fleet-wrong-value at ${it}`]);
  for (const it of [true, false, unknown]) assert.deepEqual(ofGroup({ agentConnected: it }), []);
  for (const it of ["yes", 1])
    assert.deepEqual(ofGroup({ agentConnected: it }), [`fleet-wrong-value at ${it}`]);
});

test("attributes have names and values of 128 characters", () => {
  const attribute = (name: string, value: unknown) => ofGroup({ attributes: { [name]: value } });
  for (const it of ["env", "a.b-c_d/e", text(128)]) assert.deepEqual(attribute(it, "x"), [], it);
  for (const it of ["a b", text(129), "a!"])
    assert.deepEqual(attribute(it, "x"), [`attribute-name at ${it}`]);
  for (const it of ["x", "a b", "a_.@/\\:-", text(128), null, unknown])
    assert.deepEqual(attribute("env", it), [], `${it}`);
  for (const it of ["", " x", "x ", text(129), "a!"])
    assert.deepEqual(attribute("env", it), [`attribute-value at ${it}`], it);
  assert.deepEqual(attribute("ecs.outpost-arn", text(129)), []);
  for (const it of [5, true])
    assert.deepEqual(attribute("env", it), [`attribute-type at ${it}: !Change to "${it}"`]);
  assert.deepEqual(attribute("env", {}), ["fleet-wrong-value at {"]);
  assert.deepEqual(attribute("env", []), ["fleet-wrong-value at ["]);
  assert.deepEqual(ofGroup({ attributes: "x" }), ["fleet-wrong-value at x"]);
  assert.deepEqual(ofGroup({ attributes: unknown }), []);
});

test("capacity providers of a fleet have names", () => {
  const providers = (capacityProviders: unknown) => of({ ...fleet(group()), capacityProviders });
  for (const it of [[], [{ name: "a" }], [{ name: unknown }], [unknown], unknown, [{ [unknown]: 1 }]])
    assert.deepEqual(providers(it), [], JSON.stringify(it));
  assert.deepEqual(providers(1), ["fleet-wrong-value at 1"]);
  assert.deepEqual(providers([1]), ["fleet-wrong-value at 1"]);
  assert.deepEqual(providers([{}]), ["fleet-wrong-value at {"]);
  for (const it of ["", 1]) assert.deepEqual(providers([{ name: it }]), [`fleet-wrong-value at ${it}`]);
  assert.deepEqual(providers([{ nam: "a" }]), ["fleet-unknown-member at nam: !Change to 'name'"]);
});

test("what comes behind the group that is too large is not too large as well", () => {
  const counts = (...all: readonly number[]) =>
    of(fleet(...all.map((count) => group({ count })))).filter((it) => it.startsWith("fleet-too"));
  assert.deepEqual(counts(largestFleet, 1, 1), ["fleet-too-large at 1"]);
  assert.deepEqual(counts(largestFleet + 1, 1), [`fleet-too-large at ${largestFleet + 1}`]);
  assert.deepEqual(counts(-1, largestFleet), []);
});

const instance = (id: string, more: object = {}) => ({
  containerInstanceArn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/prod/${id}`,
  status: "ACTIVE",
  agentConnected: true,
  registeredResources: [],
  remainingResources: [],
  attributes: [],
  ...more,
});
const ofSnapshot = (document: object) =>
  lines(document, {}, snapshotFile).filter((it) => !it.startsWith("snapshot-assumption"));

test("container instances of a snapshot are there once, with attributes that ECS gives", () => {
  const snapshot = (...containerInstances: readonly object[]) => ({ containerInstances });
  assert.deepEqual(ofSnapshot(snapshot(instance("a"), instance("b"))), []);
  const [line = "", ...others] = ofSnapshot(snapshot(instance("a"), instance("a")));
  assert.ok(line.startsWith("snapshot-duplicate-instance at arn:") && others.length === 0, line);
  assert.match(
    messages(snapshot(instance("a"), instance("a")), {}, snapshotFile).join(),
    /instance a occurs twice/,
  );
  assert.deepEqual(ofSnapshot(snapshot()), ["snapshot-empty at ["]);
  const attributed = (name: string, value: unknown) =>
    ofSnapshot(snapshot(instance("a", { attributes: [{ name, value }] })));
  assert.deepEqual(attributed("env", "prod"), []);
  assert.deepEqual(attributed("a b", "prod"), ["attribute-name at a b"]);
  assert.deepEqual(attributed("env", "x "), ["attribute-value at x "]);
});
