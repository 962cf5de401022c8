// What a person can do at once about a deployment whose verification failed: buttons of its message. The command has
// returned by then; nobody who called it waits for a click.

import { CancellationError, commands } from "vscode";
import type {
  ClusterChoice,
  DeployReport,
  TextDocumentReference,
  Undo,
} from "../../../server/src/lsp/protocol/protocol";
import { isFailure, showFailure, showProblems } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { commandId } from "./commandIds";
import { confirmChange, describeTarget } from "./confirm";
import { deployLines, deployMessage, type FollowUp, followUps } from "./deployMessage";

export interface Deployed {
  readonly reference: TextDocumentReference & { readonly cluster: ClusterChoice };
  readonly report: DeployReport;
  readonly undo: Undo | undefined;
}

/** Writes the report to the log and shows its first sentence, with what can be done about it. Returns at once. */
export function tellDeployed(session: Session, deployed: Deployed): void {
  const { report, reference, undo } = deployed;
  for (const line of deployLines(report)) session.log.info(line);
  const { severity, text } = deployMessage(report);
  if (severity === "information") {
    succeed(session.log, text);
    return;
  }
  const show = severity === "error" ? notify.error : notify.warning;
  const offered = followUps(report, undo, reference.textDocument.uri !== "");
  const place = report.steps.find((it) => it.place !== undefined)?.place;
  void show(text, ...offered.map((it) => it.title)).then((title) => {
    const picked = offered.find((it) => it.title === title);
    if (picked?.does === "problems" && place !== undefined)
      void showProblems([{ uri: place.file, range: place.range }]);
    else if (picked !== undefined) void follow(session, deployed, picked);
  });
}

async function follow(session: Session, deployed: Deployed, { does, title }: FollowUp): Promise<void> {
  const { reference, undo } = deployed;
  if (does === "undo" && undo !== undefined) await undoDeployment(session, reference.cluster, undo, title);
  else if (does === "explain") {
    const { textDocument, ...options } = reference;
    await commands.executeCommand(commandId("previewPlacement"), textDocument.uri, options);
  } else session.log.show();
}

async function undoDeployment(
  session: Session,
  cluster: ClusterChoice,
  { action, service, sentence }: Undo,
  verb: string,
): Promise<void> {
  try {
    const target = await describeTarget(session, cluster);
    if (isFailure(target)) return;
    const question =
      action === "rollback" ? `Roll back the service ${service}?` : `Remove the service ${service}?`;
    await confirmChange(target, question, verb, [sentence]);
    const title =
      action === "rollback" ? `Rolling back the service ${service}` : `Removing the service ${service}`;
    const answer = await withProgress(title, (step) =>
      session.server.request("undo", { service, action, cluster }, step.options),
    );
    if (isFailure(answer)) return showFailure(answer);
    session.log.info(`${answer.name}: ${answer.outcome}.`);
    succeed(session.log, answer.detail);
  } catch (error) {
    if (error instanceof CancellationError) return;
    session.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
