// What a command of the command line is, and the two ways in which it can refuse its input.

import type { ParseArgsConfig } from "node:util";
import type { Terminal } from "./output/terminal";

export interface Command {
  readonly name: string;
  /** What follows the name: `EXPRESSION --cluster CLUSTER [--format text|json]`. */
  readonly synopsis: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints below synopsis and summary. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** Values of options whose value may be left out. */
  readonly optionalValues?: Readonly<Record<string, string>>;
  /** Answers the exit code. */
  run(call: CommandCall, terminal: Terminal): Promise<number>;
}

export interface CommandCall {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export const exitCodes = { good: 0, bad: 1, unusable: 2, incomplete: 3, interrupted: 130 } as const;

/** The call is wrong: exit code 2, one line, and where to find help. */
export class UsageError extends Error {}

/** Input that cannot be read or used: exit code 2 and one line. */
export class InputError extends Error {}
