// Several faults in one look: throttling, half answers, calls that are denied or break off, a clock that
// jumps. A gap that is there is never called covered, and none is reported where there is none.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import { coverageReport } from "../../../server/src/ecs/coverage/fleetReport";
import { lookAtFleet } from "../../../server/src/ecs/coverage/lookAtFleet";
import { type AnyAnswer, agentDefinition, idsOf } from "../../support/localEndpoint";
import { recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

const runs = Number(process.env.FAULT_RUNS ?? 25);
const grace = 300_000;

/** Numbers from 0 to 1 that are the same in every run. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Descriptions lose an item. */
const halved = (answer: AnyAnswer): object =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      name,
      Array.isArray(value) && !name.endsWith("Arns") ? value.slice(1) : value,
    ]),
  );

async function stage(context: TestContext, gap: boolean) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 4 });
  const ids = idsOf((await ecs.call("ListContainerInstances")).containerInstanceArns);
  await ecs.call("RegisterTaskDefinition", agentDefinition("job", { memory: 6500 }));
  if (gap) await ecs.call("StartTask", { taskDefinition: "job", containerInstances: ids.slice(0, 1) });
  for (const name of ["agent", "large"]) {
    await ecs.call(
      "RegisterTaskDefinition",
      agentDefinition(name, { memory: name === "large" ? 2000 : 256 }),
    );
    const input = { serviceName: name, taskDefinition: name, schedulingStrategy: "DAEMON" };
    await ecs.call("CreateService", input);
  }
  return ecs;
}

for (const gap of [false, true])
  test(`faults that come together leave a look honest (${gap ? "with" : "without"} a gap)`, async (context) => {
    const ecs = await stage(context, gap);
    for (let seed = 1; seed <= runs; seed += 1) {
      const draw = draws(seed);
      const faults: string[] = [];
      ecs.before(async (operation) => {
        const drawn = draw();
        const kind = drawn < 0.06 ? "ThrottlingException" : drawn < 0.1 ? "AccessDeniedException" : undefined;
        if (kind === undefined) return undefined;
        faults.push(`${kind} ${operation}`);
        return { status: 400, body: { __type: kind, message: "No." } };
      });
      ecs.after((operation, answer) => {
        const drawn = draw();
        if (drawn < 0.05) {
          faults.push(`lost ${operation}`);
          return "lost";
        }
        if (drawn < 0.15) {
          faults.push(`half ${operation}`);
          return halved(answer);
        }
        return undefined;
      });
      const jump = [0, 0, 3_600_000, -3_600_000][Math.floor(draw() * 4)] ?? 0;
      const depth = (["who", "why", "map", "audit"] as const)[Math.floor(draw() * 4)] ?? "why";
      const port = await connectEcs({ endpointUrl: ecs.url, region: "eu-west-1" }, { attempts: 1 });
      const fleet = await lookAtFleet((_target, use) => use(port), {
        targets: [{ region: "eu-west-1" }],
        clusters: ["default"],
        options: { depth, daemons: [], grace, now: () => Date.now() + jump, definitions: new Map() },
      });
      port.close();
      const failed = fleet.failed.map((it) => it.error.message);
      const rules = { minCoverage: 100, failOn: undefined, grace };
      const report = coverageReport(fleet, failed, rules, { calls: 0, seconds: 0 });
      const why = `seed ${seed}, ${depth}: ${faults.join(", ")}; ${JSON.stringify(report.summary)}`;
      if (gap) assert.equal(report.covered, false, why);
      else assert.equal(report.summary.states.missing ?? 0, 0, why);
    }
  });
