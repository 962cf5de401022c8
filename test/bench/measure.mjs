// Timings that can be trusted on a noisy machine: both sides take turns, and the medians are compared.

/** `sorted`: ascending. */
function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Median and 95th percentile of some milliseconds. */
export function summarize(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  return { median: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), runs: sorted.length };
}

/**
 * Runs each side `rounds` times in turn, after `warmUp` rounds that do not count.
 * A side is `() => void | number | Promise<void | number>`; one that answers a number measured itself, in milliseconds.
 */
export async function takeTurns(sides, { rounds = 9, warmUp = 2 } = {}) {
  const samples = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, run] of Object.entries(sides)) {
      globalThis.gc?.();
      const start = performance.now();
      const own = await run();
      const milliseconds = typeof own === "number" ? own : performance.now() - start;
      if (round >= 0) samples[name].push(milliseconds);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, it]) => [name, summarize(it)]));
}

/** Least squares exponent b of y = a·x^b. */
export function fittedExponent(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const below = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return above / below;
}
