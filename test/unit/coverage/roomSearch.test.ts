// The search for the best few tasks to stop, against one that looks at every choice.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bestSubset,
  type Candidate,
  compareScores,
  holds,
  type Shortage,
} from "../../../server/src/core/coverage/roomSearch";
import "../../support/sameSequences";

const port = { port: 80, protocol: "tcp", container: "c" } as const;
const spares = { web: 1, api: 3 } as const;

const anyCandidate = fc
  .record({
    service: fc.constantFrom<keyof typeof spares>("web", "api"),
    cpu: fc.nat(2),
    memory: fc.nat(2),
    hasPort: fc.boolean(),
    score: fc.tuple(fc.nat(1), fc.integer({ min: -2, max: 0 }), fc.nat(1)),
  })
  .map(
    ({ service, cpu, memory, hasPort, score }): Candidate => ({
      task: {
        arn: "x",
        group: `service:${service}`,
        taskDefinitionArn: undefined,
        lastStatus: "RUNNING",
        desiredStatus: "RUNNING",
        cpu,
        memory,
        ports: hasPort ? [port] : [],
        gpus: [],
        enis: 0,
      },
      service,
      score,
      key: JSON.stringify([service, cpu, memory, hasPort]),
      spare: spares[service],
    }),
  );

const total = (values: readonly number[]) => values.reduce((sum, it) => sum + it, 0);

const isEnough = (subset: readonly Candidate[], { cpu, memory, ports }: Shortage): boolean =>
  total(subset.map((it) => it.task.cpu ?? 0)) >= cpu &&
  total(subset.map((it) => it.task.memory ?? 0)) >= memory &&
  (ports.length === 0 || subset.some((it) => it.task.ports.length > 0));

const scoreOf = (subset: readonly Candidate[]): readonly number[] =>
  [0, 1, 2].map((at) => total(subset.map((it) => it.score[at] ?? 0)));

function subsetsOf(all: readonly Candidate[], size: number): readonly (readonly Candidate[])[] {
  if (size === 0) return [[]];
  return all.flatMap((it, index) => subsetsOf(all.slice(index + 1), size - 1).map((rest) => [it, ...rest]));
}

test("of all choices of tasks the one that costs least is found, if there is one", () => {
  const shortage = fc.record({
    cpu: fc.integer({ min: -1, max: 5 }),
    memory: fc.integer({ min: -1, max: 5 }),
    ports: fc.constantFrom<Shortage["ports"]>([], [port]),
  });
  fc.assert(
    fc.property(
      fc.array(anyCandidate, { maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      shortage,
      (all, size, missing) => {
        const candidates = [...all].sort((left, right) => compareScores(left.score, right.score));
        const makesRoom = (subset: readonly Candidate[]) => isEnough(subset, missing);
        const possible = subsetsOf(candidates, size)
          .filter((subset) =>
            subset.every((it) => subset.filter((other) => other.service === it.service).length <= it.spare),
          )
          .filter(makesRoom)
          .map(scoreOf)
          .sort(compareScores);
        const { best, isCut } = bestSubset(candidates, size, missing, makesRoom);
        assert.equal(isCut, false);
        assert.deepEqual(best === undefined ? undefined : scoreOf(best), possible[0]);
      },
    ),
    { numRuns: 1000 },
  );
});

test("tasks that are alike are tried once, and a port is one of its protocol", () => {
  const [one] = fc.sample(anyCandidate, { numRuns: 1, seed: 1 });
  assert.ok(one !== undefined);
  const alike = Array.from({ length: 300 }, () => ({ ...one, spare: 300 }));
  let judged = 0;
  const refuse = () => {
    judged += 1;
    return false;
  };
  assert.deepEqual(bestSubset(alike, 4, { cpu: 0, memory: 0, ports: [] }, refuse), {
    best: undefined,
    isCut: false,
  });
  assert.equal(judged, 1);
  const task = { ...one.task, ports: [port] };
  assert.equal(holds(task, port), true);
  assert.equal(holds(task, { ...port, protocol: "udp" }), false);
  assert.equal(holds(task, { ...port, port: 81 }), false);
  assert.equal(holds({ ...task, ports: [{ ...port, port: 443 }, port] }, port), true);
});
