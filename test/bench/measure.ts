// Timings that can be trusted on a noisy machine: both sides take turns, and the medians are compared.

/** Of some samples, in milliseconds unless a row names another unit. */
export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly runs: number;
}

/** Does the work once. One that answers a number measured itself, in milliseconds. */
export type Side = () => unknown;

export interface Rounds {
  readonly rounds: number;
  /** Rounds before them that do not count. */
  readonly warmUp: number;
}

/** One round is enough to see that the work can be done. */
export function roundsFor(quick: boolean, rounds = 9, warmUp = 2): Rounds {
  return quick ? { rounds: 1, warmUp: 0 } : { rounds, warmUp };
}

/** `sorted`: ascending. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Median and 95th percentile of some milliseconds. */
export function summarize(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), runs: sorted.length };
}

/** Runs each side `rounds` times in turn, after `warmUp` rounds that do not count. */
export async function takeTurns<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  { rounds, warmUp }: Rounds,
): Promise<Record<Name, Times>> {
  const names = Object.keys(sides) as Name[];
  const samples = new Map(names.map((it): [Name, number[]] => [it, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      globalThis.gc?.();
      const start = performance.now();
      const own = await sides[name]();
      const milliseconds = typeof own === "number" ? own : performance.now() - start;
      if (round >= 0) samples.get(name)?.push(milliseconds);
    }
  }
  const times = [...samples].map(([name, it]) => [name, summarize(it)]);
  return Object.fromEntries(times) as Record<Name, Times>;
}

/** Least squares exponent b of y = a·x^b. */
export function fittedExponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return above / below;
}
