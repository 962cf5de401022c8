// `ecs-daemon deploy X.daemon-taskdef.json --daemon X.daemon.json`: a managed daemon, the plan first.

import { resolve } from "node:path";
import type { Resource } from "../../core/resources/resource";
import { printable } from "../../core/text/printable";
import {
  type CheckedDocument,
  countsByFile,
  diagnosticLines,
  isFilledByDeployment,
  withSeverity,
} from "../../core/workspace/soundness";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import { isInputFile, variablesOf } from "../../ecs/deploy/awsCliCommands";
import { managedCommands } from "../../ecs/managed/managedCommands";
import type {
  ManagedPlan,
  ManagedReport,
  ManagedRequest,
  RegistrationPlan,
} from "../../ecs/managed/managedReport";
import { planManaged } from "../../ecs/managed/planManaged";
import { runManagedDeployment } from "../../ecs/managed/runManaged";
import type { EcsPort } from "../../ecs/port";
import { unknownInFile, unknownPropertiesText } from "../../ecs/unknownProperties";
import { exitCodes, InputError, type OptionValues } from "../command";
import { readSendable } from "../files/readFiles";
import { createSenderLookup } from "../files/senderFiles";
import { createWorkspaceReader } from "../files/workspaceFiles";
import { requiredOption, secondsOption } from "../input/arguments";
import { describeTarget, needsConsent, requireConsent, targetOf, withEcs } from "../input/target";
import { diagnosticRows, diagnosticsJson } from "../output/diagnosticOutput";
import { sayPlan } from "../output/planOutput";
import type { Terminal } from "../output/terminal";
import { columns, json } from "../output/textLayout";
import { outcomeColors } from "../output/verifyOutput";
import { readManagedDocument } from "./managedFiles";
import { managedVerifyText } from "./managedOutput";

/** Answers the exit code: 0 only where it is verified. */
export async function deployManaged(
  definitionPath: string,
  daemonPath: string,
  values: OptionValues,
  format: "text" | "json",
  terminal: Terminal,
): Promise<number> {
  const cluster = requiredOption(values, "cluster", "NAME");
  const taskDefinition = await readManagedDocument(definitionPath, "daemonTaskDefinition");
  const daemon = await readManagedDocument(daemonPath, "daemon");
  const request = readRequest([taskDefinition, daemon], cluster, values, terminal);
  const target = targetOf(values, terminal);
  if (values["dry-run"] === true) {
    const plan = await withEcs(target, terminal, (ecs) => planManaged(request, ecs, terminal.interruption()));
    sayPlan(plan, printable(`A deployment would do this: ${plan.sentence}`), terminal);
    const isPlain = isInputFile(taskDefinition.source.text, request.taskDefinition ?? {});
    const commands = managedCommands(plan, cluster, target, isPlain ? resolve(definitionPath) : undefined);
    const variables = variablesOf(commands);
    if (variables.length > 0)
      terminal.say(
        `What looks like a secret is not printed: set ${variables.join(", ")} before you run the commands.`,
      );
    terminal.write(
      format === "json" ? json({ commands, ...replacedJson(plan) }) : `${commands.join("\n")}\n`,
    );
    return exitCodes.good;
  }
  requireConsent(target, values, terminal);
  const report = await withEcs(target, terminal, async (ecs) => {
    const where = needsConsent(target, values) ? await describeTarget(ecs, target, cluster) : undefined;
    return deployWithConsent(request, ecs, where, terminal);
  });
  if (report === undefined) return exitCodes.bad;
  terminal.write(format === "json" ? json(report) : textOf(report, terminal));
  if (report.steps.some((it) => it.outcome === "cancelled")) return exitCodes.interrupted;
  return report.verify?.verified === true ? exitCodes.good : exitCodes.bad;
}

function readRequest(
  [taskDefinition, daemon]: readonly [Resource, Resource],
  cluster: string,
  values: OptionValues,
  terminal: Terminal,
): ManagedRequest {
  const senderOf = createSenderLookup();
  const request = {
    cluster,
    taskDefinition: readSendable(taskDefinition, senderOf),
    daemon: readSendable(daemon, senderOf),
    force: values.force === true,
    timeoutSeconds: secondsOption(values, "timeout"),
  };
  const workspaceOf = createWorkspaceReader([taskDefinition, daemon]);
  const checked = [taskDefinition, daemon].map((document): CheckedDocument => {
    const all = validateInWorkspace(document, () => workspaceOf(document), {}, true);
    return { document, all, diagnostics: all.filter((it) => !isFilledByDeployment(it)) };
  });
  const errors = withSeverity(checked, "error");
  if (errors.length > 0 && values["despite-errors"] !== true) {
    for (const { document, diagnostics } of errors) {
      terminal.say(printable(document.source.file));
      terminal.say(diagnosticRows(terminal, diagnosticsJson(document.source.text, diagnostics)).trimEnd());
    }
    throw new InputError(
      `${countsByFile(errors, "error")}: nothing was sent. Correct them, or add --despite-errors to send the files as they are.`,
    );
  }
  for (const [document, kind, input] of [
    [taskDefinition, "daemonTaskDefinition", request.taskDefinition],
    [daemon, "daemon", request.daemon],
  ] as const) {
    const unknown = unknownInFile(kind, input);
    if (unknown.length > 0)
      throw new InputError(`${document.source.file}: ${unknownPropertiesText(unknown)} Nothing was sent.`);
  }
  const warnings = withSeverity(checked, "warning");
  return { ...request, notes: { errors: diagnosticLines(errors), warnings: diagnosticLines(warnings) } };
}

/** `where` is the target in words where somebody has to be asked. `undefined` where they said no. */
async function deployWithConsent(
  request: ManagedRequest,
  ecs: EcsPort,
  where: string | undefined,
  terminal: Terminal,
): Promise<ManagedReport | undefined> {
  const signal = terminal.interruption();
  let plan: RegistrationPlan = await planManaged(request, ecs, signal);
  const say = (line: string) => terminal.say(printable(line));
  for (;;) {
    sayPlan(plan, printable(where === undefined ? "The plan:" : `The plan for ${where}:`), terminal);
    if (where !== undefined && !(await terminal.confirm(printable(`${plan.sentence} Deploy to ${where}?`)))) {
      terminal.say("Nothing was changed.");
      return undefined;
    }
    const report = await runManagedDeployment(request, ecs, { agreed: plan.seen, say, signal });
    if (report.newPlan === undefined) return report;
    say(report.steps.find((it) => it.outcome === "failed")?.detail ?? "");
    plan = report.newPlan;
  }
}

function replacedJson({ preview, sentence }: ManagedPlan) {
  const { rollout, providers } = preview;
  return { sentence, rollout, providers };
}

function textOf(report: ManagedReport, terminal: Terminal): string {
  const steps = report.steps.filter((it) => it.name !== "verify" || report.verify === null);
  const rows = steps.map(({ name, outcome, detail }) => [
    { text: name },
    { text: outcome, color: outcomeColors[outcome] },
    { text: detail },
  ]);
  const verified = report.verify === null ? "" : `\n${managedVerifyText(report.verify, terminal)}`;
  return `${columns(terminal, rows, "")}${verified}`;
}
