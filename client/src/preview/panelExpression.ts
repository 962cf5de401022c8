// What the input box of a preview panel asks for: help with the expression in it, trying it out, and writing it into a
// file.

import { Uri, WorkspaceEdit, workspace } from "vscode";
import type { PreviewParams, TrialConstraint } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, showFailure, showWithLog } from "../failures";
import type { Server } from "../server";
import { latestOnly } from "./latestOnly";
import type { ExpressionMessage, HostMessage, PanelMessage, PreviewedDocument } from "./messages";
import { reveal, toRange } from "./panelInspection";

/** The panel that asks, as it is now. */
export interface TryingPanel {
  readonly server: Server;
  readonly params: PreviewParams;
  readonly document: PreviewedDocument;
  send(message: HostMessage): void;
  /** From now on its previews are with this constraint. */
  tryOut(trial: TrialConstraint | undefined): void;
}

const kinds: ReadonlySet<string> = new Set<ExpressionMessage["kind"]>(["expression", "trial", "addTrial"]);

export function isExpressionMessage(message: PanelMessage): message is ExpressionMessage {
  return kinds.has(message.kind);
}

type Asked = Extract<ExpressionMessage, { readonly kind: "expression" }>;

/** One for each panel: of several questions on their way only the newest counts. Never rejects. */
export function createExpressionHelp(
  panel: () => TryingPanel,
): (message: ExpressionMessage) => Promise<void> {
  const newest = new Map<Asked["purpose"], Asked>();
  const answerNewest = (purpose: Asked["purpose"]) =>
    latestOnly(async () => {
      const asked = newest.get(purpose);
      if (asked !== undefined) await help(asked, panel());
    });
  const answers = { typing: answerNewest("typing"), pointing: answerNewest("pointing") };
  return async (message) => {
    try {
      switch (message.kind) {
        case "expression":
          newest.set(message.purpose, message);
          // Without a language server the panel says so; a notification for each keystroke would say no more.
          return await answers[message.purpose]().catch(() => undefined);
        case "trial":
          return panel().tryOut(message.trial);
        case "addTrial":
          return await add(message.trial, panel());
      }
    } catch (error) {
      showWithLog("error", error instanceof Error ? error.message : String(error));
    }
  };
}

async function help(
  { text, offset, purpose }: Asked,
  { server, params, document, send }: TryingPanel,
): Promise<void> {
  const { trial: _, ...known } = params;
  const answer = await server.request("expression", { ...known, text, offset });
  if (isFailure(answer)) return showFailure(answer);
  send({ kind: "expression", document, text, offset, purpose, help: answer });
}

/** The user sees the edit where it is made, and can undo it there. */
async function add(trial: TrialConstraint, { server, params, document, send }: TryingPanel): Promise<void> {
  const answer = await server.request("addConstraint", { ...params, trial });
  if (isFailure(answer)) return showFailure(answer);
  const edit = new WorkspaceEdit();
  const uri = Uri.parse(answer.uri);
  for (const it of answer.edits) edit.replace(uri, toRange(it.range), it.newText);
  if (!(await workspace.applyEdit(edit))) return showWithLog("error", "The file could not be edited.");
  // It is in the file now: on top of it, it would count twice.
  send({ kind: "trialAdded", document });
  const [first] = answer.edits;
  if (first === undefined) return;
  const { start } = first.range;
  await reveal(answer.uri, { start, end: start }, false);
}
