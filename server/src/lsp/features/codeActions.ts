// Quick fixes of the diagnostics in a range, and "fix all" for the safe ones.

import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver/node";
import { constraintRefactorings } from "../../core/language/expressions/constraintRefactorings";
import { expressionsOf } from "../../core/language/expressions/expressions";
import { tieToDaemons } from "../../core/language/expressions/tieToDaemons";
import { renameToOtherKind, settingOfOtherKind } from "../../core/language/managed/otherKind";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { Diagnostic, Fix } from "../../core/rules/diagnostic";
import { append } from "../../core/text/lists";
import type { Span } from "../../core/text/span";
import type { ServerContext } from "../base/context";
import { toCodeAction, toLspDiagnostic, toLspEdit, toRange, toSpan } from "../base/convert";
import { isBroken } from "../preview/brokenSubject";
import {
  previewPlacementCommand,
  type SetDocumentKindParams,
  setDocumentKindCommand,
} from "../protocol/protocol";
import { showTruthTableCommand } from "../protocol/truthTableProtocol";
import { severityActions } from "./severityActions";

export function registerCodeActions(context: ServerContext): void {
  const { connection, documents, fence } = context;
  connection.onCodeAction((params, token) =>
    fence.wait("textDocument/codeAction", [], async () => {
      await context.ready();
      if (token.isCancellationRequested) return [];
      const sent = new Map(params.context.diagnostics.map((it) => [placeOf(it), it]));
      return documents
        .all(params.textDocument.uri)
        .flatMap((it) => (it.kind === undefined ? [] : codeActions(context, it, params, sent)));
    }),
  );
}

function codeActions(
  context: ServerContext,
  document: Resource,
  { range, context: asked }: CodeActionParams,
  sent: ReadonlyMap<string, LspDiagnostic>,
): CodeAction[] {
  const { diagnostics } = context.validate(document);
  const span = toSpan(document, range);
  const actions: CodeAction[] = [];
  const concerned = new Map<string, LspDiagnostic>();
  if (wants(asked.only, CodeActionKind.QuickFix)) {
    for (const diagnostic of diagnostics) {
      if (!touches(diagnostic.span, span)) continue;
      const ours = toLspDiagnostic(document, diagnostic, context.index.find);
      // The client's own object, where it sent it: it draws the fix beside that one.
      const shown = sent.get(placeOf(ours)) ?? ours;
      for (const fix of diagnostic.fixes ?? []) actions.push(toCodeAction(document, fix, shown));
      if (!concerned.has(diagnostic.code)) concerned.set(diagnostic.code, shown);
    }
    // Below what mends the text; once for a code, however many diagnostics there are.
    if (context.options().setsSeverity === true)
      for (const it of concerned.values()) append(actions, severityActions(document.source.file, it));
  }
  if (asked.only === undefined || wants(asked.only, CodeActionKind.RefactorRewrite))
    append(actions, [...rewritings(context, document, span), ...otherKind(context, document, span)]);
  if (asked.only === undefined) append(actions, explanations(context, document, span));
  if (wants(asked.only, CodeActionKind.SourceFixAll)) append(actions, fixAll(document, diagnostics));
  return actions;
}

function rewritings({ index }: ServerContext, document: Resource, span: Span): CodeAction[] {
  const tie = tieToDaemons(document, span, index.workspace());
  return [...constraintRefactorings(document, span), ...(tie === undefined ? [] : [tie])].map(
    ({ title, edits }) => ({
      title,
      kind: CodeActionKind.RefactorRewrite,
      edit: { changes: { [document.source.file]: edits.map((it) => toLspEdit(document, it)) } },
    }),
  );
}

/** Offered in the first line: it concerns the file as a whole. */
function otherKind(context: ServerContext, document: Resource, { start }: Span): CodeAction[] {
  const isFirstLine = !document.source.text.slice(0, start).includes("\n");
  if (!isFirstLine) return [];
  const actions: CodeAction[] = [];
  const rename = context.client().renamesFiles ? renameToOtherKind(document) : undefined;
  if (rename !== undefined) {
    const change = { kind: "rename" as const, oldUri: document.source.file, newUri: rename.file };
    actions.push({
      title: rename.title,
      kind: CodeActionKind.RefactorRewrite,
      edit: { documentChanges: [change] },
    });
  }
  const setting = context.options().setsDocumentKind === true ? settingOfOtherKind(document) : undefined;
  if (setting !== undefined) {
    const { title, kind } = setting;
    const params: SetDocumentKindParams = { uri: document.source.file, kind };
    actions.push({
      title,
      kind: CodeActionKind.RefactorRewrite,
      command: { title, command: setDocumentKindCommand, arguments: [params] },
    });
  }
  return actions;
}

/** The preview, and the truth table, say for every instance why an expression selects it or not. */
function explanations(context: ServerContext, document: Resource, span: Span): CodeAction[] {
  const expression = expressionsOf(document).find((it) => touches(it.span, span));
  if (expression === undefined) return [];
  const offer = (title: string, command: string, ...more: readonly object[]): CodeAction => ({
    title,
    command: { title, command, arguments: [nameOfResource(document), ...more] },
  });
  const which = "Show which container instances it selects, and why";
  const hasCluster = context.clusters.current() !== undefined;
  const range = toRange(document, within(span, expression.span));
  const truthTables = (title: string) =>
    isBroken(expression.query()) ? [] : [offer(title, showTruthTableCommand, { range })];
  const table = truthTables("Show the truth table of its clauses");
  if (!hasCluster) return table;
  // Only our own client has a panel; the table tells it of every instance too.
  return context.client().isVsCode
    ? [offer(which, previewPlacementCommand), ...table]
    : [...truthTables(which), ...table];
}

function within({ start, end }: Span, outer: Span): Span {
  return { start: Math.max(start, outer.start), end: Math.min(end, outer.end) };
}

/** The client asks for a kind by a prefix of it: `source` includes `source.fixAll`. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  if (only === undefined) return kind === CodeActionKind.QuickFix;
  return only.some((it) => it === "" || kind === it || kind.startsWith(`${it}.`));
}

function touches(left: Span, right: Span): boolean {
  return left.start <= right.end && right.start <= left.end;
}

function placeOf({ code, range: { start, end } }: LspDiagnostic): string {
  return `${code} ${start.line} ${start.character} ${end.line} ${end.character}`;
}

function fixAll(document: Resource, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const edits = safeEdits(diagnostics);
  if (edits.length === 0) return [];
  return [
    {
      title: "Fix all problems that have one safe fix",
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: { [document.source.file]: edits.map((it) => toLspEdit(document, it)) } },
    },
  ];
}

/** The edits of the safe fixes, those left out that overlap with an earlier one: another run does the rest. */
function safeEdits(diagnostics: readonly Diagnostic[]): Fix["edits"] {
  const taken: Fix["edits"][number][] = [];
  for (const diagnostic of diagnostics) {
    const fix = diagnostic.fixes?.find((it) => it.safe);
    if (fix === undefined) continue;
    const clashes = fix.edits.some((edit) => taken.some((it) => overlaps(it.span, edit.span)));
    if (!clashes) append(taken, fix.edits);
  }
  return taken;
}

/** Two insertions at one place overlap too: their order would be a guess. */
function overlaps(left: Span, right: Span): boolean {
  return left.start < right.end && right.start < left.end ? true : left.start === right.start;
}
