// `ecs-daemon deploy`: register, create or update, verify.

import { resolve } from "node:path";
import { createRanges } from "../../core/text/positions";
import { printable } from "../../core/text/printable";
import type { CheckedDocument } from "../../core/workspace/soundness";
import { awsCliCommands, type InputFiles, isInputFile, variablesOf } from "../../ecs/deploy/awsCliCommands";
import { runDeployment } from "../../ecs/deploy/deploy";
import { planDeployment } from "../../ecs/deploy/deployPlan";
import { summarizePlan } from "../../ecs/deploy/describePlan";
import { placeRefusals } from "../../ecs/deploy/placeRefusals";
import { checkRequest, type DeployRequest } from "../../ecs/deploy/stepPlans";
import { EcsError, type EcsPort, type EcsTarget, isCancellation } from "../../ecs/port";
import {
  type DeployEvent,
  type DeployReport,
  deployStepNames,
  failureActions,
  type PlacementDiff,
  type PlanSummary,
  withRemedies,
} from "../../ecs/report";
import { type Command, exitCodes, InputError, type OptionValues } from "../command";
import { readSendable } from "../files/readFiles";
import { createSenderLookup } from "../files/senderFiles";
import { targetHelp } from "../help";
import { choiceOption, onlyPositional, requiredOption, secondsOption } from "../input/arguments";
import { daemonOption } from "../input/daemonOption";
import { pairHelp, pairOptions, pairSynopsis, readDaemonPair, undecidedService } from "../input/daemonPair";
import { requireLocal, sayDefaults } from "../input/hostDeployment";
import { checkSound } from "../input/soundDeployment";
import {
  describeTarget,
  needsConsent,
  requireConsent,
  targetOf,
  targetOptions,
  targetSynopsis,
  withEcs,
} from "../input/target";
import { deployManaged } from "../managed/deployManaged";
import { sayNotes, sayPlan } from "../output/planOutput";
import { commandLineWords, describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";
import { columns, json } from "../output/textLayout";
import { outcomeColors, verifyText } from "../output/verifyOutput";

export const deployCommand: Command = {
  name: "deploy",
  synopsis: `TASKDEF --cluster NAME ${pairSynopsis} [--daemon FILE [--force]] ${targetSynopsis} [--dry-run] [--despite-errors] [--yes] [--timeout SECONDS] [--on-failure keep|rollback|remove] [--format text|json]`,
  summary: "Registers, creates or updates the daemon service, and verifies it.",
  help: `
  TASKDEF             the file of the task definition; FILE#RESOURCE of a
                      template or Terraform file is deployed to the local
                      cluster only, once all of its values are known
${pairHelp.replace(/^\n/, "")}
  --daemon FILE       deploy a managed daemon: TASKDEF is its daemon task
                      definition, FILE the daemon; ARNs that FILE leaves out are
                      filled in, settings that it leaves out are kept
  --cluster NAME      the cluster${targetHelp}
  --force             send an update of a managed daemon that changes nothing;
                      it may replace every instance
  --dry-run           print the AWS CLI commands that would do the same
  --despite-errors    send the files although they have errors; a property that
                      ECS does not know is refused all the same
  --yes               do not ask
  --timeout SECONDS   how long the verification waits (60); how long the
                      deployment of a managed daemon is watched (1800)
  --on-failure WHAT   what to do where the verification fails: keep the service
                      (default), rollback to the revision before, or remove the
                      service that was just created; ECS itself decides about
                      a managed daemon
  --format FORMAT     text (default) or json

Both files are checked first, as "validate" checks them: an error stops the
deployment with exit code 2, before anything is sent, and warnings are part of
the plan. What is sent is exactly what the files hold.

The plan goes to standard error first: what changes in the task definition and
the service, and which container instances gain, keep and lose a task. What was
agreed to is checked again right before it is carried out.

Running it again repeats nothing: what ECS already has is left as it is.

Exit code 0 only if verified. Needs the actions ecs:RegisterTaskDefinition,
ecs:DescribeTaskDefinition, ecs:CreateService, ecs:UpdateService,
ecs:DescribeServices, ecs:ListContainerInstances,
ecs:DescribeContainerInstances, ecs:ListTasks, ecs:DescribeTasks, iam:PassRole
for the roles of the task, and ecs:ListClusters to be asked, ecs:DeleteService
for --on-failure remove.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    ...pairOptions,
    daemon: { type: "string" },
    force: { type: "boolean" },
    "dry-run": { type: "boolean" },
    "despite-errors": { type: "boolean" },
    yes: { type: "boolean" },
    timeout: { type: "string" },
    "on-failure": { type: "string" },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const taskDefinitionPath = onlyPositional(positionals, "TASKDEF");
    const daemonPath = daemonOption(values, { only: ["force"], never: ["on-failure"] });
    if (daemonPath !== undefined)
      return deployManaged(taskDefinitionPath, daemonPath, values, format, terminal);
    const { files, checked, foundService, ...request } = await readRequest(
      values,
      taskDefinitionPath,
      terminal,
    );
    const target = targetOf(values, terminal);
    requireLocal(checked, target);
    if (values["dry-run"] !== true) requireConsent(target, values, terminal);
    if (foundService !== undefined)
      terminal.say(
        printable(`The service file is ${foundService}. For a new service instead: --new-service.`),
      );
    if (values["dry-run"] === true) return dryRun(request, { target, files, format }, terminal);
    const reported = await withEcs(target, terminal, (ecs) =>
      deployWithConsent(request, ecs, { target, values, terminal }),
    );
    if (reported === undefined) return exitCodes.bad;
    const located = placeRefusals(reported, checked, ({ source: { text } }, span) =>
      createRanges(text)(span),
    );
    const report = withRemedies(located, commandLineWords);
    terminal.write(format === "json" ? json(report) : textOf(report, terminal));
    if (report.steps.some((it) => it.outcome === "cancelled")) return exitCodes.interrupted;
    return report.verify?.verified === true ? exitCodes.good : exitCodes.bad;
  },
};

interface ReadRequest extends DeployRequest {
  readonly files: InputFiles;
  readonly checked: readonly CheckedDocument[];
  /** The service file, where it was found rather than named. */
  readonly foundService: string | undefined;
}

async function readRequest(
  values: OptionValues,
  taskDefinitionPath: string,
  terminal: Terminal,
): Promise<ReadRequest> {
  const cluster = requiredOption(values, "cluster", "NAME");
  const timeoutSeconds = secondsOption(values, "timeout");
  const onFailure = choiceOption(values, "on-failure", failureActions);
  const pair = await readDaemonPair(taskDefinitionPath, values);
  if (pair.candidates.length > 0) throw new InputError(`${undecidedService(pair)} Nothing was sent.`);
  sayDefaults(pair, terminal);
  const senderOf = createSenderLookup();
  const taskDefinition = readSendable(pair.taskDefinition, senderOf);
  const service = pair.service === undefined ? undefined : readSendable(pair.service, senderOf);
  const despiteErrors = values["despite-errors"] === true;
  const { checked, notes } = checkSound(
    pair,
    { despiteErrors, senderOf, inputs: { taskDefinition, service } },
    terminal,
  );
  const isPlain = isInputFile(pair.taskDefinition.source.text, taskDefinition);
  const request = {
    cluster,
    taskDefinition,
    service,
    steps: deployStepNames,
    timeoutSeconds,
    onFailure,
    foundService: pair.found,
    notes,
    checked,
    files: isPlain ? { taskDefinition: resolve(taskDefinitionPath) } : {},
  };
  try {
    checkRequest(request);
  } catch (error) {
    throw new InputError(describeError(error));
  }
  return request;
}

interface DryRun {
  readonly target: EcsTarget;
  readonly files: InputFiles;
  readonly format: "text" | "json";
}

async function dryRun(
  request: DeployRequest,
  { target, files, format }: DryRun,
  terminal: Terminal,
): Promise<number> {
  const signal = terminal.interruption();
  const plan = await withEcs(target, terminal, (ecs) => planDeployment(request, ecs, signal)).catch(
    (error: unknown) => {
      if (isCancellation(error)) throw error;
      terminal.say(
        printable(`What ECS has already is not known, so everything is created: ${describeError(error)}`),
      );
      return undefined;
    },
  );
  const summary = plan === undefined ? undefined : summarizePlan(plan, request.onFailure);
  if (summary === undefined) sayNotes(request, terminal);
  else sayPlan(summary, "A deployment would do this:", terminal);
  const commands = awsCliCommands(request, target, plan, files);
  const variables = variablesOf(commands);
  if (variables.length > 0)
    terminal.say(
      `What looks like a secret is not printed: set ${variables.join(", ")} before you run the commands.`,
    );
  terminal.write(
    format === "json" ? json({ commands, ...placementJson(summary) }) : `${commands.join("\n")}\n`,
  );
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
  consent: Consent,
): Promise<DeployReport | undefined> {
  const { target, values, terminal } = consent;
  const signal = terminal.interruption();
  const run = (agreed: DeployRequest) =>
    runDeployment(agreed, ecs, (event) => reportProgress(event, terminal), signal);
  if (!needsConsent(target, values)) {
    const plan = await planIfPossible(request, ecs, signal);
    if (plan === undefined) sayNotes(request, terminal);
    else sayPlan(plan, "The plan:", terminal);
    return { ...(await run(request)), ...placementJson(plan) };
  }
  const where = await describeTarget(ecs, target, request.cluster);
  let plan = summarizePlan(await planDeployment(request, ecs, signal), request.onFailure);
  for (;;) {
    sayPlan(plan, printable(`The plan for ${where}:`), terminal);
    if (!(await terminal.confirm(printable(`${plan.sentence} Deploy to ${where}?`)))) {
      terminal.say("Nothing was changed.");
      return undefined;
    }
    const report = await run({ ...request, agreed: plan.seen });
    if (report.newPlan === undefined) return { ...report, ...placementJson(plan) };
    terminal.say(printable(report.steps.find((it) => it.outcome === "failed")?.detail ?? ""));
    plan = report.newPlan;
  }
}

/** Nothing gets better by registering first where the service cannot be deployed then. */
const hopeless: ReadonlySet<string> = new Set(["NotADaemonService", "ServiceDraining"]);

/**
 * Nobody is asked: where looking ahead fails, the deployment meets the same obstacle and reports it in its step. Only
 * what cannot succeed is refused before anything is sent.
 */
async function planIfPossible(
  request: DeployRequest,
  ecs: EcsPort,
  signal: AbortSignal,
): Promise<PlanSummary | undefined> {
  try {
    return summarizePlan(await planDeployment(request, ecs, signal), request.onFailure);
  } catch (error) {
    if (!(error instanceof EcsError)) return undefined;
    if (error.name === "ClusterNotFoundException")
      throw new InputError(`There is no cluster "${request.cluster}" in this account and Region.`);
    if (hopeless.has(error.name)) throw error;
    return undefined;
  }
}

function placementJson(plan: PlanSummary | undefined): { readonly placement?: PlacementDiff } {
  return plan?.placement === undefined ? {} : { placement: plan.placement };
}

function reportProgress(event: DeployEvent, terminal: Terminal): void {
  if (event.kind !== "finished") terminal.say(printable(event.message));
}

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
