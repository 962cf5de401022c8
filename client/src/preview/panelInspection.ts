// What a reader of a preview panel asks next: about one instance, the place of a clause, another text to compare with,
// a remedy done.

import { commands, Range, Uri, WorkspaceEdit, window, workspace } from "vscode";
import type {
  ApplicableRemedy,
  BaselineAnswer,
  BaselineParams,
  MatchClauseAnswer,
  PreviewParams,
  PreviewResult,
  TextRange,
} from "../../../server/src/lsp/protocol/protocol";
import { commandId } from "../commands/commandIds";
import { isFailure, showFailure, showWithLog } from "../failures";
import { fileUri, parsedFileUri } from "../resourceUri";
import type { Server } from "../server";
import { headText } from "./gitHead";
import type {
  Against,
  ClauseReference,
  HostMessage,
  InspectionMessage,
  PanelMessage,
  PreviewedDocument,
} from "./messages";

/** The panel that asks, as it is now. */
export interface InspectedPanel {
  readonly server: Server;
  /** What its next preview would ask for, the changes of What if included. */
  readonly params: PreviewParams;
  readonly document: PreviewedDocument;
  readonly result: PreviewResult | undefined;
  send(message: HostMessage): void;
  /** From now on its verdicts are compared with these. */
  compare(against: Against): void;
}

const kinds: ReadonlySet<string> = new Set<InspectionMessage["kind"]>([
  "explain",
  "revealClause",
  "showPlace",
  "compare",
  "remedy",
]);

export function isInspectionMessage(message: PanelMessage): message is InspectionMessage {
  return kinds.has(message.kind);
}

/** Never rejects: what fails is told to the user. */
export async function performInspection(message: InspectionMessage, panel: InspectedPanel): Promise<void> {
  try {
    switch (message.kind) {
      case "explain":
        return await explain(message.instance, panel);
      case "revealClause":
        return await revealClause(message.clause, panel);
      case "showPlace":
        return await reveal(message.place.uri, message.place.range, false);
      case "compare":
        return panel.compare(message.against);
      case "remedy":
        return await applyRemedy(message.instance, message.remedy, panel);
    }
  } catch (error) {
    showWithLog("error", error instanceof Error ? error.message : String(error));
  }
}

async function explain(instance: string, { server, params, document, send }: InspectedPanel): Promise<void> {
  const answer = await server.request("explain", { ...params, instance });
  // The instance may just have left; the next preview shows it.
  if (!isFailure(answer)) send({ kind: "explanation", document, explanation: answer });
}

/** Selects the clause beside the panel, which keeps the focus. */
async function revealClause(clause: ClauseReference, { server, params }: InspectedPanel): Promise<void> {
  const answer = await server.request("locateClause", { ...params, ...clause });
  if (isFailure(answer)) return showFailure(answer);
  await reveal(answer.uri, answer.range, true);
}

/** Shows a place of a document where it is on view, else beside the panel. */
export async function reveal(uri: string, range: TextRange, preserveFocus: boolean): Promise<void> {
  const document = await workspace.openTextDocument(parsedFileUri(uri));
  const selection = toRange(range);
  await window.showTextDocument(document, { viewColumn: columnOf(uri), selection, preserveFocus });
}

/** Where the document is on view already, else the first column: the panel is beside it. */
export function columnOf(uri: string): number {
  return window.visibleTextEditors.find((it) => it.document.uri.toString() === fileUri(uri))?.viewColumn ?? 1;
}

export function toRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** The text may have changed since the remedy was offered: it is asked for anew, and done if it still is the same. */
async function applyRemedy(
  instance: string,
  offered: ApplicableRemedy,
  { server, params }: InspectedPanel,
): Promise<void> {
  const answer = await server.request("explain", { ...params, instance });
  if (isFailure(answer)) return showFailure(answer);
  const remedy = answer.remedies.find((it) => isSame(it, offered));
  if (remedy === undefined) {
    showWithLog("information", "The preview has changed: this no longer helps.");
    return;
  }
  if (remedy.kind === "attributes") {
    const { attributes } = remedy;
    const { cluster } = params;
    await commands.executeCommand(commandId("putAttributes"), undefined, {
      instances: [instance],
      attributes,
      ...(cluster !== undefined && { cluster }),
    });
    return;
  }
  const edit = new WorkspaceEdit();
  const uri = Uri.parse(remedy.uri);
  for (const it of remedy.edits) edit.replace(uri, toRange(it.range), it.newText);
  await workspace.applyEdit(edit);
  const [first] = remedy.edits;
  if (first === undefined) return;
  // Several edits are never in one line; the first one shows where to look.
  const { start } = first.range;
  const end = { line: start.line, character: start.character + first.newText.length };
  await reveal(remedy.uri, { start, end }, false);
}

/** Whether two remedies come to the same, wherever the text to change is by now. */
function isSame(one: ApplicableRemedy, other: ApplicableRemedy): boolean {
  if (one.filter !== other.filter) return false;
  if (one.kind === "edit") return other.kind === "edit" && one.value === other.value;
  return (
    other.kind === "attributes" &&
    one.attributes.length === other.attributes.length &&
    one.attributes.every(({ name, value }, index) => {
      const second = other.attributes[index];
      return name === second?.name && value === second.value;
    })
  );
}

/** The verdicts to compare with, for the page to show; nothing is sent where the page has them itself. */
export async function tellBaseline(
  against: Against,
  { server, params, document, result, send }: InspectedPanel,
): Promise<void> {
  if (against === "saved" || against === "nothing" || result === undefined) return;
  const answer = await askBaseline(against, server, params, result);
  send({
    kind: "baseline",
    document,
    against,
    ...(isFailure(answer) ? { problem: answer.error.message } : { verdicts: answer.verdicts }),
  });
}

async function askBaseline(
  against: "head" | "deployed",
  server: Server,
  { textDocument, service, cluster }: PreviewParams,
  { documents = [] }: PreviewResult,
): Promise<BaselineAnswer> {
  const asked: Omit<BaselineParams, "against"> = {
    textDocument,
    ...(service !== undefined && { service }),
    ...(cluster !== undefined && { cluster }),
  };
  try {
    if (against === "deployed") return await server.request("baseline", { ...asked, against });
    const texts: Record<string, string> = {};
    for (const uri of documents) {
      const found = await headText(parsedFileUri(uri));
      if ("problem" in found) return { error: { code: "no-head", message: found.problem } };
      texts[fileUri(uri)] = found.text;
    }
    return await server.request("baseline", { ...asked, against: "texts", texts });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: "unexpected", message } };
  }
}

/** Nothing is selected: a cursor. */
export function isEmpty({ start, end }: TextRange): boolean {
  return start.line === end.line && start.character === end.character;
}

/** Which instances match what is selected in the editor. */
export async function tellSelection(
  uri: string,
  range: TextRange,
  { server, params, document, send }: Pick<InspectedPanel, "server" | "params" | "document" | "send">,
): Promise<void> {
  const answer: MatchClauseAnswer = isEmpty(range)
    ? { matched: [], unknown: [] }
    : await server.request("matchClause", { ...params, uri, range });
  if (isFailure(answer)) return;
  const { clause, matched } = answer;
  send({ kind: "selection", document, matched, ...(clause !== undefined && { clause }) });
}
