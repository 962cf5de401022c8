import assert from "node:assert/strict";
import { test } from "node:test";
import { createPackedAnswers } from "../../../client/src/preview/packedAnswers";
import { fleetOf, unpackPreview } from "../../../client/webview/model/unpackPreview";
import { withoutClauses } from "../../../server/src/lsp/preview/previewResult";
import { packPreview } from "../../../server/src/lsp/protocol/packedPreview";
import type { PackedPreviewParams, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { bigFleet, clauses, emptyCluster, everyVerdict, oneOfSix, previewOf } from "../../webview/samples";

/** As it comes out of the wire. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const whole = (result: PreviewResult) => sent({ attributes: [], ...withoutClauses(result) });

for (const [name, result] of Object.entries({
  everyVerdict,
  oneOfSix,
  clauses,
  emptyCluster,
  bigFleet: bigFleet(1000),
  odd: previewOf([
    { id: "__proto__", verdict: "place" },
    { id: "constructor", verdict: "unknown" },
  ]),
}))
  test(`a packed preview unpacks to the same without clauses: ${name}`, () => {
    const packed = sent(packPreview(result));
    const fleet = fleetOf(packed, undefined);
    assert.ok(fleet !== undefined);
    assert.deepEqual(sent(unpackPreview(packed, fleet)), whole(result));
  });

test("what two instances have in common is said once, and what differs by a number is not lost", () => {
  const reason = (available: number | string) => ({
    filter: "memory" as const,
    code: "insufficient-memory",
    message: "The same words.",
    available,
  });
  const result = previewOf([
    { id: "a", verdict: "blocked", reasons: [reason(1)] },
    { id: "b", verdict: "blocked", reasons: [reason(1)] },
    { id: "c", verdict: "blocked", reasons: [reason("1")] },
    { id: "d", verdict: "excluded", reasons: [reason(1)] },
    { id: "e", verdict: "blocked", reasons: [reason(1), reason("1")] },
  ]);
  const packed = packPreview(result);
  assert.equal(packed.reasons.length, 2);
  assert.deepEqual(packed.outcomeOf, [0, 0, 1, 2, 3]);
});

test("a keystroke in a fleet of thousands takes a few thousand bytes", () => {
  const fleet = bigFleet(5000);
  const before = packPreview(fleet);
  const after = packPreview({ ...fleet, sentence: "Another." }, before.fleet.id);
  assert.deepEqual(after.fleet, { id: before.fleet.id });
  const [long, short] = [JSON.stringify(withoutClauses(fleet)).length, JSON.stringify(after).length];
  assert.ok(short < long / 40, `${short} of ${long}`);
});

test("another cluster is another fleet, whatever it is called", () => {
  const [one, other] = [packPreview(bigFleet(10)), packPreview(bigFleet(10))];
  assert.notEqual(one.fleet.id, other.fleet.id);
  assert.ok("instances" in packPreview(bigFleet(10), one.fleet.id).fleet);
  const known = fleetOf(one, undefined);
  assert.equal(fleetOf({ ...other, fleet: { id: other.fleet.id } }, known), undefined);
});

/** A server with a cluster that can be exchanged, and everything that it was asked. */
function server(first: PreviewResult) {
  const asked: PackedPreviewParams[] = [];
  const state = { result: first, asked };
  const answers = createPackedAnswers(async (params) => {
    asked.push(params);
    return sent(packPreview(state.result, params.fleet));
  });
  return Object.assign(state, { answers });
}

const params = { textDocument: { uri: "file:///w/agent.taskdef.json" } };

test("the server is asked with the fleet that it sent, and the page gets each fleet once", async () => {
  const state = server(everyVerdict);
  const { answers } = state;
  const next = async () => {
    const result = await answers.ask(params);
    assert.ok(!("error" in result));
    assert.deepEqual(sent(result), whole(state.result));
    const told = answers.forPage(result);
    assert.ok("fleet" in told);
    return { isWhole: "instances" in told.fleet, result };
  };
  assert.equal((await next()).isWhole, true);
  assert.equal((await next()).isWhole, false);
  assert.notEqual(state.asked[1]?.fleet, undefined);
  state.result = oneOfSix;
  assert.equal((await next()).isWhole, true, "another cluster");
  const last = await next();
  assert.equal(last.isWhole, false);
  answers.pageLoaded();
  const again = answers.forPage(last.result);
  assert.ok("fleet" in again && "instances" in again.fleet, "a page that was loaded anew has nothing");
});

test("a server that names a fleet which nobody has is asked for all of it", async () => {
  const packed = packPreview(everyVerdict);
  let asked = 0;
  const answers = createPackedAnswers(async ({ fleet }) => {
    asked += 1;
    if (asked === 2) return { ...packed, fleet: { id: "of another time" } };
    assert.equal(fleet, undefined);
    return packed;
  });
  await answers.ask(params);
  const second = await answers.ask(params);
  assert.ok(!("error" in second) && second.instances.length === 7);
  assert.equal(asked, 3);
  const never = createPackedAnswers(async () => ({ ...packed, fleet: { id: "never sent" } }));
  assert.ok("error" in (await never.ask(params)));
});

test("a failure is passed on, and what is no packed answer goes to the page as it is", async () => {
  const failure = { error: { code: "no-cluster", message: "No cluster is selected." } };
  const answers = createPackedAnswers(async () => failure);
  assert.deepEqual(await answers.ask(params), failure);
  assert.equal(answers.forPage(everyVerdict), everyVerdict);
});
