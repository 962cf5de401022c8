// Asks a language server everything that it says it can do about a document, and looks at what comes back: an answer in
// time, no fault in the log, every range inside the text and in order.

import assert from "node:assert/strict";
import type { Position, ServerCapabilities } from "vscode-languageserver/node";
import type { ProtocolClient } from "../support/protocolClient";

/** One request may take this long, in milliseconds, before it counts as a hang. */
const patience = 15_000;

export async function within<T>(what: string, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} was not answered within ${patience} ms.`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

export interface Lines {
  readonly text: string;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
}

/** Lines as the protocol counts them: they end in CR LF, LF or CR. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n")) starts.push(at + 1);
  }
  return {
    text,
    positionAt: (offset) => {
      let [low, high] = [0, starts.length];
      while (low + 1 < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] as number) <= offset) low = middle;
        else high = middle;
      }
      return { line: low, character: offset - (starts[low] as number) };
    },
    offsetAt: ({ line, character }) => {
      const start = starts[line];
      const end = starts[line + 1] ?? text.length;
      assert.ok(start !== undefined && start + character <= end, `${line}:${character} is inside the text`);
      return start + character;
    },
  };
}

interface AnyRange {
  readonly start: Position;
  readonly end: Position;
}

/** Every range anywhere in an answer; those below `changes` and `location` belong to the file they name. */
function checkRanges(answer: unknown, lines: Lines, uri: string): void {
  const open: { readonly value: unknown; readonly own: boolean }[] = [{ value: answer, own: true }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value } = next;
    if (typeof value !== "object" || value === null) continue;
    const named = "uri" in value && typeof value.uri === "string" ? value.uri : uri;
    const own = next.own && named === uri;
    if (own && "range" in value) checkRange(value.range as AnyRange, lines);
    if (own && "start" in value && "end" in value) checkRange(value as AnyRange, lines);
    if (own && "position" in value) lines.offsetAt(value.position as Position);
    for (const [name, it] of Object.entries(value)) {
      open.push({ value: it, own: own && (!name.includes("://") || name === uri) });
    }
  }
}

function checkRange({ start, end }: AnyRange, lines: Lines): void {
  assert.ok(lines.offsetAt(start) <= lines.offsetAt(end), `${JSON.stringify({ start, end })} is in order`);
}

interface Symbol {
  readonly name: string;
  readonly range: AnyRange;
  readonly selectionRange: AnyRange;
  readonly children?: readonly Symbol[];
}

/** What VS Code refuses in the outline: an empty name, a name outside of what it names. */
function checkSymbols(symbols: readonly Symbol[], lines: Lines): void {
  for (const { name, range, selectionRange, children } of symbols) {
    assert.match(name, /\S/, "a symbol has a name");
    assert.ok(
      lines.offsetAt(range.start) <= lines.offsetAt(selectionRange.start),
      `${name} begins in its range`,
    );
    assert.ok(lines.offsetAt(selectionRange.end) <= lines.offsetAt(range.end), `${name} ends in its range`);
    checkSymbols(children ?? [], lines);
  }
}

function checkTokens(data: readonly number[], lines: Lines): void {
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(at, at + 3);
    line += down;
    character = down > 0 ? right : character + right;
    assert.ok(length > 0, "a token has a length");
    lines.offsetAt({ line, character: character + length });
  }
}

/** Rejects where something is wrong. The document has to be open with this text. */
export async function askEverything(
  client: ProtocolClient,
  uri: string,
  text: string,
  offsets: readonly number[],
): Promise<void> {
  const lines = linesOf(text);
  const { capabilities } = client.initialized;
  const textDocument = { uri };
  const whole = { start: { line: 0, character: 0 }, end: lines.positionAt(text.length) };
  const ask = async <T>(method: string, params: object): Promise<T> => {
    const answer = await within(method, client.request<T>(method, { textDocument, ...params }));
    checkRanges(answer, lines, uri);
    return answer;
  };
  const has = (name: keyof ServerCapabilities) => Boolean(capabilities[name]);
  const report = await ask<{ readonly items?: readonly object[] }>("textDocument/diagnostic", {});
  if (has("codeActionProvider")) {
    const diagnostics = report.items ?? [];
    await ask("textDocument/codeAction", { range: whole, context: { diagnostics } });
    await ask("textDocument/codeAction", {
      range: whole,
      context: { diagnostics, only: ["refactor", "source.fixAll"] },
    });
  }
  if (has("codeLensProvider")) await ask("textDocument/codeLens", {});
  if (has("inlayHintProvider")) await ask("textDocument/inlayHint", { range: whole });
  if (has("documentLinkProvider")) await ask("textDocument/documentLink", {});
  if (has("documentFormattingProvider"))
    await ask("textDocument/formatting", { options: { tabSize: 2, insertSpaces: true } });
  if (has("documentSymbolProvider")) {
    const symbols = await ask<readonly Symbol[] | null>("textDocument/documentSymbol", {});
    checkSymbols(symbols ?? [], lines);
  }
  if (has("semanticTokensProvider")) {
    const tokens = await ask<{ readonly data: readonly number[] } | null>(
      "textDocument/semanticTokens/full",
      {},
    );
    checkTokens(tokens?.data ?? [], lines);
    await ask("textDocument/semanticTokens/range", { range: whole });
  }
  for (const offset of offsets) {
    const position = lines.positionAt(Math.min(offset, text.length));
    if (has("completionProvider")) await ask("textDocument/completion", { position });
    if (has("hoverProvider")) await ask("textDocument/hover", { position });
    if (has("definitionProvider")) await ask("textDocument/definition", { position });
    if (has("referencesProvider"))
      await ask("textDocument/references", { position, context: { includeDeclaration: true } });
    if (has("renameProvider")) {
      await ask("textDocument/prepareRename", { position });
      // A name that is taken is refused, with a word about it.
      await ask("textDocument/rename", { position, newName: `renamed-${offset}` });
    }
    const range = { start: position, end: position };
    if (has("codeActionProvider"))
      await ask("textDocument/codeAction", { range, context: { diagnostics: [] } });
    await within("ecsDaemon/truthTable", client.request("ecsDaemon/truthTable", { textDocument, range }));
  }
  await within("ecsDaemon/preview", client.request("ecsDaemon/preview", { textDocument }));
  const faults = client.log.filter((it) => / failed: /.test(it));
  assert.deepEqual(faults, [], "no fault is logged");
}
