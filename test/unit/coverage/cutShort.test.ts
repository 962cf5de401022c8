// make-room that is cut short at every step: nothing is stopped twice, nothing is claimed that was not seen, and an
// instance that was drained takes tasks again, or the way back is said.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startRoomStage } from "../../support/roomStage";

const denied = {
  status: 400,
  body: { __type: "AccessDeniedException", message: "The key was taken away." },
};

/** Cuts the call of this number and all after it; answers what was sent before. */
async function cutAt(context: TestContext, way: string, step: number) {
  const it = await startRoomStage(context);
  const tasks: string[] = [];
  let calls = 0;
  let isCut = false;
  it.before(async (operation, body) => {
    calls += 1;
    isCut ||= calls > step;
    if (isCut) return denied;
    if (operation === "StopTask") tasks.push(JSON.parse(body).task);
    return undefined;
  });
  const done = await it.run(way);
  it.before(undefined);
  return { ...it, ...done, isCut, tasks };
}

/** Every call until the first look after the change; of the looks that follow, which are all the same, some. */
const next = (step: number): number => (step < 26 ? 1 : 12);

test("stopping: cut off at any call, at most one task was stopped once, and the end is not guessed", async (context) => {
  let ends = 0;
  for (let step = 0; ends === 0; step += next(step)) {
    assert.ok(step < 200, "The work never ends.");
    const { code, complaints, results, isCut, tasks, runs } = await cutAt(context, "stop", step);
    assert.ok(tasks.length <= 1, `${step}: ${tasks.length} stops`);
    if (!isCut) {
      ends += 1;
      assert.equal(code, 0);
      continue;
    }
    assert.notEqual(code, 0, `${step}`);
    assert.ok(
      results.every((it) => it.outcome !== "healed"),
      `${step}`,
    );
    const claims = results.flatMap((it) => it.stopped);
    if (tasks.length === 0) {
      assert.deepEqual(claims, [], `${step}`);
      assert.doesNotMatch(complaints, /Stopping a task/, `${step}`);
    } else {
      assert.deepEqual(claims, tasks, `${step}`);
      assert.match(results[0].detail, /not known|asked to stop|After the time/, `${step}`);
      // ECS goes on by itself.
      assert.equal(await runs("agent"), true, `${step}`);
    }
  }
});

test("draining: cut off at any call, the instance is ACTIVE or the way back is said", async (context) => {
  let ends = 0;
  for (let step = 0; ends === 0; step += next(step)) {
    assert.ok(step < 200, "The work never ends.");
    const { code, complaints, results, isCut, status, full, ec2 } = await cutAt(context, "drain", step);
    if (!isCut) {
      ends += 1;
      assert.equal(await status(), "ACTIVE");
      continue;
    }
    assert.notEqual(code, 0, `${step}`);
    assert.ok(
      results.every((it) => it.outcome !== "healed"),
      `${step}`,
    );
    if ((await status()) === "ACTIVE") {
      assert.doesNotMatch(`${complaints} ${results[0]?.detail}`, /may still be DRAINING/, `${step}`);
      continue;
    }
    assert.match(
      complaints,
      new RegExp(`${ec2} may still be DRAINING.*update-container-instances-state .*${full} --status ACTIVE`),
      `${step}`,
    );
    assert.match(results[0].detail, /may still be DRAINING/);
  }
});

test("a drain that is cancelled leaves the instance ACTIVE", async (context) => {
  const { before, run, status, operations, ec2 } = await startRoomStage(context);
  const controller = new AbortController();
  let isDraining = false;
  before(async (operation) => {
    if (operation === "UpdateContainerInstancesState") isDraining = true;
    else if (isDraining) controller.abort();
    return undefined;
  });
  const { code, complaints, output } = await run("drain", controller.signal);
  assert.notEqual(code, 0);
  assert.equal(output, "");
  assert.equal(await status(), "ACTIVE");
  assert.ok(complaints.includes(`${ec2} is ACTIVE again.`));
  assert.equal(operations.filter((it) => it === "UpdateContainerInstancesState").length, 2);
});

test("a drain whose answer is lost is put back all the same", async (context) => {
  const { after, run, status } = await startRoomStage(context);
  let left = 1;
  after((operation) => {
    if (operation !== "UpdateContainerInstancesState" || left === 0) return undefined;
    left -= 1;
    return {};
  });
  const { code, results } = await run("drain");
  assert.notEqual(code, 0);
  assert.equal(results[0].outcome, "cut-off");
  assert.match(results[0].detail, /is ACTIVE again/);
  assert.equal(await status(), "ACTIVE");
});

test("an instance that somebody else drains in the meantime stays as it is", async (context) => {
  const { before, call, run, status, full, operations } = await startRoomStage(context);
  let asked = 0;
  before(async (operation) => {
    if (operation !== "GetTaskProtection") return undefined;
    asked += 1;
    if (asked === 1)
      await call("UpdateContainerInstancesState", { containerInstances: [full], status: "DRAINING" });
    return undefined;
  });
  const { code, results } = await run("drain");
  assert.equal(code, 1);
  assert.equal(results[0]?.outcome, "changed");
  assert.equal(await status(), "DRAINING");
  assert.ok(!operations.includes("UpdateContainerInstancesState"));
});

test("a stop that ECS refuses is not claimed, and one whose answer is lost is said to be unknown", async (context) => {
  const refused = await startRoomStage(context);
  refused.before(async (operation) => (operation === "StopTask" ? denied : undefined));
  const first = await refused.run("stop");
  assert.notEqual(first.code, 0);
  assert.deepEqual(first.results, []);
  assert.match(first.complaints, /StopTask/);
  const lost = await startRoomStage(context);
  lost.after((operation) => (operation === "StopTask" ? {} : undefined));
  const second = await lost.run("stop");
  assert.notEqual(second.code, 0);
  assert.equal(second.results[0].outcome, "cut-off");
  assert.match(second.results[0].detail, /not known/);
  assert.equal(lost.operations.filter((it) => it === "StopTask").length, 1);
});
