// Register, create or update, verify: together and each alone. The server does it; here it is asked for, confirmed
// and reported.

import { window } from "vscode";
import type {
  ClusterChoice,
  DeployAnswer,
  DeployReport,
  DeployStepName,
  TextDocumentReference,
} from "../../../server/src/lsp/protocol";
import { resolvePath } from "../cluster/clusterStore";
import { isFailure, showFailure, showWithLog } from "../failures";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, askDocument } from "./ask";
import { type CallArguments, numberOption, textOption } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";
import { deployLines, deployMessage } from "./deployMessage";

interface Action {
  readonly steps: readonly DeployStepName[];
  readonly progress: string;
  /** Of the confirmation; a step that only reads has none. */
  readonly question?: string;
  readonly verb?: string;
}

/** Options of all four: `cluster`, `service`, `serviceName`, `timeoutSeconds`. They return the JSON of `ecs-daemon deploy`. */
export function deploy(session: Session, call: CallArguments): Promise<DeployAnswer> {
  return run(session, call, {
    steps: ["register", "createService", "verify"],
    progress: "Deploying the daemon service",
    question: "Deploy this daemon service?",
    verb: "Deploy",
  });
}

export function registerTaskDefinition(session: Session, call: CallArguments): Promise<DeployAnswer> {
  return run(session, call, {
    steps: ["register"],
    progress: "Registering the task definition",
    question: "Register this task definition?",
    verb: "Register",
  });
}

export function createService(session: Session, call: CallArguments): Promise<DeployAnswer> {
  return run(session, call, {
    steps: ["createService"],
    progress: "Creating or updating the daemon service",
    question: "Create or update this daemon service?",
    verb: "Create or Update",
  });
}

export function verifyService(session: Session, call: CallArguments): Promise<DeployAnswer> {
  return run(session, call, { steps: ["verify"], progress: "Verifying the daemon service" });
}

async function run(session: Session, call: CallArguments, action: Action): Promise<DeployAnswer> {
  const serviceName = textOption(call, "serviceName");
  const isByNameAlone = serviceName !== undefined && call.uri === undefined && action.question === undefined;
  const uri = isByNameAlone ? "" : await askDocument(session, call);
  const cluster = await askCluster(session, call);
  const service = textOption(call, "service");
  const reference: TextDocumentReference = {
    textDocument: { uri },
    cluster,
    ...(service !== undefined && { service: resolvePath(service) }),
  };
  const declined = await confirm(session, reference, cluster, action);
  if (declined !== undefined) return declined;

  const timeoutSeconds = numberOption(call, "timeoutSeconds");
  const answer = await withProgress(action.progress, (step) =>
    session.server.request(
      "deploy",
      {
        ...reference,
        steps: action.steps,
        ...(serviceName !== undefined && { serviceName }),
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      },
      step.options,
    ),
  );
  if (isFailure(answer)) showFailure(answer);
  else report(session, answer);
  return answer;
}

/** The failure that keeps the target from being described; `undefined` goes on. */
async function confirm(
  session: Session,
  reference: TextDocumentReference,
  cluster: ClusterChoice,
  action: Action,
): Promise<DeployAnswer | undefined> {
  if (action.question === undefined || action.verb === undefined) return undefined;
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  if (target.loopback) return undefined;
  await confirmChange(target, action.question, action.verb, await plannedChanges(session, reference, action));
  return undefined;
}

/** In the order of the steps; a preview that fails leaves only its own line out. */
async function plannedChanges(
  session: Session,
  reference: TextDocumentReference,
  { steps }: Action,
): Promise<readonly string[]> {
  const preview = await withProgress("Previewing the placement", (step) =>
    session.server.request("preview", reference, step),
  );
  const changes: string[] = [];
  if (steps.includes("register")) changes.push("Registers a new revision of the task definition.");
  if (steps.includes("createService"))
    changes.push(
      isFailure(preview)
        ? "Creates or updates the daemon service."
        : `Creates or updates the daemon service ${preview.service.name}.`,
    );
  changes.push(isFailure(preview) ? `No preview: ${preview.error.message}` : preview.sentence);
  return changes;
}

function report({ log }: Session, answer: DeployReport): void {
  for (const line of deployLines(answer)) log.info(line);
  const { severity, text } = deployMessage(answer);
  if (severity === "information") void window.showInformationMessage(text);
  else showWithLog(severity, text);
}
