// From offsets to LSP and back: the only place where core's words become the protocol's.

import {
  type CodeAction,
  CodeActionKind,
  type CodeDescription,
  DiagnosticSeverity,
  type Diagnostic as LspDiagnostic,
  type TextEdit as LspTextEdit,
  type Position,
  type Range,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Resource } from "../../core/resources/resource";
import type { Diagnostic, Fix } from "../../core/rules/diagnostic";
import type { Severity } from "../../core/rules/severity";
import type { TextEdit } from "../../core/source/change";
import type { Span } from "../../core/text/span";
import type { FilePlace } from "../protocol/protocol";

/** What travels with a diagnostic, so that a quick fix finds it again. */
export interface DiagnosticData {
  readonly code: string;
  readonly fixes: number;
}

const lspSeverity: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const lineTables = new WeakMap<Resource, TextDocument>();
let latest: TextDocument | undefined;

function lines(document: Resource): TextDocument {
  const known = lineTables.get(document);
  if (known !== undefined) return known;
  const { file, text } = document.source;
  // The resources of one file have one text.
  const table = latest?.getText() === text ? latest : TextDocument.create(file, "json", 0, text);
  latest = table;
  lineTables.set(document, table);
  return table;
}

export function toRange(document: Resource, span: Span): Range {
  const table = lines(document);
  return { start: table.positionAt(span.start), end: table.positionAt(span.end) };
}

/** A place of the document, to be shown. */
export function placeOf(document: Resource, span: Span): FilePlace {
  return { uri: document.source.file, range: toRange(document, span) };
}

export function toOffset(document: Resource, position: Position): number {
  return lines(document).offsetAt(position);
}

export function toSpan(document: Resource, range: Range): Span {
  return { start: toOffset(document, range.start), end: toOffset(document, range.end) };
}

/**
 * A diagnostic in the words of the protocol. `findDocument` gives the text of the other file of a related place; a place
 * in a file that is gone is left out.
 */
export function toLspDiagnostic(
  document: Resource,
  diagnostic: Diagnostic,
  findDocument: (file: string) => Resource | undefined,
): LspDiagnostic {
  const related = (diagnostic.related ?? []).flatMap((place) => {
    const other = place.file === undefined ? document : findDocument(place.file);
    if (other === undefined) return [];
    return [
      {
        message: place.message,
        location: { uri: other.source.file, range: toRange(other, place.span) },
      },
    ];
  });
  const description: CodeDescription | undefined =
    diagnostic.url === "" ? undefined : { href: diagnostic.url };
  return {
    range: toRange(document, diagnostic.span),
    severity: lspSeverity[diagnostic.severity],
    code: diagnostic.code,
    ...(description === undefined ? {} : { codeDescription: description }),
    source: "ecs-daemon",
    message: diagnostic.message,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    data: { code: diagnostic.code, fixes: diagnostic.fixes?.length ?? 0 } satisfies DiagnosticData,
  };
}

export function toLspEdit(document: Resource, edit: TextEdit): LspTextEdit {
  return { range: toRange(document, edit.span), newText: edit.newText };
}

/** A quick fix of one diagnostic as a code action. */
export function toCodeAction(document: Resource, fix: Fix, diagnostic: LspDiagnostic): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: fix.safe,
    edit: { changes: { [document.source.file]: fix.edits.map((it) => toLspEdit(document, it)) } },
  };
}
