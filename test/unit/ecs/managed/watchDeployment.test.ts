// What is said of a deployment of a managed daemon while it goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { progressText } from "../../../../server/src/ecs/managed/watchDeployment";

const provider = (name: string, running: number, draining = 0, without = 0) => ({
  arn: `arn:aws:ecs:eu-west-1:123456789012:capacity-provider/${name}`,
  runningInstanceCount: running,
  drainingInstanceCount: draining,
  withoutDaemonInstanceCount: without,
});

test("what runs, what is left, and what may end it", () => {
  const deployment = {
    status: "IN_PROGRESS",
    deploymentConfiguration: { drainPercent: 25, bakeTimeInMinutes: 10 },
    targetDaemonRevision: {
      totalRunningInstanceCount: 3,
      totalWithoutDaemonInstanceCount: 1,
      capacityProviders: [provider("general", 3, 0, 1)],
    },
    sourceDaemonRevisions: [
      {
        totalRunningInstanceCount: 4,
        totalDrainingInstanceCount: 2,
        capacityProviders: [provider("general", 4, 2)],
      },
    ],
    circuitBreaker: { failureCount: 1, threshold: 10 },
  };
  assert.equal(
    progressText(deployment),
    "IN_PROGRESS: 3 running, 2 draining, 1 without the daemon, about 2 batches to go. 1 of 10 failures before a rollback.",
  );
  const baking = { ...deployment, sourceDaemonRevisions: [], circuitBreaker: {} };
  assert.equal(
    progressText(baking),
    "IN_PROGRESS: 3 running, 0 draining, 1 without the daemon, bakes for 10 minutes.",
  );
  const several = {
    ...baking,
    targetDaemonRevision: {
      totalRunningInstanceCount: 5,
      capacityProviders: [provider("general", 3), provider("batch", 2)],
    },
    deploymentConfiguration: { drainPercent: 25 },
    alarms: { triggeredAlarmNames: ["high"] },
  };
  assert.equal(
    progressText(several),
    "IN_PROGRESS: 5 running, 0 draining, 0 without the daemon. (general: 3 running, 0 draining, 0 without the daemon; batch: 2 running, 0 draining, 0 without the daemon) Alarms: high.",
  );
  assert.equal(progressText({}), "PENDING: 0 running, 0 draining, 0 without the daemon.");
});
