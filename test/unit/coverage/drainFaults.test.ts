// make-room where ECS or the machine fails around a drain: what was done on one instance is kept, what is gone is not called
// DRAINING, a drain that was killed is found again, and every sentence names the EC2 instance.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { person } from "../../support/recordedEcs";
import { startRoomStage } from "../../support/roomStage";

const update = "UpdateContainerInstancesState";
const error = (__type: string) => ({ status: 400, body: { __type, message: "Not now." } });

test("an instance that was left DRAINING is named by the next run, with the command that ends it", async (context) => {
  const { call, full, ec2, make, operations } = await startRoomStage(context);
  await call(update, { containerInstances: [full], status: "DRAINING" });
  const back = new RegExp(`take tasks again, run: aws ecs update-.* ${full} --status ACTIVE`);
  for (const way of ["stop", "drain", "tie"]) {
    const all = await make(["--all-missing", "--way", way]);
    assert.equal(all.code, 0);
    assert.match(all.complaints, new RegExp(`^${ec2} is DRAINING and left alone\\.`, "m"));
    assert.match(all.complaints, back);
    for (const name of [full, ec2]) {
      const one = await make(["--instance", name, "--way", way]);
      assert.notEqual(one.code, 0);
      assert.match(one.complaints, new RegExp(`${name} is DRAINING: no daemon starts there\\.`));
      assert.match(one.complaints, back);
      assert.doesNotMatch(one.complaints, /not missing/);
    }
  }
  assert.ok(!operations.includes(update));
});

/** What a run says, without the commands to be copied, whose arguments are ids of ECS. */
const sentences = (complaints: string, details: readonly string[]): string =>
  [complaints, ...details].join("\n").replace(/aws ecs .*/g, "");

test("every sentence names the EC2 instance, and none its 32 digits", async (context) => {
  const runs: [string, string, (stage: Awaited<ReturnType<typeof startRoomStage>>) => void][] = [
    ["stop", "healed", () => {}],
    ["drain", "healed", () => {}],
    ["tie", "tied", () => {}],
    ["stop", "cut-off", ({ after }) => after((it) => (it === "StopTask" ? {} : undefined))],
    ["drain", "cut-off", ({ after }) => after((it) => (it === update ? {} : undefined))],
  ];
  for (const [way, outcome, prepare] of runs) {
    const stage = await startRoomStage(context);
    prepare(stage);
    const { results, complaints } = await stage.run(way);
    assert.equal(results[0]?.outcome, outcome, way);
    const said = sentences(
      complaints,
      results.map((it) => it.detail),
    );
    assert.ok(said.includes(stage.ec2), said);
    assert.doesNotMatch(said, /[0-9a-f]{32}/, said);
  }
});

test("no sentence goes on with a capital after a colon, or ends twice", async (context) => {
  const stage = await startRoomStage(context);
  const { call, run } = stage;
  await call("RegisterTaskDefinition", {
    family: "web",
    containerDefinitions: [{ name: "web", image: "x", memory: 9000 }],
  });
  const deploymentConfiguration = { minimumHealthyPercent: 100, maximumPercent: 200 };
  await call("UpdateService", { service: "web", taskDefinition: "web", deploymentConfiguration });
  const { complaints } = await run("stop");
  assert.match(complaints, /No task there may be stopped\. A deployment of web is in progress or failed\./);
  const refused = await stage.make(["--instance", "nothing"]);
  for (const said of [complaints, refused.complaints])
    assert.doesNotMatch(said, /(?<!ecs-daemon): [A-Z][a-z]|\.\.|\.:/);
});

test("what ECS lists under the failures of a drain was not drained", async (context) => {
  const { before, run, status, ec2, operations } = await startRoomStage(context);
  const body = { containerInstances: [], failures: [{ arn: "a", reason: "INACTIVE" }] };
  before(async (operation) => (operation === update ? { status: 200, body } : undefined));
  const { code, complaints, results } = await run("drain");
  assert.notEqual(code, 0);
  assert.deepEqual(results, []);
  assert.match(complaints, /does not set the container instance to DRAINING: INACTIVE\./);
  assert.doesNotMatch(complaints, new RegExp(`may still be DRAINING|Draining ${ec2}`));
  assert.equal(operations.filter((it) => it === update).length, 1);
  assert.equal(await status(), "ACTIVE");
});

test("an instance that leaves the cluster during its drain is not said to be DRAINING", async (context) => {
  const { before, after, local, full, ec2, run } = await startRoomStage(context);
  let isDraining = false;
  before(async (operation) => {
    if (isDraining && operation === "DescribeContainerInstances")
      await local("UpdateContainerInstance", { containerInstance: full, remove: true }).catch(() => {});
    if (operation === update) isDraining = true;
    return undefined;
  });
  after(() => undefined);
  const { code, results } = await run("drain");
  assert.notEqual(code, 0);
  assert.equal(results[0]?.outcome, "cut-off");
  assert.match(results[0]?.detail, new RegExp(`${ec2} was drained and cannot become ACTIVE again`));
  assert.doesNotMatch(results[0]?.detail, /may still be|Run:/);
});

for (const kind of ["AccessDeniedException", "ThrottlingException", "partial"])
  test(`what protects tasks is not needed once the plan is made (${kind})`, async (context) => {
    const { before, after, run, status } = await startRoomStage(context);
    let isBegun = false;
    before(async (operation) => {
      if (operation === update) isBegun = true;
      return operation === "GetTaskProtection" && isBegun && kind !== "partial" ? error(kind) : undefined;
    });
    after((operation) =>
      operation === "GetTaskProtection" && isBegun ? { protectedTasks: [], failures: [] } : undefined,
    );
    const { code, results } = await run("drain");
    assert.equal(results[0]?.outcome, "healed");
    assert.equal(code, 0);
    assert.equal(await status(), "ACTIVE");
  });

/** Fails the operation from the second drain on. */
async function secondFails(context: TestContext, way: string, operation: string) {
  const stage = await startRoomStage(context, { others: 4, fullInstances: 2 });
  const changing = way === "drain" ? update : "StopTask";
  let isFirstDone = false;
  stage.before(async (called, body) => {
    if (called !== changing) return undefined;
    const isSecond = body.includes(stage.alsoFull[0] ?? "?");
    if (way === "drain" ? isSecond : isFirstDone) return error(operation);
    isFirstDone = true;
    return undefined;
  });
  return { ...stage, ...(await stage.make(["--all-missing", "--way", way, "--max-stops", "2"])) };
}

for (const way of ["drain", "stop"])
  test(`what became of one instance is reported though the next is refused (${way})`, async (context) => {
    const { code, results } = await secondFails(context, way, "AccessDeniedException");
    assert.equal(code, 1);
    assert.deepEqual(
      results.map((it) => it.outcome),
      ["healed", "not-begun"],
    );
    assert.match(results[1].detail, /^Nothing was done on i-\w+: /);
    assert.deepEqual(results[1].stopped, []);
  });

test("of two services that are tied, the one that was is reported though the other is refused", async (context) => {
  const { before, call, full, run } = await startRoomStage(context);
  await call("RegisterTaskDefinition", {
    family: "api",
    containerDefinitions: [{ name: "api", image: "x", memory: 16 }],
  });
  await call("CreateService", { serviceName: "api", taskDefinition: "api", desiredCount: 3 });
  let updates = 0;
  before(async (operation) => {
    if (operation !== "UpdateService") return undefined;
    updates += 1;
    return updates === 2 ? error("AccessDeniedException") : undefined;
  });
  const { code, results } = await run("tie");
  assert.equal(code, 1);
  assert.equal(results[0]?.instance, full);
  assert.equal(results[0]?.outcome, "cut-off");
  assert.match(results[0]?.detail, /^(web|api) now waits for the daemon\. (web|api) was not changed: /);
});

test("a clock that is set forward or back ends no wait, and lengthens none", async (context) => {
  const real = Date.now;
  for (const by of [-86_400_000, 86_400_000]) {
    let looks = 0;
    const { before, run, status, url } = await startRoomStage(context);
    before(async (operation) => {
      if (operation === update) looks += 1;
      return undefined;
    });
    const mocked = context.mock.method(Date, "now", () => real() + (looks > 0 ? by : 0));
    const { results } = await run("drain");
    assert.equal(results[0]?.outcome, "healed", `${by}`);
    assert.equal(await status(), "ACTIVE");
    mocked.mock.restore();
    const { terminal } = person(true);
    let calls = 0;
    before(async () => {
      calls += 1;
      return undefined;
    });
    const later = context.mock.method(Date, "now", () => real() + (calls > 1 ? by : 0));
    const words = ["verify", "agent", "--cluster", "default", "--endpoint-url", url, "--timeout", "30"];
    assert.equal(await runCommandLine(words, terminal), 0);
    later.mock.restore();
  }
});

test("tasks of one service are stopped on one instance after the other, each whole before the next", async (context) => {
  const { make, operations } = await startRoomStage(context, { others: 4, fullInstances: 2 });
  const { code, results } = await make(["--all-missing", "--way", "stop", "--max-stops", "2"]);
  assert.deepEqual(
    results.map((it) => it.outcome),
    ["healed", "healed"],
  );
  assert.equal(code, 0);
  assert.equal(operations.filter((it) => it === "StopTask").length, 2);
});
