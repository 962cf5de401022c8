// What a command may ask of the process it runs in: two streams, a person to ask, an interruption. Nothing else writes to
// the streams.

import { createInterface } from "node:readline/promises";
import { printable, printableLines } from "../../core/text/printable";
import { withEscapeSequences } from "./colors";

export interface Terminal {
  /** Results. Nothing else goes to standard output. */
  write(text: string): void;
  /** Progress and errors, one line each. */
  say(line: string): void;
  /** Whether there is a person to ask. */
  readonly canAsk: boolean;
  /** Whether the answer begins with y. */
  confirm(question: string): Promise<boolean>;
  /** What is typed; empty where the input ends. Only where there is a person. */
  ask(question: string): Promise<string>;
  /** Whether standard output shows colors. */
  readonly colors: boolean;
  /** Columns of standard output; 80 where it is no terminal. */
  readonly columns: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user interrupts; without a call an interruption ends the process at once. */
  interruption(): AbortSignal;
}

export function nodeTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process;
  // The reader of a pipe may leave before the end (`| head`): that is no error of ours.
  stderr.on("error", () => undefined);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    stderr.write(`ecs-daemon: The result cannot be written: ${printable(error.message)}.\n`);
    process.exit(2);
  });
  return {
    write: (text) => void stdout.write(seen(text)),
    say: (text) => void stderr.write(`${seen(text)}\n`),
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    confirm: async (question) => /^y/i.test(await ask(`${question} [y/N]`)),
    ask,
    colors: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
    columns: Math.max(40, Math.min(stdout.columns || 80, 120)),
    environment: env,
    interruption,
  };
}

/** The one way out: nothing but our own colors, line breaks and tabs controls the terminal. */
const seen = (text: string): string => withEscapeSequences(text, printableLines);

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Whoever ends the input (Ctrl-C, Ctrl-D) has not answered; without this the question would stand for ever.
  const ended = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
  try {
    return (await Promise.race([reader.question(`${printableLines(question)} `), ended])).trim();
  } finally {
    reader.close();
  }
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  // Only the first one: a second interruption ends the process, as everywhere.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
