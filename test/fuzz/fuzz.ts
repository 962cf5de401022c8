// Runs a fuzz target in a thread of its own, so that an input that makes it hang or die is caught with its name.

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FuzzInput } from "./fuzzTarget";
import type { TargetName } from "./targets";

export interface FuzzBudget {
  readonly seed: number;
  readonly runs: number;
  /** A run ends before its number of inputs where this time is up. Without it every machine checks the same inputs. */
  readonly milliseconds?: number;
}

export interface FuzzFailure {
  readonly target: TargetName;
  readonly seed: number;
  readonly kind: "failed" | "hung" | "died";
  readonly input: FuzzInput;
  readonly message: string;
}

export interface FuzzOutcome {
  readonly runs: number;
  readonly failure?: FuzzFailure;
}

export type Job =
  | ({ readonly kind: "run"; readonly target: TargetName } & FuzzBudget)
  | { readonly kind: "replay"; readonly target: TargetName; readonly input: FuzzInput };

export type Note =
  | { readonly kind: "begins"; readonly input: FuzzInput }
  | { readonly kind: "ended"; readonly runs: number }
  | { readonly kind: "failed"; readonly runs: number; readonly input: FuzzInput; readonly message: string };

/**
 * One check, or the start of the thread, that takes more hangs: milliseconds of the processor, since a busy machine may
 * give none of them for a minute; and of the clock, for what waits and never goes on.
 */
const patience = { processor: 60_000, clock: 600_000 };
/** How often that is looked at, in milliseconds. */
const pace = 1000;

/** Resolves with the smallest failing input, if any. Never rejects for a failure of the target. */
export function fuzz(target: TargetName, budget: FuzzBudget): Promise<FuzzOutcome> {
  return work({ kind: "run", target, ...budget }, budget.seed);
}

/** Checks one input again. */
export function replay(target: TargetName, input: FuzzInput): Promise<FuzzOutcome> {
  return work({ kind: "replay", target, input }, 0);
}

function work(job: Job, seed: number): Promise<FuzzOutcome> {
  return new Promise((resolve) => {
    const worker = new Worker(join(__dirname, "fuzzWorker.js"), { workerData: job });
    const { target } = job;
    let runs = 0;
    let input: FuzzInput = job.kind === "replay" ? job.input : null;
    const end = (outcome: FuzzOutcome) => {
      clearInterval(watch);
      void worker.terminate().then(() => resolve(outcome));
    };
    const fail = (kind: FuzzFailure["kind"], message: string) =>
      end({ runs, failure: { target, seed, kind, input, message } });
    let lastSign = { at: performance.now(), used: process.cpuUsage() };
    const watch = setInterval(() => {
      const { user, system } = process.cpuUsage(lastSign.used);
      const isOver =
        user + system > 1000 * patience.processor || performance.now() - lastSign.at > patience.clock;
      if (isOver) fail("hung", `No answer within ${patience.processor} ms of the processor.`);
    }, pace);
    worker.on("message", (note: Note) => {
      lastSign = { at: performance.now(), used: process.cpuUsage() };
      if (note.kind === "begins") {
        runs += 1;
        input = note.input;
      } else if (note.kind === "ended") end({ runs: note.runs });
      else {
        runs = note.runs;
        input = note.input;
        fail("failed", note.message);
      }
    });
    worker.once("error", (error) => fail("died", String(error instanceof Error ? error.stack : error)));
  });
}
