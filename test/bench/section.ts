// What a section of the benchmarks measures, and what a row of its table says.

import type { Times } from "./measure";

export interface Row {
  readonly what: string;
  /** Of each contender; ours by the name `ours`. */
  readonly times?: Readonly<Record<string, Times>>;
  /** In place of times: one number, which may have an upper limit. */
  readonly figure?: number;
  readonly limit?: number;
  /** The contender that ours is compared with, and the ratio (ours to theirs) that is aimed at. */
  readonly against?: string;
  readonly target?: number;
  /** Which of the times is compared; default the median. */
  readonly compare?: "median" | "p95";
  /** Default ms. */
  readonly unit?: string;
  /** Why nothing is compared. */
  readonly note?: string;
}

export interface BenchOptions {
  /**
   * Tiny inputs, one round, nothing installed and nobody to compare with: every line runs, the figures mean nothing. The
   * tests do it, so that a benchmark breaks with the code that it measures.
   */
  readonly quick: boolean;
}

export type Section = (options: BenchOptions) => Promise<readonly Row[]>;
