// The thread that a fuzz target runs in: draws inputs, says which one begins, and makes a failing one small.

import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import type { Job, Note } from "./fuzz";
import type { FuzzInput, OpenTarget } from "./fuzzTarget";
import { smallest } from "./smallest";
import { targets } from "./targets";

const tell = (note: Note) => parentPort?.postMessage(note);

/** One check at a time: where the time is up, fast-check leaves the last one running. */
let last: Promise<unknown> = Promise.resolve();

/** What is wrong with an input, or `undefined`. */
function problemOf(target: OpenTarget, input: FuzzInput): Promise<string | undefined> {
  const mine = last.then(() => problemNow(target, input));
  last = mine;
  return mine;
}

async function problemNow(target: OpenTarget, input: FuzzInput): Promise<string | undefined> {
  tell({ kind: "begins", input });
  try {
    await target.check(input);
    return undefined;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.stack}` : "";
    return `${error instanceof Error ? error.stack : String(error)}${cause}`;
  }
}

async function main(job: Job): Promise<void> {
  const { inputs, open } = targets[job.target];
  const target = await open();
  if (job.kind === "replay") {
    const message = await problemOf(target, job.input);
    await target.close();
    tell(
      message === undefined
        ? { kind: "ended", runs: 1 }
        : { kind: "failed", runs: 1, input: job.input, message },
    );
    return;
  }
  const property = fc.asyncProperty(inputs, async (input) => {
    const message = await problemOf(target, input);
    if (message !== undefined) throw new Error(message);
  });
  const details = await fc.check(property, {
    seed: job.seed,
    numRuns: job.runs,
    ...(job.milliseconds !== undefined && { interruptAfterTimeLimit: job.milliseconds }),
    markInterruptAsFailure: false,
  });
  const [found] = details.counterexample ?? [];
  if (!details.failed || found === undefined) {
    await last;
    await target.close();
    tell({ kind: "ended", runs: details.numRuns });
    return;
  }
  const input = await smallest(found, async (it) => (await problemOf(target, it)) !== undefined);
  const message = (await problemOf(target, input)) ?? String(details.errorInstance);
  await target.close();
  tell({ kind: "failed", runs: details.numRuns, input, message });
}

void main(workerData as Job);
