// The endpoint's operations without HTTP, for histories of many short calls: the answers are those that a client reads.

import assert from "node:assert/strict";
import { createEngine } from "../../server/src/local/engine";
import { EcsException } from "../../server/src/local/errors";
import { ecsOperations, localOperations } from "../../server/src/local/operations";
import { createWorld, type World } from "../../server/src/local/state/world";
import type { AnyAnswer } from "./localEndpoint";

export interface EngineCalls {
  readonly world: World;
  /** Calls an operation of ECS or of EcsDaemonLocal; `undefined` is what ECS refuses. */
  call(operation: string, input?: object): AnyAnswer;
  /** What ECS refuses it with; `undefined` where it does not. */
  refusal(operation: string, input?: object): string | undefined;
  close(): void;
}

/** An empty world at the beginning of time, where tasks take `delay` milliseconds to start and to stop. */
export function startEngine(delay: number): EngineCalls {
  const world = createWorld(() => 0, { start: delay, stop: delay });
  const engine = createEngine(
    world,
    () => undefined,
    (error) => {
      throw error;
    },
  );
  const run = (operation: string, input: object): AnyAnswer => {
    const found = ecsOperations.get(operation) ?? localOperations.get(operation);
    assert.ok(found, operation);
    try {
      return { answer: JSON.parse(JSON.stringify(engine.run(found, { ...input }, "us-east-1"))) };
    } catch (error) {
      if (error instanceof EcsException) return { refusal: `${error.name}: ${error.message}` };
      throw error;
    }
  };
  return {
    world,
    call: (operation, input = {}) => run(operation, input).answer,
    refusal: (operation, input = {}) => run(operation, input).refusal,
    close: engine.close,
  };
}
