// Finds the command of a call, runs it, and turns what it throws into one line and an exit code.

import { withoutSecretForms } from "../core/secrets/secretText";
import { printable } from "../core/text/printable";
import { nearest } from "../core/text/spelling";
import { EcsError, isCancellation } from "../ecs/port";
import { type Command, exitCodes, InputError, UsageError } from "./command";
import { commands } from "./commands/commands";
import { commandHelp, generalHelp } from "./help";
import { parseCall } from "./input/arguments";
import { describeError } from "./output/remedyText";
import type { Terminal } from "./output/terminal";
import { productVersion } from "./productVersion";

/** Runs `words` (without node and script) and answers the exit code. Never rejects. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === "--help" || name === "-h" || name === "help") return help(rest[0], terminal);
  if (name === "--version") {
    terminal.write(`${productVersion()}\n`);
    return exitCodes.good;
  }
  if (name === undefined) {
    terminal.say(generalHelp(commands).trimEnd());
    return exitCodes.unusable;
  }
  const command = commands.find((it) => it.name === name);
  if (command === undefined) return reportError(unknownCommand(name), terminal);
  try {
    const call = parseCall(command, rest);
    if (call.values.help === true) return help(name, terminal);
    return await command.run(call, terminal);
  } catch (error) {
    return report(command, error, terminal);
  }
}

function help(name: string | undefined, terminal: Terminal): number {
  const command = commands.find((it) => it.name === name);
  if (name !== undefined && command === undefined) return reportError(unknownCommand(name), terminal);
  terminal.write(command === undefined ? generalHelp(commands) : commandHelp(command));
  return exitCodes.good;
}

function unknownCommand(name: string): string {
  const near = nearest(
    name,
    commands.map((it) => it.name),
  );
  const hint = near === undefined ? `"ecs-daemon --help" lists them.` : `Did you mean "${near}"?`;
  return `There is no command "${name}". ${hint}`;
}

function report(command: Command, error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError)
    return reportError(`${error.message} Usage: ecs-daemon ${command.name} ${command.synopsis}`, terminal);
  if (error instanceof InputError) return reportError(error.message, terminal);
  if (isCancellation(error)) {
    terminal.say("ecs-daemon: Interrupted.");
    return exitCodes.interrupted;
  }
  reportError(describeError(error), terminal);
  // Anything but an answer of ECS is a fault of ours, and its place helps whoever repairs it.
  if (!(error instanceof EcsError) && error instanceof Error && terminal.environment.ECS_DAEMON_DEBUG)
    terminal.say(error.stack ?? "");
  return exitCodes.bad;
}

function reportError(message: string, terminal: Terminal): number {
  terminal.say(`ecs-daemon: ${printable(withoutSecretForms(message))}`);
  return exitCodes.unusable;
}
