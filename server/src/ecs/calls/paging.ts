// ECS lists a hundred names per page and describes a hundred things per call. A few describing calls run at a time: fast
// for a large cluster, and well within the burst that ECS grants to reads.

import { incompleteAnswer } from "./answers";

const atOnce = 4;

/** Runs `run` for slices of at most `size` items, a few at a time; answers their results in the order of the items. */
export async function inBatches<T, R>(
  items: readonly T[],
  size: number,
  run: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const batches: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  const results: (readonly R[])[] = batches.map(() => []);
  let next = 0;
  const worker = async () => {
    while (next < batches.length) {
      const index = next;
      next += 1;
      results[index] = await run(batches[index] ?? []);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, batches.length) }, worker));
  return results.flat();
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** Asks for page after page until there is no token of a next one; answers all items. A token that comes again is an EcsError. */
export async function pages<T>(
  ask: (nextToken: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ask(nextToken);
    for (const it of page.items) all.push(it);
    // The same token again would go on for ever.
    if (nextToken !== undefined && page.nextToken === nextToken)
      throw incompleteAnswer("ECS answers the same page of a list again and again.");
    nextToken = page.nextToken || undefined;
  } while (nextToken !== undefined);
  return all;
}
