// Where a daemon lands on large fleets, with every reason on every instance.

import { snapshotText } from "./fleets.mjs";
import { fittedExponent, takeTurns } from "./measure.mjs";

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

function place(core, cluster) {
  const daemon = {
    name: "bench",
    requirements: core.requirementsOf(definition),
    constraints: core.constraintsOf(definition, undefined),
  };
  return core.placeDaemon(daemon, cluster);
}

export async function previewRows({ core }) {
  const capabilities = core.completeCapabilities("LINUX");
  const text = snapshotText(5_000, capabilities);
  const { cluster } = core.readSnapshot(text);
  if (cluster.instances.length !== 5_000) throw new Error("The benchmark's snapshot was not read.");
  const times = await takeTurns({
    ours: () => void place(core, cluster),
    "JSON.parse of its snapshot": () => void JSON.parse(text),
  });
  const reading = await takeTurns(
    { ours: () => void core.readSnapshot(text), "JSON.parse of it": () => void JSON.parse(text) },
    { rounds: 5, warmUp: 1 },
  );

  const points = [];
  for (const count of [1_000, 10_000, 100_000]) {
    const group = {
      count,
      instanceType: "m5.large",
      zones: ["us-east-1a", "us-east-1b"],
      attributes: { env: "prod" },
    };
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const fleet = core.readFleet(JSON.stringify({ groups: [group] })).cluster;
    globalThis.gc?.();
    const bytes = (process.memoryUsage().heapUsed - before) / count;
    const { ours } = await takeTurns({ ours: () => void place(core, fleet) }, { rounds: 5 });
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
    { what: "read that snapshot", times: reading, against: "JSON.parse of it" },
    {
      what: `growth of the preview from 1,000 to 100,000 instances: ${points.map((it) => `${it.milliseconds.toFixed(1)} ms`).join(", ")}; exponent`,
      figure: Number(exponent.toFixed(2)),
      limit: 1.1,
    },
    { what: "memory per instance of a fleet of 100,000, bytes", figure: Math.round(points.at(-1).bytes) },
  ];
}
