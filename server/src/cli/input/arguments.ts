// Reads the arguments of a call strictly; a mistake is reported in one line.

import { parseArgs } from "node:util";
import { type Command, type CommandCall, type OptionValues, UsageError } from "../command";

/** Throws a UsageError for an option that the command does not have, or one without its value. */
export function parseCall(command: Command, words: readonly string[]): CommandCall {
  try {
    const { values, positionals } = parseArgs({
      args: withDefaults(command, words),
      options: { ...command.options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
    return { values: values as OptionValues, positionals };
  } catch (error) {
    throw new UsageError(usageMessage(error));
  }
}

/** An option whose value may be left out gets its usual one, unless a number follows. */
function withDefaults({ optionalValues = {} }: Command, words: readonly string[]): string[] {
  return words.map((word, index) => {
    const usual = word.startsWith("--") ? optionalValues[word.slice(2)] : undefined;
    return usual === undefined || /^\d/.test(words[index + 1] ?? "") ? word : `${word}=${usual}`;
  });
}

/** Node's own texts run over several lines and advise about its syntax. */
function usageMessage(error: unknown): string {
  const first = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  const unknown = /^Unknown option '([^']*)'/.exec(first);
  if (unknown !== null) return `There is no option ${unknown[1]}.`;
  const valueless = /^Option '([^']*)' (?:argument missing|argument is ambiguous)/.exec(first);
  if (valueless !== null) return `The option ${optionName(valueless[1])} needs a value.`;
  const flag = /^Option '([^']*)' does not take an argument/.exec(first);
  if (flag !== null) return `The option ${optionName(flag[1])} takes no value.`;
  return first;
}

function optionName(text = ""): string {
  return /--[\w-]+/.exec(text)?.[0] ?? text;
}

export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  if (value === "") throw new UsageError(`The option --${name} needs a value.`);
  return typeof value === "string" ? value : undefined;
}

export function requiredOption(values: OptionValues, name: string, what: string): string {
  const value = textOption(values, name);
  if (value === undefined) throw new UsageError(`Missing option: --${name} ${what}.`);
  return value;
}

export function choiceOption<const Choice extends string>(
  values: OptionValues,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = textOption(values, name) ?? choices[0];
  const choice = choices.find((it) => it === value);
  if (choice === undefined) throw new UsageError(`--${name} is ${choices.join(" or ")}, not "${value}".`);
  return choice;
}

/** A whole number within bounds; `undefined` where the option is absent. */
export function integerOption(
  values: OptionValues,
  name: string,
  bounds: { readonly least: number; readonly most: number },
): number | undefined {
  const value = textOption(values, name);
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= bounds.least && number <= bounds.most) return number;
  throw new UsageError(`--${name} is a whole number from ${bounds.least} to ${bounds.most}, not "${value}".`);
}

/** Seconds, possibly with a fraction; `undefined` where the option is absent. */
export function secondsOption(values: OptionValues, name: string): number | undefined {
  const value = textOption(values, name);
  if (value === undefined) return undefined;
  if (/^\d{1,7}(\.\d{1,6})?$/.test(value)) return Number(value);
  throw new UsageError(`--${name} is a number of seconds, not "${value}".`);
}

/** The only positional argument of a command that has exactly one. */
export function onlyPositional(positionals: readonly string[], what: string): string {
  const [first, second] = positionals;
  if (first === undefined || first === "") throw new UsageError(`Missing argument: ${what}.`);
  if (second !== undefined) throw new UsageError(`One ${what} is enough; "${second}" is one too many.`);
  return first;
}
