// The summary names instances of another launch type by what they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import { cluster, containerInstance, taskDefinition } from "../../support/builders";

const capability = { "com.amazonaws.ecs.capability.docker-remote-api.1.18": null };
const external = containerInstance({ attributes: { ...capability, "ecs.capability.external": null } });
const other = containerInstance({ attributes: capability });

test("a summary counts external instances, and instances that are not", () => {
  const summary = (launchType: string, instance: typeof external) => {
    const daemon = daemonServiceOf(taskDefinition(), { serviceName: "agent", launchType });
    return describePlacement(placeDaemon(daemon, cluster([instance])), daemon);
  };
  assert.match(summary("EC2", external), /1 is an external instance/);
  assert.match(summary("EXTERNAL", other), /1 is not an external instance/);
});
