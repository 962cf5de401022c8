// Placeholders that another tool fills in before ECS sees the text: `{{ x }}`, `${X}`, `$X`, `<x>` and their like.
// They are replaced by strings of the same length, so that the rest of the document still has a tree.

import { mayBeginPlaceholder, placeholderEnd } from "../../text/placeholders";
import type { Span } from "../../text/span";

export interface MaskedText {
  /** As long as the original; every offset means the same in both. */
  readonly text: string;
  /** Every placeholder, inside and outside strings, in the order of the text. */
  readonly templates: readonly Span[];
  /** The ones outside strings, with whatever is glued to them (`${CPU}00`). */
  readonly bare: readonly Span[];
  /** The bare ones that stand for no value but steer the text: `{{#if x}}`. */
  readonly statements: readonly Span[];
  /** Deepest nesting of braces and brackets. */
  readonly depth: number;
}

const isSpace = (char: string) => char === " " || char === "\t" || char === "\n" || char === "\r";
const isStructure = (char: string) =>
  char === "{" || char === "}" || char === "[" || char === "]" || char === "," || char === ":";

/** Finds the placeholders of a text and masks those that JSON cannot read. Linear in the text. */
export function maskTemplates(text: string, withTemplates = true): MaskedText {
  const tolerant = new Masker(text, true).run();
  // What is JSON as it stands has no placeholder across its quotes: `{"a":"{{ x","b":{"c":{}}}` is whole.
  const found = tolerant.text === text || !isJson(text) ? tolerant : new Masker(text, false).run();
  return withTemplates ? found : { text, templates: [], bare: [], statements: [], depth: found.depth };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    return true;
  } catch {
    return false;
  }
}

/** The state of one pass over a text; a class because a dozen fields change together. */
class Masker {
  private readonly templates: Span[] = [];
  private readonly bare: Span[] = [];
  private readonly statements: Span[] = [];
  private readonly replaced: { span: Span; newText: string }[] = [];
  private readonly open: string[] = [];
  private depth = 0;
  private at = 0;
  private lineEnd = -1;
  /** The last character outside strings and comments that is no white space; `"` for a string or a value. */
  private last = "";

  constructor(
    private readonly text: string,
    /** Whether a placeholder in a string may hold quotes of its own: `"{{ f "x" }}"`. */
    private readonly acrossQuotes: boolean,
  ) {}

  run(): MaskedText {
    while (this.at < this.text.length) this.step(this.text[this.at] as string);
    return {
      text: this.masked(),
      templates: this.templates,
      bare: this.bare,
      statements: this.statements,
      depth: this.depth,
    };
  }

  private step(char: string): void {
    if (isSpace(char)) this.at += 1;
    else if (char === '"') this.readString();
    else if (char === "/" && this.readComment()) return;
    else if (!isStructure(char) || this.opensTemplate(char)) this.readWord();
    else {
      if (char === "{" || char === "[") this.enter(char);
      else if (char === "}" || char === "]") this.open.pop();
      this.last = char;
      this.at += 1;
    }
  }

  private opensTemplate(char: string): boolean {
    return (char === "{" || char === "[") && this.templateHere() !== undefined;
  }

  private templateHere(): number | undefined {
    return placeholderEnd(this.text, this.at, { limit: this.text.length, inString: false });
  }

  private enter(char: string): void {
    this.open.push(char);
    this.depth = Math.max(this.depth, this.open.length);
  }

  private readComment(): boolean {
    const next = this.text[this.at + 1];
    if (next !== "/" && next !== "*") return false;
    const mark = next === "/" ? "\n" : "*/";
    const end = this.text.indexOf(mark, this.at + 2);
    this.at = end < 0 ? this.text.length : end + mark.length;
    return true;
  }

  private readString(): void {
    const lineEnd = this.endOfLine();
    this.at += 1;
    let quote = this.endOfString(lineEnd);
    while (this.at < quote) {
      const char = this.text[this.at];
      if (char === "\\") this.at += 2;
      else if (mayBeginPlaceholder(char)) quote = this.templateInString(quote, lineEnd);
      else this.at += 1;
    }
    this.at = Math.min(quote + 1, Math.max(lineEnd, this.at));
    this.last = '"';
  }

  /** Reads past a placeholder, if there is one, and answers where the string ends. */
  private templateInString(quote: number, lineEnd: number): number {
    const start = this.at;
    const inside = placeholderEnd(this.text, start, { limit: quote, inString: true });
    // Only a `{{ f "x" }}` may hold quotes of its own.
    const mayCross = this.acrossQuotes && this.text[start] === "{";
    const end =
      inside ?? (mayCross ? placeholderEnd(this.text, start, { limit: lineEnd, inString: true }) : undefined);
    this.at = end ?? start + 1;
    if (end === undefined) return quote;
    this.templates.push({ start, end });
    if (inside !== undefined) return quote;
    this.replaced.push({ span: { start, end }, newText: this.text.slice(start, end).replace(/["\\]/g, "'") });
    return this.endOfString(lineEnd);
  }

  private endOfLine(): number {
    if (this.lineEnd <= this.at) {
      const end = this.text.indexOf("\n", this.at);
      this.lineEnd = end < 0 ? this.text.length : end;
    }
    return this.lineEnd;
  }

  /** The quote that closes the string which `at` is in, or the end of the line. */
  private endOfString(lineEnd: number): number {
    for (let at = this.at; at < lineEnd; at += 1) {
      if (this.text[at] === "\\") at += 1;
      else if (this.text[at] === '"') return at;
    }
    return lineEnd;
  }

  /** A number, a literal, or a placeholder outside strings together with what is glued to it. */
  private readWord(): void {
    const start = this.at;
    const known = this.templates.length;
    while (this.at < this.text.length) {
      const end = this.templateHere();
      if (end !== undefined) {
        this.templates.push({ start: this.at, end });
        this.at = end;
        continue;
      }
      const char = this.text[this.at] as string;
      if (isSpace(char) || isStructure(char) || char === '"') break;
      this.at += 1;
    }
    if (this.templates.length > known) this.mask({ start, end: this.at });
    else this.last = "w";
  }

  private mask(span: Span): void {
    this.bare.push(span);
    const length = span.end - span.start;
    if (this.standsForValue(span)) {
      this.replaced.push({ span, newText: `"${"_".repeat(length - 2)}"` });
      this.last = '"';
    } else {
      this.statements.push(span);
      this.replaced.push({ span, newText: " ".repeat(length) });
    }
  }

  private standsForValue(span: Span): boolean {
    const next = this.nextCharacter(span.end);
    if (this.last === "" || this.last === ":")
      return next === "" || next === "," || next === "}" || next === "]";
    if (this.last !== "{" && this.last !== "[" && this.last !== ",") return false;
    if (this.open.at(-1) === "{") return next === ":";
    return next === "," || next === "]" || next === "";
  }

  private nextCharacter(from: number): string {
    for (let at = from; at < this.text.length; ) {
      const char = this.text[at] as string;
      if (isSpace(char)) at += 1;
      else return char;
    }
    return "";
  }

  private masked(): string {
    if (this.replaced.length === 0) return this.text;
    const parts: string[] = [];
    let from = 0;
    for (const { span, newText } of this.replaced) {
      parts.push(this.text.slice(from, span.start), newText);
      from = span.end;
    }
    parts.push(this.text.slice(from));
    return parts.join("");
  }
}
