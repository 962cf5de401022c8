// YAML that Jinja, Go, Helm or ERB fill in first: their directives are hidden from the YAML reader by characters of the
// same length, and what they stand in, lead to or may add is unknown.

import { firstFrom, type Span } from "../../text/span";
import type { Draft, Node } from "../node";

/** What is read instead of the text, with the same offsets. */
export interface MaskedText {
  readonly text: string;
  /** Directives on lines of their own, in their order: they may add lines. */
  readonly holes: readonly Span[];
  /** From an `if` to its end: what is between may be left out. In their order, and apart. */
  readonly conditionals: readonly Span[];
}

const directive = /\{\{[\s\S]{0,600}?\}\}|\{%[\s\S]{0,600}?%\}|\{#[\s\S]{0,2000}?#\}|<%[\s\S]{0,600}?%>/g;
const anyDirective = /\{\{|\{%|\{#|<%/;
/** Stands for a character of a directive; in no text by itself. */
const mask = "\ue000";
const runOfMasks = new RegExp(`${mask}+`, "g");

const opensBlock =
  /^(?:\{\{|\{%|<%)[-~]?\s*#?(if|unless|with|for|each|range|define|block|macro|call)\b|\bdo\s*(?:\|[^|]*\|)?\s*[-~]?%>$/;
const closesBlock = /^(?:\{\{|\{%|<%)[-~]?\s*(?:end\w*|\/\w+|\})\s*[-~]?(?:\}\}|%\}|%>)$/;
const isCondition = /^(?:if|unless|with)$/;

/** `${X}`, `#{X}` and `[[X]]` outside of quotes. */
const filledIn =
  /\$\{[^{}\n"']{1,200}\}|#\{[A-Za-z_][\w.]{0,100}\}|\[\[ ?[A-Z][A-Z0-9_]{1,100} ?\]\](?=[ \t]*(?:[,\]}\r\n#]|$))/g;
/** White space is looked over so far back. */
const longestGap = 200;

/** What a place in a line of YAML is in, as far as the line shows. */
class LineState {
  private at = 0;
  private quote = "";
  private isComment = false;
  private depth = 0;
  private isBlank = true;

  constructor(private readonly text: string) {}

  /** Reads on up to an offset behind the last one. */
  advance(end: number): void {
    for (; this.at < end; this.at += 1)
      this.read(this.text[this.at] as string, this.text[this.at - 1] ?? "\n");
  }

  private read(char: string, before: string): void {
    if (char === "\n") {
      this.quote = "";
      this.isComment = false;
      this.depth = 0;
      this.isBlank = true;
      return;
    }
    if (!/\s/.test(char)) this.isBlank = false;
    if (this.isComment) return;
    if (this.quote !== "") {
      if (char === this.quote && before !== "\\") this.quote = "";
    } else if ((char === '"' || char === "'") && !/\w/.test(before)) this.quote = char;
    else if (char === "#") this.isComment = /\s/.test(before) && this.text[this.at + 1] !== "{";
    else if (char === "[" || char === "{") this.depth += 1;
    else if (char === "]" || char === "}") this.depth -= 1;
  }

  /**
   * Whether YAML reads what is filled in here as a list, an object or a comment: in brackets and braces, and where a value
   * begins. Anywhere else it is a text.
   */
  misreads(found: string): boolean {
    if (this.quote !== "" || this.isComment) return false;
    const gap = this.text.slice(Math.max(0, this.at - longestGap), this.at);
    const last = gap.trimEnd().at(-1) ?? "";
    if (!found.startsWith("$")) return /\s$/.test(gap) ? /[:\-[,]/.test(last) : last === "[";
    return this.isBlank ? /[[,{]/.test(last) : this.depth > 0 && /[:[,]/.test(last);
  }
}

/** The text without what is filled in where YAML would read it as something else. */
function maskFilledIn(text: string): string {
  const state = new LineState(text);
  return text.replace(filledIn, (found: string, index: number) => {
    state.advance(index);
    return state.misreads(found) ? mask.repeat(found.length) : found;
  });
}

/** The text without its directives; `undefined` where it has none. */
export function maskDirectives(written: string): MaskedText | undefined {
  const text = maskFilledIn(written);
  if (text === written && !anyDirective.test(text)) return undefined;
  const holes: Span[] = [];
  const conditionals: Span[] = [];
  const open: { readonly start: number; readonly isCondition: boolean }[] = [];
  let masked = "";
  let end = 0;
  for (const { 0: found, index } of text.matchAll(directive)) {
    masked += text.slice(end, index) + found.replace(/[^\r\n]/g, mask);
    end = index + found.length;
    const opening = opensBlock.exec(found);
    if (opening !== null) open.push({ start: index, isCondition: isCondition.test(opening[1] ?? "") });
    else if (closesBlock.test(found)) {
      const closed = open.pop();
      if (closed?.isCondition) conditionals.push({ start: closed.start, end });
    }
  }
  // A condition that is still open reaches to the end.
  for (const it of open) if (it.isCondition) conditionals.push({ start: it.start, end: text.length });
  masked += text.slice(end);
  const lines = masked.replace(new RegExp(`^[ \\t]*${mask}[${mask} \\t]*$`, "gm"), (line, at: number) => {
    holes.push({ start: at, end: at + line.length });
    return line.replaceAll(mask, " ");
  });
  return { text: lines, holes, conditionals: outermost(conditionals) };
}

/** Those that are in no other one. */
function outermost(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const it of [...spans].sort((left, right) => left.start - right.start))
    if (it.start >= (found.at(-1)?.end ?? 0)) found.push(it);
  return found;
}

/** Marks what is not known of a tree that was read from a masked text; its offsets count from `base`. */
export function markMasked(root: Node, masked: MaskedText, text: string, base: number): void {
  mark(root, base + text.length);

  function isConditional({ offset }: Node): boolean {
    const before = masked.conditionals[firstFrom(masked.conditionals, offset - base + 1) - 1];
    return before !== undefined && offset - base < before.end;
  }

  /** Whether a directive of its own line stands between two offsets. */
  function hasHole(from: number, to: number): boolean {
    return firstFrom(masked.holes, from - base) < firstFrom(masked.holes, to - base);
  }

  /** `limit`: up to there lines may be added to a list or an object, or be the value of an entry. */
  function mark(node: Draft, limit: number): void {
    const { children, offset, length } = node;
    if (children === undefined) {
      const isMasked = masked.text.slice(offset - base, offset - base + length).includes(mask);
      if (isMasked && typeof node.value === "string") node.value = restored(node.value, node);
      const isWrittenBelow = node.type === "null" && length === 0 && hasHole(offset, limit);
      if (isMasked || isWrittenBelow || isConditional(node)) node.unknown = true;
      return;
    }
    if (node.type === "object") dropAlternatives(children);
    if (node.type !== "property" && hasHole(offset, limit)) node.open = true;
    for (const [index, child] of children.entries())
      mark(child, node.type === "property" ? limit : (children[index + 1]?.offset ?? limit));
    if (node.type === "property" && children[0] !== undefined) knownKey(children[0]);
  }

  /** Of entries of one name in the branches of a condition the first stands for all. */
  function dropAlternatives(entries: Node[]): void {
    const names = new Set<unknown>();
    let kept = 0;
    for (const it of entries) {
      const name = it.children?.[0]?.value;
      const isAlternative = names.has(name) && isConditional(it);
      names.add(name);
      if (!isAlternative) entries[kept++] = it;
    }
    entries.length = kept;
  }

  /** The name of a conditional entry is known, its value is not. */
  function knownKey(key: Draft): void {
    const { offset, length } = key;
    if (!masked.text.slice(offset - base, offset - base + length).includes(mask)) delete key.unknown;
  }

  /** The value with the directives that are written there, in their order. */
  function restored(value: string, { offset, length }: Node): string {
    const hidden = masked.text.slice(offset - base, offset - base + length);
    const written = [...hidden.matchAll(runOfMasks)].map((it) =>
      text.slice(offset - base + it.index, offset - base + it.index + it[0].length),
    );
    let next = 0;
    return value.replace(runOfMasks, () => written[next++] ?? "");
  }
}
