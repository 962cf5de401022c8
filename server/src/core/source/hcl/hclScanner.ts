// The characters of an HCL text, one step at a time: white space, comments, names, numbers, and what is passed over.

/** Strings in interpolations of strings; deeper ones are text. */
const deepest = 100;

export class HclScanner {
  at = 0;
  private nested = 0;

  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  get isLineEnd(): boolean {
    const character = this.text[this.at];
    return character === "\n" || character === "\r" || character === undefined;
  }

  /** Whether nothing that follows belongs to the expression before it. */
  get isEndOfExpression(): boolean {
    return this.isLineEnd || /^[,\])}:]/.test(this.text[this.at] ?? "") || this.is("...");
  }

  is(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Passes over white space and comments, line breaks only where they mean nothing. */
  skipSpace(lineBreaks: boolean): void {
    for (; this.at < this.text.length; ) {
      const character = this.text[this.at] as string;
      if (character === " " || character === "\t" || character === "\ufeff") this.at += 1;
      else if (character === "\n" || character === "\r") {
        if (!lineBreaks) return;
        this.at += 1;
      } else if (character === "#" || this.is("//")) {
        this.toLineEnd();
      } else if (this.is("/*")) {
        const end = this.text.indexOf("*/", this.at + 2);
        this.at = end < 0 ? this.text.length : end + 2;
      } else return;
    }
  }

  identifier(): string | undefined {
    const [name] = this.match(/[\p{L}_][\p{L}\p{N}_-]*/uy) ?? [];
    return name;
  }

  number(): { readonly start: number; readonly value: number } | undefined {
    const start = this.at;
    const [digits] = this.match(/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y) ?? [];
    return digits === undefined ? undefined : { start, value: Number(digits) };
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** Whether a bracket or brace opens a `for` expression. */
  startsFor(): boolean {
    const pattern = /[[{]\s*for\s/y;
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** Whether what follows closes something else than is open, so that the list ends here. */
  startsNoValue(closing: string): boolean {
    const character = this.text[this.at] ?? "";
    return /[\])}]/.test(character) && character !== closing;
  }

  /** Passes over `.name`, `[0]`, `[*]`. */
  skipTraversal(): void {
    for (;;) {
      if (this.is("[")) this.skipBalanced();
      else if (this.match(/\.(?:[\p{L}_][\p{L}\p{N}_-]*|\d+|\*)/uy) === undefined) return;
    }
  }

  /** Passes over the rest of an expression: to the end of its line, or to what closes or separates it. */
  skipExpression(): void {
    for (; !this.isAtEnd; ) {
      this.skipSpace(false);
      const character = this.text[this.at] ?? "";
      if (character === "" || /[\n\r,\])}]/.test(character)) return;
      if (/["[{(]/.test(character) || this.is("<<")) this.skipBalanced();
      else this.at += 1;
    }
  }

  /** Passes over the condition of `condition ? … : …`; false, somewhere behind, where no such follows. */
  skipCondition(): boolean {
    for (; !this.isEndOfExpression; this.skipSpace(false)) {
      if (this.take("?")) return true;
      if (/["[{(]/.test(this.text[this.at] ?? "")) this.skipBalanced();
      else this.at += 1;
    }
    return false;
  }

  /** Passes over a string, or over what an opening bracket holds; strings in it count as one. */
  skipBalanced(): void {
    let depth = 0;
    for (; !this.isAtEnd; ) {
      const character = this.text[this.at] as string;
      if (character === '"') this.skipQuoted();
      else if (character === "#" || this.is("//") || this.is("/*")) this.skipSpace(true);
      else {
        this.at += 1;
        if (/[[{(]/.test(character)) depth += 1;
        if (/[\])}]/.test(character)) depth -= 1;
      }
      if (depth <= 0) return;
    }
  }

  /** Passes over a quoted string with its interpolations, to the end of its line where it is not closed. */
  skipQuoted(): void {
    this.at += 1;
    for (; !this.isLineEnd; ) {
      if (this.is("\\")) this.at += 2;
      else if (this.is("$${") || this.is("%%{")) this.at += 3;
      else if ((this.is("${") || this.is("%{")) && this.nested < deepest) {
        this.at += 1;
        this.nested += 1;
        this.skipBalanced();
        this.nested -= 1;
      } else if (this.take('"')) return;
      else this.at += 1;
    }
  }

  toLineEnd(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  /** To the next line, behind whatever brackets this one opens. */
  skipLine(): void {
    const from = this.at;
    for (; !this.isLineEnd; ) {
      if (/["[{(]/.test(this.text[this.at] ?? "")) this.skipBalanced();
      else if (this.is("}") && this.at > from) return;
      else this.at += 1;
    }
  }
}
