// `ecs-daemon deploy`: register, create or update, verify.

import { awsCliCommands } from "../ecs/awsCliCommands";
import { runDeployment } from "../ecs/deploy";
import { checkRequest, type DeployRequest } from "../ecs/plan";
import { describeError, type EcsPort, type EcsTarget } from "../ecs/port";
import { type DeployEvent, type DeployReport, deployStepNames, type StepOutcome } from "../ecs/report";
import { choiceOption, onlyPositional, requiredOption, secondsOption, textOption } from "./arguments";
import { type Command, exitCodes, InputError, type OptionValues } from "./command";
import { readDaemonPair } from "./daemonPair";
import { describePlan, type KnownPlan, lookAhead } from "./deployPlan";
import { targetHelp } from "./help";
import { printable } from "./printable";
import { sendableInput } from "./readFiles";
import {
  describeTarget,
  needsConsent,
  requireConsent,
  targetOf,
  targetOptions,
  targetSynopsis,
  withEcs,
} from "./target";
import type { Terminal } from "./terminal";
import { type Color, columns, json } from "./textLayout";
import { verifyText } from "./verifyOutput";

export const deployCommand: Command = {
  name: "deploy",
  synopsis: `TASKDEF --cluster NAME [--service FILE] ${targetSynopsis} [--dry-run] [--yes] [--timeout SECONDS] [--format text|json]`,
  summary: "Registers, creates or updates the daemon service, and verifies it.",
  help: `
  TASKDEF             the file of the task definition
  --service FILE      the file of the service; without one: named like the
                      family, DAEMON, on EC2
  --cluster NAME      the cluster${targetHelp}
  --dry-run           print the AWS CLI commands that would do the same
  --yes               do not ask
  --timeout SECONDS   how long the verification waits (60)
  --format FORMAT     text (default) or json

Running it again repeats nothing: what ECS already has is left as it is.

Exit code 0 only if verified. Needs the actions ecs:RegisterTaskDefinition,
ecs:DescribeTaskDefinition, ecs:CreateService, ecs:UpdateService,
ecs:DescribeServices, ecs:ListContainerInstances, ecs:DescribeContainerInstances,
ecs:ListTasks, ecs:DescribeTasks, and iam:PassRole for the roles of the task.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    service: { type: "string" },
    "dry-run": { type: "boolean" },
    yes: { type: "boolean" },
    timeout: { type: "string" },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const request = await readRequest(values, onlyPositional(positionals, "TASKDEF"));
    const target = targetOf(values, terminal);
    if (values["dry-run"] === true) return dryRun(request, target, format, terminal);
    requireConsent(target, values, terminal);
    const report = await withEcs(target, (ecs) =>
      deployWithConsent(request, ecs, { target, values, terminal }),
    );
    if (report === undefined) return exitCodes.bad;
    terminal.write(format === "json" ? json(report) : textOf(report, terminal));
    if (report.steps.some((it) => it.outcome === "cancelled")) return exitCodes.interrupted;
    return report.verify?.verified === true ? exitCodes.good : exitCodes.bad;
  },
};

async function readRequest(values: OptionValues, taskDefinitionPath: string): Promise<DeployRequest> {
  const cluster = requiredOption(values, "cluster", "NAME");
  const timeoutSeconds = secondsOption(values, "timeout");
  const pair = await readDaemonPair(taskDefinitionPath, textOption(values, "service"));
  const request: DeployRequest = {
    cluster,
    taskDefinition: sendableInput(pair.taskDefinition),
    service: pair.service === undefined ? undefined : sendableInput(pair.service),
    steps: deployStepNames,
    timeoutSeconds,
  };
  try {
    checkRequest(request);
  } catch (error) {
    throw new InputError(describeError(error));
  }
  return request;
}

async function dryRun(
  request: DeployRequest,
  target: EcsTarget,
  format: "text" | "json",
  terminal: Terminal,
): Promise<number> {
  const known = await withEcs(target, (ecs) => lookAhead(request, ecs)).catch((error: unknown): KnownPlan => {
    terminal.say(
      printable(`What ECS has already is not known, so that everything is created: ${describeError(error)}`),
    );
    return {};
  });
  const commands = awsCliCommands(request, target, known);
  terminal.write(format === "json" ? json({ commands }) : `${commands.join("\n")}\n`);
  return exitCodes.good;
}

interface Consent {
  readonly target: EcsTarget;
  readonly values: OptionValues;
  readonly terminal: Terminal;
}

/** `undefined` where the person said no. */
async function deployWithConsent(
  request: DeployRequest,
  ecs: EcsPort,
  { target, values, terminal }: Consent,
): Promise<DeployReport | undefined> {
  if (needsConsent(target, values)) {
    const where = await describeTarget(ecs, target, request.cluster);
    const question = `${describePlan(await lookAhead(request, ecs))} Deploy to ${where}?`;
    if (!(await terminal.confirm(printable(question)))) {
      terminal.say("Nothing was changed.");
      return undefined;
    }
  }
  return runDeployment(request, ecs, (event) => tell(event, terminal), terminal.interruption());
}

function tell(event: DeployEvent, terminal: Terminal): void {
  if (event.kind !== "finished") terminal.say(printable(event.message));
}

const outcomeColors: Readonly<Record<StepOutcome, Color>> = {
  done: "green",
  unchanged: "dim",
  failed: "red",
  skipped: "dim",
  cancelled: "yellow",
};

function textOf(report: DeployReport, terminal: Terminal): string {
  const steps = report.steps.filter((it) => it.name !== "verify" || report.verify === null);
  const rows = steps.map(({ name, outcome, detail }) => [
    { text: name },
    { text: outcome, color: outcomeColors[outcome] },
    { text: detail },
  ]);
  const verified = report.verify === null ? "" : `\n${verifyText(report.verify, terminal)}`;
  return `${columns(terminal, rows, "")}${verified}`;
}
