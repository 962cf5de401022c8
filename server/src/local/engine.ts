// Runs operations one after the other: the operation, then everything the cluster does because of it, then the
// journal, then the answer. What happens by itself goes the same way.

import { arnsOf } from "./arns";
import type { Operation } from "./operation";
import type { JsonObject } from "./request/input";
import { reconcile } from "./scheduling/reconcile";
import { createTransactions, type RowChange } from "./state/transaction";
import type { World } from "./state/world";

export interface Engine {
  /** Runs one operation. Throws EcsException, and then nothing has changed. */
  run(operation: Operation, input: JsonObject, region: string): JsonObject;
  /** Changes the world without an operation, for what the process itself does. */
  change<R>(change: () => R): R;
  onChange(listener: () => void): () => void;
  close(): void;
}

/** A timer can wait for 24.8 days at most; waking up for nothing once a day is harmless. */
const longestSleep = 24 * 60 * 60 * 1000;

export function createEngine(
  world: World,
  append: (changes: readonly RowChange[]) => void,
  onFailure: (error: unknown) => void,
): Engine {
  const transactions = createTransactions(world);
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  const change = <R>(work: () => R): R => {
    try {
      const { result, changes } = transactions.run(() => {
        const answer = work();
        reconcile(world);
        return answer;
      });
      append(changes);
      if (changes.length > 0) for (const listener of listeners) listener();
      return result;
    } finally {
      sleepUntilNext();
    }
  };

  const sleepUntilNext = (): void => {
    clearTimeout(timer);
    const next = world.schedule.nextAt();
    timer = undefined;
    if (next === undefined) return;
    timer = setTimeout(wake, Math.min(longestSleep, Math.max(0, next - world.now())));
    // A task that is due in an hour keeps no process alive.
    timer.unref();
  };

  const wake = (): void => {
    try {
      change(() => undefined);
    } catch (error) {
      onFailure(error);
    }
  };

  return {
    run: (operation, input, region) => change(() => operation(world, input, { arns: arnsOf(region) })),
    change,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
