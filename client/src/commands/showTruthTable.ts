import { window } from "vscode";
import type { TruthTableAnswer, TruthTableParams } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, showFailure } from "../failures";
import type { Session } from "../session";
import { openTruthTable } from "../truthTables";
import { askDocument, jsonAndQueryLanguages, namedCluster } from "./ask";
import { type CallArguments, isRecord } from "./callArguments";

/**
 * Opens the truth table of the expression at the selection (else of all expressions of the document together) beside the
 * editor; it follows the text and the cluster. Options: `range` as the protocol has it, `cluster`. Returns the table.
 */
export async function showTruthTable(session: Session, call: CallArguments): Promise<TruthTableAnswer> {
  const uri = await askDocument(session, call, jsonAndQueryLanguages);
  const cluster = namedCluster(call);
  const range = rangeOf(call) ?? selectionIn(uri);
  const params: TruthTableParams = {
    textDocument: { uri },
    ...(range !== undefined && { range }),
    ...(cluster !== undefined && { cluster }),
  };
  const answer = await session.server.request("truthTable", params);
  if (isFailure(answer)) showFailure(answer);
  else await openTruthTable(session, params);
  return answer;
}

type TextRange = NonNullable<TruthTableParams["range"]>;

function rangeOf({ options: { range } }: CallArguments): TextRange | undefined {
  if (!isRecord(range)) return undefined;
  const [start, end] = [positionOf(range.start), positionOf(range.end)];
  return start === undefined || end === undefined ? undefined : { start, end };
}

function positionOf(value: unknown): TextRange["start"] | undefined {
  if (!isRecord(value)) return undefined;
  const { line, character } = value;
  return typeof line === "number" && typeof character === "number" ? { line, character } : undefined;
}

function selectionIn(uri: string): TextRange | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.document.uri.toString() !== uri) return undefined;
  const { start, end } = editor.selection;
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
