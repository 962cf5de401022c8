// make-room that meets several faults at once. No task is stopped twice, none that the plan did not name; no instance is
// left DRAINING without the way back; nothing is claimed that was not so. FAULT_RUNS sets the number of sequences.

import "../../support/sameSequences";
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Run, type Scenario, scenarios, startFaultyStage } from "../../support/roomFaults";

const runs = Number(process.env.FAULT_RUNS ?? 12);

const stopsOf = (it: Run) => it.changes.filter((change) => change.operation === "StopTask");
const statesOf = (it: Run, instance: string) =>
  it.changes.filter(
    ({ operation, input }) =>
      operation === "UpdateContainerInstancesState" && input.containerInstances.includes(instance),
  );

/** Every task once, but for a call that was repeated because its answer was lost; as many as were agreed to. */
function checkStops(all: readonly Run[], { maxStops }: Scenario): void {
  const answered = all.flatMap(stopsOf).filter((it) => it.isAnswered);
  const tasks = answered.map((it) => it.input.task);
  assert.equal(new Set(tasks).size, tasks.length, "a task is stopped twice");
  for (const it of all) {
    const stopped = new Set(stopsOf(it).map(({ input }) => input.task as string));
    assert.ok(stopped.size <= maxStops, "more stops than allowed");
    if (it.isKilled || it.results.length === 0) continue;
    const named = it.plans.flatMap(({ plan }) => plan.stops ?? []).map((stop) => stop.task);
    const claimed = it.results.flatMap((result) => result.stopped);
    for (const task of stopped) {
      assert.ok(named.includes(task), `${task} was not named`);
      assert.ok(claimed.includes(task), `${task} is not said to be stopped`);
    }
  }
  for (const it of all.filter((run) => !run.isKilled && run.results.length === 0))
    if (stopsOf(it).length > 0) assert.fail("a task was stopped, and no result says so");
}

/** Whoever is left DRAINING by us is named with the command. */
async function checkDrains(
  it: Run,
  statusOf: (id: string) => Promise<string | undefined>,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const states = statesOf(it, id);
    if (states.at(-1)?.input.status !== "DRAINING" || (await statusOf(id)) !== "DRAINING") continue;
    assert.match(
      it.complaints,
      new RegExp(`aws ecs update-container-instances-state .*${id} --status ACTIVE`),
    );
    if (!it.isKilled) assert.match(it.complaints, /may still be DRAINING/);
  }
}

function checkClaims(it: Run): void {
  if (it.isKilled) return;
  const isGood = it.results.length > 0 && it.results.every(({ outcome }) => outcome === "healed");
  const isIdle = it.detail !== undefined && it.changes.length === 0;
  assert.equal(it.code === 0, isGood || isIdle, `exit ${it.code}`);
  const recent = it.moments.slice(-12);
  for (const { instance, outcome, detail, stopped } of it.results) {
    const states = statesOf(it, instance);
    if (outcome === "healed") {
      const isSo = it.moments.some(
        ({ daemonRuns, web }) => daemonRuns.includes(instance) && web.running >= web.desired,
      );
      assert.ok(isSo, "healed is not so");
      assert.ok(recent.some(({ daemonRuns }) => daemonRuns.includes(instance)) || it.results.length > 1);
    }
    if (/Nothing was/.test(detail)) assert.deepEqual([stopped, states], [[], []], detail);
    if (/is ACTIVE again/.test(detail)) assert.equal(states.at(-1)?.input.status, "ACTIVE", detail);
    if (/was not changed/.test(detail)) {
      const changed = it.changes.filter(({ operation }) => operation === "UpdateService");
      assert.deepEqual(changed, [], detail);
    }
    if (outcome === "lost-race") {
      const [first] = it.moments;
      const known = new Set(first?.tasks.map((task) => task.arn));
      const came = it.moments.flatMap(({ tasks }) =>
        tasks.filter((task) => !known.has(task.arn) && task.instance === instance),
      );
      assert.ok(
        came.some((task) => detail.includes(task.group)),
        detail,
      );
    }
  }
}

/** What somebody else added to the service is still there, unless it was added between our look and our update. */
async function checkConstraints(it: Run, constraints: () => Promise<readonly string[]>, scenario: Scenario) {
  const added = it.events.filter(({ what }) => what === "constrain");
  const isLate = added.some(({ before }) => /UpdateService|DescribeServices/.test(before));
  const isStale = scenario.faults.some(({ kind }) => kind === "stale");
  if (added.length === 0 || isLate || isStale) return;
  assert.ok((await constraints()).some((text) => text.includes("ecs.os-type")));
}

test("make-room among faults that come together says what was done, and no more", async (context) => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const stage = await startFaultyStage(context, scenario);
      const ids = [stage.full, ...stage.alsoFull];
      const statusOf = (id: string) => stage.status(id).catch(() => undefined);
      const constraints = async () => {
        const { services } = await stage.call("DescribeServices", { services: ["web"] });
        return services[0].placementConstraints.map((it: { expression: string }) => it.expression);
      };
      const all: Run[] = [];
      const check = async (run: Run) => {
        all.push(run);
        try {
          checkStops(all, scenario);
          checkClaims(run);
          await checkDrains(run, statusOf, ids);
          await checkConstraints(run, constraints, scenario);
        } catch (error) {
          const { moments: _, ...shown } = run;
          throw new Error(`${(error as Error).message}\n${JSON.stringify(shown, undefined, 1)}`);
        }
      };
      await check(await stage.run(true));
      stage.forget();
      await check(await stage.run(false));
    }),
    { numRuns: runs, endOnFailure: process.env.SHRINK === undefined },
  );
});
