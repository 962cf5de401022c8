// What is fuzzed: a supply of inputs and a check that throws where something is wrong with one of them.

import type { Arbitrary } from "fast-check";

/** Plain data, so that a failing input can be sent between threads and kept in a file. */
export type FuzzInput =
  | string
  | number
  | boolean
  | null
  | readonly FuzzInput[]
  | { readonly [name: string]: FuzzInput };

export interface FuzzTarget<Input extends FuzzInput = FuzzInput> {
  readonly inputs: Arbitrary<Input>;
  /** Prepares what the checks need (a server, an endpoint). */
  open(): Promise<OpenTarget<Input>>;
}

export interface OpenTarget<Input extends FuzzInput = FuzzInput> {
  /** Throws, or rejects, where the input brings out a mistake. */
  check(input: Input): void | Promise<void>;
  close(): Promise<void>;
}

/** A target whose check needs nothing but the input. */
export function pureTarget<Input extends FuzzInput>(
  inputs: Arbitrary<Input>,
  check: (input: Input) => void,
): FuzzTarget<Input> {
  return { inputs, open: async () => ({ check, close: async () => {} }) };
}
