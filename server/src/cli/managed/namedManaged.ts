// `ecs-daemon verify --daemon NAME` and `ecs-daemon delete --daemon NAME`: a managed daemon by its name, or by its file.

import { documentValue } from "../../core/resources/documentValue";
import { asObject } from "../../core/text/plainValue";
import { printable } from "../../core/text/printable";
import { deleteManaged, deletionText, planDeleteManaged } from "../../ecs/managed/deleteManaged";
import type { ManagedVerification } from "../../ecs/managed/managedReport";
import { daemonNameOf } from "../../ecs/managed/planManaged";
import { type DaemonName, watchManaged } from "../../ecs/managed/verifyManaged";
import { exitCodes, InputError, type OptionValues, UsageError } from "../command";
import { requiredOption, secondsOption } from "../input/arguments";
import { describeTarget, needsConsent, requireConsent, targetOf, withEcs } from "../input/target";
import type { Terminal } from "../output/terminal";
import { json, paragraph } from "../output/textLayout";
import { readManagedDocument } from "./managedFiles";
import { managedVerifyText } from "./managedOutput";

/** Answers the exit code: 0 where it is verified. */
export async function verifyManagedDaemon(
  daemon: string,
  values: OptionValues,
  format: "text" | "json",
  terminal: Terminal,
): Promise<number> {
  const name = await nameOf(daemon, values);
  const target = targetOf(values, terminal);
  const signal = terminal.interruption();
  const report = await withEcs(target, terminal, async (ecs): Promise<ManagedVerification> => {
    const looks = watchManaged(ecs, name, secondsOption(values, "timeout") ?? 60, signal);
    for (;;) {
      const look = await looks.next();
      if (look.done === true) return look.value;
      terminal.say(printable(look.value));
    }
  });
  terminal.write(format === "json" ? json(report) : managedVerifyText(report, terminal));
  return report.verified ? exitCodes.good : exitCodes.bad;
}

/** What is replaced is said first, and is in the question. */
export async function deleteManagedDaemon(
  daemon: string,
  values: OptionValues,
  terminal: Terminal,
): Promise<number> {
  const name = await nameOf(daemon, values);
  const target = targetOf(values, terminal);
  requireConsent(target, values, terminal);
  return withEcs(target, terminal, async (ecs) => {
    const where = needsConsent(target, values) ? await describeTarget(ecs, target, name.cluster) : undefined;
    let plan = await planDeleteManaged(ecs, name);
    for (;;) {
      const text = deletionText(plan);
      terminal.say(printable(text));
      if (where !== undefined && !(await terminal.confirm(printable(`${text} Delete it from ${where}?`)))) {
        terminal.say("Nothing was deleted.");
        return exitCodes.bad;
      }
      const done = await deleteManaged(ecs, name, plan.seen);
      if ("newPlan" in done) {
        plan = done.newPlan;
        continue;
      }
      terminal.write(paragraph(terminal, `ECS deletes the managed daemon ${done.daemon.name}.`));
      return exitCodes.good;
    }
  });
}

/** With the only positional argument the command would be about a service. */
export function refusePositionals(positionals: readonly string[]): void {
  const [first] = positionals;
  if (first !== undefined)
    throw new UsageError(`With --daemon NAME there is no other argument, such as "${first}".`);
}

async function nameOf(daemon: string, values: OptionValues): Promise<DaemonName> {
  const cluster = requiredOption(values, "cluster", "NAME");
  if (!/\.jsonc?$/i.test(daemon)) return { cluster, daemon };
  const file = asObject(documentValue(await readManagedDocument(daemon, "daemon"))) ?? {};
  try {
    return { cluster, daemon: daemonNameOf({ daemon: file }) };
  } catch (error) {
    throw new InputError(`${daemon}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
