// Any text as a cluster file: it is read without a fault, and a placement on whatever was read is whole.

import assert from "node:assert/strict";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { describePlacement } from "../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import { daemonService, taskDefinition } from "../support/builders";
import { clusterInputs } from "./documentInputs";
import { pureTarget } from "./fuzzTarget";
import type { NamedText } from "./texts";

const daemon = daemonService(
  ["attribute:env == prod and runningTasksCount < 3", "task:group != service:x"],
  taskDefinition({ networkMode: "host" }, { portMappings: [{ containerPort: 8125, protocol: "udp" }] }),
);
const verdicts = new Set(["place", "keep", "stop", "excluded", "blocked", "unknown"]);

/** Throws where something is wrong with what is read of a cluster file. */
export function checkClusterFile({ name = "", text = "" }: NamedText): void {
  const read = readClusterText(name, text);
  assert.deepEqual(readClusterText(name, text), read, "reading twice gives the same");
  for (const { offset, message } of read.problems) {
    assert.match(message, /\.$/);
    assert.ok(offset === undefined || (offset >= 0 && offset <= text.length), `${offset} is in the text`);
  }
  const { instances } = read.cluster;
  const ids = instances.map((it) => it.id);
  assert.equal(new Set(ids).size, ids.length, "no id occurs twice");
  const placement = placeDaemon(daemon, read.cluster);
  assert.deepEqual(
    placement.instances.map((it) => it.id),
    ids,
    "every instance has a verdict, in their order",
  );
  for (const it of placement.instances) assert.ok(verdicts.has(it.verdict), it.verdict);
  assert.match(describePlacement(placement, daemon), /\S/);
  JSON.stringify(placement);
}

export const clusterTarget = pureTarget(clusterInputs, checkClusterFile);
