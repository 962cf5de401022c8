// A container instance without its tasks, and with one more.

import assert from "node:assert/strict";
import { test } from "node:test";
import { emptied, withTask } from "../../../server/src/core/coverage/emptyInstance";
import { containerInstance, daemonService } from "../../support/builders";

test("an emptied instance runs nothing and has all that it registered, and a task takes its part of it", () => {
  const busy = containerInstance({
    runningTasksCount: 3,
    status: "DRAINING",
    agentConnected: false,
    remaining: { memory: 10 },
  });
  const empty = emptied(busy);
  assert.deepEqual(
    [empty.status, empty.agentConnected, empty.runningTasksCount, empty.tasks, empty.taskGroups],
    ["ACTIVE", true, 0, [], []],
  );
  assert.deepEqual(empty.remaining, busy.registered);
  const one = withTask(empty, daemonService());
  assert.equal(one.runningTasksCount, 1);
  assert.deepEqual(one.taskGroups, ["service:agent"]);
  assert.equal(one.remaining.memory, busy.registered.memory - 256);
});
