// Register, create or update, verify: together and each alone. The server does it; here it is asked for, confirmed
// and reported.

import { commands } from "vscode";
import type {
  ClusterChoice,
  DeployAnswer,
  DeployParams,
  DeployStepName,
  FailureAction,
  ManagedDeployAnswer,
  ManagedPart,
  ManagedVerifyAnswer,
  PlanSummary,
  TextDocumentReference,
} from "../../../server/src/lsp/protocol/protocol";
import { type ExtraButton, isFailure, showFailure } from "../failures";
import { isManagedFile } from "../managed/isManagedFile";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { tellDeployed } from "./afterDeploy";
import { askCluster, askDocument } from "./ask";
import { type CallArguments, numberOption, textOption } from "./callArguments";
import { decidePairing, serviceReference } from "./chooseService";
import { type CommandName, commandId } from "./commandIds";
import { confirmChange, describeTarget, type Target } from "./confirm";
import { dialogLines, lineText, type PlanLine, planLines } from "./planText";

interface Action {
  readonly command: CommandName;
  readonly steps: readonly DeployStepName[];
  /** The same of a managed daemon. */
  readonly managed: ManagedPart | "verify";
  readonly progress: string;
  /** Of the confirmation; a step that only reads has none. */
  readonly question?: string;
  readonly verb?: string;
}

type RunAnswer = DeployAnswer | ManagedDeployAnswer | ManagedVerifyAnswer;

/** Options of all four: `cluster`, `service` (`null`: a new one), `serviceName`, `timeoutSeconds`, `onFailure`, `despiteErrors`. They return the JSON of `ecs-daemon deploy`. */
export function deploy(session: Session, call: CallArguments): Promise<RunAnswer> {
  return run(session, call, {
    command: "deploy",
    steps: ["register", "createService", "verify"],
    managed: "all",
    progress: "Deploying the daemon service",
    question: "Deploy this daemon service?",
    verb: "Deploy",
  });
}

export function registerTaskDefinition(session: Session, call: CallArguments): Promise<RunAnswer> {
  return run(session, call, {
    command: "registerTaskDefinition",
    steps: ["register"],
    managed: "register",
    progress: "Registering the task definition",
    question: "Register this task definition?",
    verb: "Register",
  });
}

export function createService(session: Session, call: CallArguments): Promise<RunAnswer> {
  return run(session, call, {
    command: "createService",
    steps: ["createService"],
    managed: "daemon",
    progress: "Creating or updating the daemon service",
    question: "Create or update this daemon service?",
    verb: "Create or Update",
  });
}

export function verifyService(session: Session, call: CallArguments): Promise<RunAnswer> {
  return run(session, call, {
    command: "verifyService",
    steps: ["verify"],
    managed: "verify",
    progress: "Verifying the daemon service",
  });
}

async function run(session: Session, call: CallArguments, action: Action): Promise<RunAnswer> {
  const managed = await runOfManaged(session, call, action);
  return "uri" in managed ? runService(session, { ...call, uri: managed.uri }, action) : managed.answer;
}

/** What came of it where the command is about a managed daemon; else the document that it is about. */
async function runOfManaged(
  session: Session,
  call: CallArguments,
  { command, managed, verb = "" }: Action,
): Promise<
  { readonly uri: string | undefined } | { readonly answer: ManagedDeployAnswer | ManagedVerifyAnswer }
> {
  const daemonName = managed === "verify" ? textOption(call, "daemonName") : undefined;
  const isByName = textOption(call, "serviceName") !== undefined && call.uri === undefined;
  if (daemonName === undefined && managed === "verify" && isByName) return { uri: undefined };
  const uri = daemonName === undefined ? await askDocument(session, call) : "";
  if (daemonName === undefined && !(await isManagedFile(session, uri))) return { uri };
  const { runManaged, verifyManaged } = await import("../managed/runManaged");
  const cluster = await askCluster(session, call);
  if (managed !== "verify")
    return { answer: await runManaged(session, call, { uri, cluster, part: managed, command, verb }) };
  const named = daemonName === undefined ? { textDocument: { uri } } : { daemonName };
  return { answer: await verifyManaged(session, call, named, cluster) };
}

async function runService(session: Session, call: CallArguments, action: Action): Promise<DeployAnswer> {
  const serviceName = textOption(call, "serviceName");
  const isByNameAlone = serviceName !== undefined && call.uri === undefined && action.question === undefined;
  const uri = isByNameAlone ? "" : await askDocument(session, call);
  const cluster = await askCluster(session, call);
  await decidePairing(session, call, uri, action.steps);
  const reference: TextDocumentReference & { readonly cluster: ClusterChoice } = {
    textDocument: { uri },
    cluster,
    ...serviceReference(call),
  };
  const timeoutSeconds = numberOption(call, "timeoutSeconds");
  const onFailure = failureAction(call);
  const params: DeployParams = {
    ...reference,
    steps: action.steps,
    ...(serviceName !== undefined && { serviceName }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(onFailure !== undefined && { onFailure }),
    ...(call.options.despiteErrors === true && { despiteErrors: true }),
  };
  const target = action.question === undefined ? undefined : await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const isAsked = target !== undefined && !target.loopback;
  const answer = isAsked
    ? await deployAgreed(session, params, target, action)
    : await send(session, params, action);
  if (isFailure(answer)) {
    showFailure(answer, answer.error.code === "errors-in-files" ? [anyway(reference, call, action)] : []);
    return answer;
  }
  // What buttons offer is between the server and the message: the result is the JSON of `ecs-daemon deploy`.
  const { undo, ...report } = answer;
  tellDeployed(session, { reference, report, undo });
  return report;
}

/** Sends the files although they have errors: the same command again, for the same document and cluster. */
function anyway(
  { textDocument, ...reference }: TextDocumentReference,
  call: CallArguments,
  { command, verb }: Action,
): ExtraButton {
  const options = { ...call.options, ...reference, despiteErrors: true };
  return {
    title: `${verb} Anyway`,
    run: () => commands.executeCommand(commandId(command), textDocument.uri, options),
  };
}

function send(session: Session, params: DeployParams, { progress }: Action): Promise<DeployAnswer> {
  return withProgress(progress, (step) => session.server.request("deploy", params, step.options));
}

/**
 * Shows what would change and asks; what was agreed to goes along. Where it no longer holds, the server has done nothing,
 * and what would change now is shown and asked about again.
 */
async function deployAgreed(
  session: Session,
  params: DeployParams,
  target: Target,
  action: Action,
): Promise<DeployAnswer> {
  const plan = await withProgress("Looking up what would change", (step) =>
    session.server.request("plan", params, step),
  );
  if (isFailure(plan)) return plan;
  let [agreed, news]: [PlanSummary, readonly PlanLine[]] = [plan, []];
  for (;;) {
    const lines = [...news, ...planLines(agreed)];
    for (const it of lines) session.log.info(lineText(it));
    await confirmChange(target, action.question ?? "", action.verb ?? "", dialogLines(lines));
    const answer = await send(session, { ...params, agreed: agreed.seen }, action);
    if (isFailure(answer) || answer.newPlan === undefined) return answer;
    const refused = answer.steps.find((it) => it.outcome === "failed");
    [agreed, news] = [answer.newPlan, refused === undefined ? [] : [refused.detail]];
  }
}

function failureAction(call: CallArguments): FailureAction | undefined {
  const value = textOption(call, "onFailure");
  return value === "keep" || value === "rollback" || value === "remove" ? value : undefined;
}
