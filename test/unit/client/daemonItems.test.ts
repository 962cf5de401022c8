import assert from "node:assert/strict";
import { test } from "node:test";
import { daemonItems } from "../../../client/src/coverage/daemonItems";

test("Make Room offers the daemon with the largest gap first, and those without one by their names", () => {
  const services = [
    { name: "zeta", running: 5, desired: 5 },
    { name: "logs", running: 4, desired: 5 },
    { name: "agent", running: 6, desired: 5 },
    { name: "metrics", running: 3600, desired: 5000 },
  ];
  assert.deepEqual(daemonItems(services), [
    { label: "metrics", description: "3,600 of 5,000 running" },
    { label: "logs", description: "4 of 5 running" },
    { label: "agent", description: "6 of 5 running" },
    { label: "zeta", description: "5 of 5 running" },
  ]);
});
