// As much of a test runner as a suite inside the extension host needs: tests in order, a line for each, one exit.
// The lines are what the outer test reads, so that every inner test counts there by its own name.

import { appendFileSync } from "node:fs";

type Body = () => Promise<void>;

/** Begins each line about a test; what follows is the JSON of an `Outcome`. */
export const outcomePrefix = "outcome of a test: ";

export interface Outcome {
  readonly title: string;
  readonly milliseconds: number;
  /** Absent: it passed. */
  readonly failure?: string;
}

export interface Suite {
  test(title: string, body: Body): void;
  /** Runs all tests in order; a failed one does not keep the next from running. Throws at the end if any failed. */
  run(): Promise<void>;
}

export function createSuite(): Suite {
  const tests: { readonly title: string; readonly body: Body }[] = [];
  return {
    test: (title, body) => void tests.push({ title, body }),
    run: async () => {
      const failed: string[] = [];
      for (const { title, body } of tests) {
        const outcome = await outcomeOf(title, body);
        if (outcome.failure !== undefined) failed.push(title);
        say(`${outcomePrefix}${JSON.stringify(outcome)}`);
      }
      if (tests.length === 0) throw new Error("The suite has no test.");
      if (failed.length > 0) throw new Error(`${failed.length} of ${tests.length} tests failed.`);
    },
  };
}

/** Into the report that is asked for, else on the console. */
function say(line: string): void {
  const report = process.env.ECS_DAEMON_REPORT;
  if (report === undefined) console.log(line);
  else appendFileSync(report, `${line}\n`);
}

async function outcomeOf(title: string, body: Body): Promise<Outcome> {
  const started = Date.now();
  try {
    await body();
    return { title, milliseconds: Date.now() - started };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { title, milliseconds: Date.now() - started, failure };
  }
}

/** Waits until `condition` answers something that is neither undefined nor false, at most a minute on a busy machine. */
export async function eventually<Value>(
  what: string,
  condition: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
