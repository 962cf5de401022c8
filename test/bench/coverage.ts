// A coverage look at a hundred large clusters, from answers that were recorded: against reading their JSON alone.

import { countText } from "../../server/src/core/text/counts";
import type { EcsCalls, EcsOperation } from "../../server/src/ecs/calls/ecsCalls";
import { portOf } from "../../server/src/ecs/calls/portOf";
import type { Depth } from "../../server/src/ecs/coverage/look";
import { type FleetCoverage, lookAtFleet } from "../../server/src/ecs/coverage/lookAtFleet";
import type { JsonObject } from "../../server/src/ecs/port";
import { hostId, type LargeCluster, largeEcs } from "../support/largeEcs";
import type { AnyAnswer } from "../support/localEndpoint";
import { fittedExponent, roundsFor, takeTurns } from "./measure";
import { asSent, received, recordedAt } from "./recordedAnswers";
import type { BenchOptions, Row } from "./section";

/** Answers of one cluster by their call, as ECS sends them; every cluster is like it. */
type Recording = Map<string, string>;

/** The name of the cluster is in none of the keys, and of a list its ends and length are: no list of a look has the same. */
const keyOf = (operation: string, { cluster: _, clusterArn: _arn, ...input }: JsonObject): string =>
  `${operation} ${JSON.stringify(input, (_name, it) => (Array.isArray(it) ? `${it.length} ${it[0]} ${it.at(-1)}` : it))}`;

function look(send: EcsCalls["send"], clusters: readonly string[], depth: Depth): Promise<FleetCoverage> {
  const port = portOf({ send, close: () => undefined });
  const now = () => recordedAt;
  const options = { depth, daemons: [], grace: 300_000, now, definitions: new Map() };
  return lookAtFleet((_target, use) => use(port), { targets: [{}], clusters, options });
}

async function record(shape: LargeCluster, depth: Depth): Promise<Recording> {
  const recording: Recording = new Map();
  const { send } = largeEcs(shape, async () => undefined);
  const recordingSend = async (operation: EcsOperation, input: JsonObject): Promise<AnyAnswer> => {
    const text = asSent(operation, await send(operation, input));
    recording.set(keyOf(operation, input), text);
    return received(operation, text);
  };
  await look(recordingSend, shape.clusters.slice(0, 1), depth);
  return recording;
}

function replay(recording: Recording): EcsCalls["send"] {
  return async (operation: EcsOperation, input: JsonObject): Promise<AnyAnswer> => {
    const text = recording.get(keyOf(operation, input));
    if (text === undefined) throw new Error(`${operation} was not recorded.`);
    return received(operation, text);
  };
}

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);

/** Nearly all daemons run: a few instances have room for three of them only. */
function shapeOf(instances: number): LargeCluster {
  const full = Array.from({ length: Math.min(20, instances) }, (_, index) => hostId(index));
  return { clusters: ["c0"], instances, daemons: 20, replicas: 3, full, daemonsOnFull: 3 };
}

/** No daemon runs anywhere: no instance has room. */
function emptyShapeOf(instances: number): LargeCluster {
  const full = Array.from({ length: instances }, (_, index) => hostId(index));
  return { ...shapeOf(instances), full, daemonsOnFull: 0 };
}

async function compared(recording: Recording, clusters: readonly string[], depth: Depth, quick: boolean) {
  const send = replay(recording);
  const texts = [...recording.values()];
  return takeTurns(
    {
      ours: () => look(send, clusters, depth),
      "JSON.parse of its answers": () => {
        for (const _ of clusters) for (const text of texts) JSON.parse(text);
      },
    },
    roundsFor(quick, 5, 1),
  );
}

/** MiB of the heap that a look takes at most, as far as the collector, which is called now and then, shows it. */
async function heapOf(recording: Recording, clusters: readonly string[]): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  let calls = 0;
  const send = replay(recording);
  const watched: EcsCalls["send"] = async (operation, input) => {
    calls += 1;
    if (calls % 200 === 0) {
      globalThis.gc?.();
      most = Math.max(most, process.memoryUsage().heapUsed);
    }
    return send(operation, input);
  };
  const fleet = await look(watched, clusters, "why");
  globalThis.gc?.();
  most = Math.max(most, process.memoryUsage().heapUsed);
  if (fleet.clusters.length !== clusters.length) throw new Error("The benchmark's clusters were not read.");
  return (most - before) / 1_048_576;
}

export async function coverageRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const instances = quick ? 20 : 5_000;
  const clusters = namesOf(quick ? 2 : 100);
  const why = await record(shapeOf(instances), "why");
  const audit = await record(shapeOf(instances), "audit");
  const without = await record(emptyShapeOf(instances), "audit");
  const against = "JSON.parse of its answers";
  const times = await compared(why, clusters, "why", quick);
  const whole = await compared(audit, ["c0"], "audit", quick);
  const none = await compared(without, ["c0"], "audit", quick);
  const alone = async (recording: Recording, names: readonly string[], depth: Depth) => {
    const ours = () => look(replay(recording), names, depth);
    return (await takeTurns({ ours }, roundsFor(quick, 3, 1))).ours.median;
  };
  const byClusters: (readonly [number, number])[] = [];
  for (const count of quick ? [1, 2] : [25, 50, 100])
    byClusters.push([count, await alone(why, namesOf(count), "why")]);
  const byInstances: (readonly [number, number])[] = [];
  for (const count of quick ? [10, 20] : [1_250, 2_500, 5_000])
    byInstances.push([count, await alone(await record(shapeOf(count), "audit"), ["c0"], "audit")]);
  const size = `${countText(instances)} instances × 20 daemons`;
  return [
    { what: `Who and why, ${clusters.length} clusters of ${size}`, times, against, target: 1.5 },
    { what: `Every task of one cluster of ${size}`, times: whole, against, target: 1.5 },
    { what: "The same where no daemon runs: 100,000 reasons", times: none, against, target: 1.5 },
    {
      what: "Exponent over the number of clusters",
      figure: Number(fittedExponent(byClusters).toFixed(2)),
      limit: 1.1,
      unit: "",
    },
    {
      what: "Exponent over the number of instances",
      figure: Number(fittedExponent(byInstances).toFixed(2)),
      limit: 1.1,
      unit: "",
    },
    {
      what: `Heap for ${clusters.length} clusters of ${size} (MiB)`,
      figure: Math.round(await heapOf(why, clusters)),
      limit: 200,
      unit: "MiB",
    },
  ];
}
