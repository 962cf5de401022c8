// Where a daemon lands on large fleets, with every reason on every instance.

import { completeCapabilities } from "../../server/src/core/cluster/capabilities";
import type { Cluster } from "../../server/src/core/cluster/containerInstance";
import { readFleet } from "../../server/src/core/cluster/fleet";
import { readSnapshot } from "../../server/src/core/cluster/snapshot";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import { snapshotText } from "./fleets";
import { fittedExponent, roundsFor, takeTurns } from "./measure";
import type { BenchOptions, Row } from "./section";

const definition = {
  family: "bench",
  networkMode: "bridge",
  placementConstraints: [
    { type: "memberOf", expression: "attribute:env == prod and attribute:ecs.instance-type =~ m5.*" },
  ],
  containerDefinitions: [
    {
      name: "agent",
      image: "public.ecr.aws/datadog/agent:latest",
      cpu: 100,
      memory: 512,
      portMappings: [{ containerPort: 8126, hostPort: 8126 }],
      logConfiguration: { logDriver: "awslogs", options: {} },
    },
  ],
};

function place(cluster: Cluster): void {
  placeDaemon(daemonServiceOf(definition), cluster);
}

export async function previewRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const size = quick ? 20 : 5_000;
  const capabilities = completeCapabilities("LINUX");
  const text = snapshotText(size, capabilities);
  const { cluster } = readSnapshot(text);
  if (cluster.instances.length !== size) throw new Error("The benchmark's snapshot was not read.");
  const times = await takeTurns(
    { ours: () => place(cluster), "JSON.parse of its snapshot": () => void JSON.parse(text) },
    roundsFor(quick),
  );
  const reading = await takeTurns(
    { ours: () => void readSnapshot(text), "JSON.parse of it": () => void JSON.parse(text) },
    roundsFor(quick, 5, 1),
  );

  const points = [];
  for (const count of quick ? [10, 20] : [1_000, 10_000, 100_000]) {
    const group = {
      count,
      instanceType: "m5.large",
      zones: ["us-east-1a", "us-east-1b"],
      attributes: { env: "prod" },
    };
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const fleet = readFleet(JSON.stringify({ groups: [group] })).cluster;
    globalThis.gc?.();
    const bytes = (process.memoryUsage().heapUsed - before) / count;
    const { ours } = await takeTurns({ ours: () => place(fleet) }, roundsFor(quick, 5));
    points.push({ count, milliseconds: ours.median, bytes });
  }
  const exponent = fittedExponent(points.map((it) => [it.count, it.milliseconds]));
  return [
    {
      what: `preview of 5,000 instances with all reasons (snapshot of ${Math.round(text.length / 1e6)} MB)`,
      times,
      target: 3,
      against: "JSON.parse of its snapshot",
    },
    { what: "read that snapshot", times: reading, target: 1.4, against: "JSON.parse of it" },
    {
      what: `growth of the preview from 1,000 to 100,000 instances: ${points.map((it) => `${it.milliseconds.toFixed(1)} ms`).join(", ")}; exponent`,
      figure: Number(exponent.toFixed(2)),
      limit: 1.1,
    },
    {
      what: "memory per instance of a fleet of 100,000, bytes",
      figure: Math.round(points.at(-1)?.bytes ?? Number.NaN),
    },
  ];
}
