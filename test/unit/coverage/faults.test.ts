// Coverage while ECS throttles, breaks off, answers half or what was before: what was not read is never covered, and a gap
// that is there is never called covered.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import { coverageReport } from "../../../server/src/ecs/coverage/fleetReport";
import type { Depth } from "../../../server/src/ecs/coverage/look";
import { lookAtFleet } from "../../../server/src/ecs/coverage/lookAtFleet";
import { type AnyAnswer, agentDefinition, idsOf } from "../../support/localEndpoint";
import { recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

const grace = 300_000;

/** Three instances with two daemons; with `gap`, a task of nobody leaves no room for the second on one of them. */
async function stage(context: TestContext, gap: boolean) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 3 });
  const ids = idsOf((await ecs.call("ListContainerInstances")).containerInstanceArns);
  await ecs.call("RegisterTaskDefinition", agentDefinition("job", { memory: 6500 }));
  if (gap) await ecs.call("StartTask", { taskDefinition: "job", containerInstances: ids.slice(0, 1) });
  for (const [name, memory] of [
    ["agent", 256],
    ["large", 2000],
  ] as const) {
    await ecs.call("RegisterTaskDefinition", agentDefinition(name, { memory }));
    await ecs.call("CreateService", {
      serviceName: name,
      taskDefinition: name,
      schedulingStrategy: "DAEMON",
    });
  }
  const look = async (depth: Depth = "why", now: () => number = Date.now) => {
    const port = await connectEcs({ endpointUrl: ecs.url, region: "eu-west-1" }, { attempts: 1 });
    try {
      const fleet = await lookAtFleet((_target, use) => use(port), {
        targets: [{ region: "eu-west-1" }],
        clusters: ["default"],
        options: { depth, daemons: [], grace, now, definitions: new Map() },
      });
      const failed = fleet.failed.map((it) => it.error.message);
      const rules = { minCoverage: 100, failOn: undefined, grace };
      return coverageReport(fleet, failed, rules, { calls: 0, seconds: 0 });
    } finally {
      port.close();
    }
  };
  return { ...ecs, ids, look };
}

const depths = ["counts", "who", "why", "map", "audit"] as const;
const error = (__type: string, status = 400) => ({ status, body: { __type, message: "No." } });

const faults = ["cut", "ThrottlingException", "ServerException", "AccessDeniedException"];

/** What the look asks for at this depth. */
async function callsOf({ look, operations }: Awaited<ReturnType<typeof stage>>, depth: Depth) {
  operations.length = 0;
  await look(depth);
  return [...operations];
}

for (const gap of [false, true])
  test(`any single call that fails leaves the look uncovered (${gap ? "with" : "without"} a gap)`, async (context) => {
    const it = await stage(context, gap);
    for (const depth of depths) {
      const calls = await callsOf(it, depth);
      for (const kind of depth === "why" ? faults : faults.slice(0, 1))
        for (const index of calls.keys()) {
          let count = 0;
          const isIt = () => {
            count += 1;
            return count === index + 1;
          };
          if (kind === "cut") it.after(() => (isIt() ? "lost" : undefined));
          else
            it.before(async () => (isIt() ? error(kind, kind === "ServerException" ? 500 : 400) : undefined));
          const { covered, complete } = await it.look(depth);
          assert.equal(covered, false, `${depth}: ${kind} of call ${index} (${calls[index]})`);
          if (!gap) assert.equal(complete, false, `${depth}: ${kind} of call ${index} (${calls[index]})`);
          it.before(undefined);
          it.after(undefined);
        }
    }
  });

/** An answer without its lists, or with lists that lack an item. */
const halves: Readonly<Record<string, (answer: AnyAnswer) => object>> = {
  "no lists": (answer) =>
    Object.fromEntries(Object.entries(answer).filter(([, value]) => !Array.isArray(value))),
  "an item less in a description": (answer) =>
    Object.fromEntries(
      Object.entries(answer).map(([name, value]) => [
        name,
        Array.isArray(value) && !name.endsWith("Arns") ? value.slice(1) : value,
      ]),
    ),
  "a page that refers to itself": (answer) => ({ ...answer, nextToken: "again" }),
};

test("half an answer of any call is not covered", async (context) => {
  const it = await stage(context, true);
  for (const [kind, change] of Object.entries(halves)) {
    const calls = await callsOf(it, "why");
    for (const operation of new Set(calls)) {
      it.after((called, answer) => (called === operation ? change(answer) : undefined));
      const { covered } = await it.look("why");
      assert.equal(covered, false, `${kind}: ${operation}`);
      it.after(undefined);
    }
  }
});

test("counts of before a change do not hide the gap that the instances show", async (context) => {
  const it = await stage(context, false);
  const before = new Map<string, object>();
  it.after((operation, answer) => {
    if (operation === "DescribeServices") before.set(operation, answer);
    return undefined;
  });
  assert.equal((await it.look()).covered, true);
  const { taskArns } = await it.call("ListTasks", { serviceName: "large" });
  await it.call("RegisterTaskDefinition", agentDefinition("thief", { memory: 6000 }));
  await it.local("SetFault", { order: "replicasFirst" });
  await it.call("CreateService", {
    serviceName: "thief",
    taskDefinition: "thief",
    desiredCount: 3,
    launchType: "EC2",
  });
  await it.call("StopTask", { task: taskArns[0] });
  it.after((operation) => before.get(operation));
  const { covered, summary } = await it.look();
  assert.equal(covered, false);
  assert.equal(summary.gaps, 1);
});

test("a clock that jumps makes nothing covered, and nothing missing", async (context) => {
  const full = await stage(context, true);
  const whole = await stage(context, false);
  const year = 365 * 24 * 3_600_000;
  for (const by of [-year, -3_600_000, 3_600_000, year]) {
    const now = () => Date.now() + by;
    assert.equal((await full.look("why", now)).covered, false, `${by}`);
    assert.equal((await whole.look("why", now)).covered, true, `${by}`);
  }
  await full.local("AdvanceClock", { seconds: 7_200 });
  assert.equal((await full.look()).covered, false);
});

test("an instance that is left out of the list is not covered where ECS counts fewer running than desired", async (context) => {
  const it = await stage(context, true);
  it.after((operation, answer) =>
    operation === "ListContainerInstances"
      ? { containerInstanceArns: answer.containerInstanceArns.slice(1) }
      : undefined,
  );
  for (const depth of ["who", "why", "map", "audit"] as const) {
    const { covered, complete, clusters } = await it.look(depth);
    assert.deepEqual([covered, complete], [false, false], depth);
    assert.match(clusters[0]?.incomplete.join() ?? "", /ECS desires 3 tasks of large, and 2 instances/);
  }
});
