// make-room killed at its calls, and run again: no task is stopped for room that is there, and an instance that was left
// DRAINING is named with the way back. FUZZ_KILLS sets how many of the moments are tried.

import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { type TestContext, test } from "node:test";
import { launchCli } from "../support/commandLine";
import { recordedCredentials } from "../support/recordedEcs";
import { startRoomStage } from "../support/roomStage";

const kills = Number(process.env.FUZZ_KILLS ?? 2);

/** What a run is killed at; calls count from one, and 0 is none. */
interface Moment {
  readonly call: number;
  /** ECS carries the call out, and its answer is lost. */
  readonly isCarriedOut: boolean;
}

const leftAlone: Moment = { call: 0, isCarriedOut: false };
const changing = /^(?:StopTask|UpdateContainerInstancesState|UpdateService)$/;

async function startStage(context: TestContext, way: string) {
  const stage = await startRoomStage(context);
  let [calls, moment]: [number, Moment] = [0, leftAlone];
  let running: ChildProcess | undefined;
  const carriedOut: string[] = [];
  /** Kills the process of the run, and answers when it is gone. */
  const kill = async () => {
    const gone = new Promise((resolve) => running?.once("exit", resolve));
    running?.kill("SIGKILL");
    await gone;
  };
  stage.before(async () => {
    calls += 1;
    if (calls !== moment.call || moment.isCarriedOut) return undefined;
    await kill();
    return { status: 500, body: {} };
  });
  stage.after((operation) => {
    if (changing.test(operation)) carriedOut.push(operation);
    if (calls !== moment.call) return undefined;
    running?.kill("SIGKILL");
    return "lost";
  });
  const where = ["--cluster", "default", "--endpoint-url", stage.url];
  const how = ["--instance", stage.full, "--way", way, "--timeout", "4", "--yes"];
  return {
    ...stage,
    /** In their order, with those of all runs. */
    carriedOut,
    run: async (at: Moment = leftAlone) => {
      [calls, moment] = [0, at];
      const cli = launchCli(["make-room", "agent", ...where, ...how], { environment: recordedCredentials });
      running = cli.process;
      const result = await cli.result;
      return { ...result, calls };
    },
  };
}

/** Some of the moments of a run with that many calls, over all of it. */
function momentsOf(calls: number): readonly Moment[] {
  const all = Array.from({ length: calls }, (_, at) => [
    { call: at + 1, isCarriedOut: false },
    { call: at + 1, isCarriedOut: true },
  ]).flat();
  const step = Math.max(1, all.length / kills);
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

for (const way of ["stop", "drain", "tie"])
  test(`make-room is killed at its calls and run again (${way})`, async (context) => {
    const whole = await startStage(context, way);
    const { calls, stderr, stdout } = await whole.run();
    const changes = [...whole.carriedOut];
    assert.ok(changes.length > 0, stderr + stdout);
    for (const moment of momentsOf(calls)) {
      const stage = await startStage(context, way);
      const why = `call ${moment.call} of ${calls}${moment.isCarriedOut ? ", carried out" : ""}`;
      await stage.run(moment);
      const status = await stage.status();
      const again = await stage.run();
      if (status === "DRAINING") {
        assert.notEqual(again.code, 0, why);
        assert.match(again.stderr, /is DRAINING: [\s\S]*aws ecs update-container-instances-state/, why);
      } else assert.equal(await stage.status(), "ACTIVE", why);
      assert.ok(stage.carriedOut.length <= changes.length, `${why}: ${stage.carriedOut.join(", ")}`);
    }
  });
