// Texts with a cursor: `$0` marks where it stands.

import type { Completion } from "../../server/src/core/language/completion";

export interface TextWithCursor {
  readonly text: string;
  readonly offset: number;
}

export function atCursor(marked: string): TextWithCursor {
  const offset = marked.indexOf("$0");
  if (offset < 0 || marked.indexOf("$0", offset + 1) >= 0) throw new Error(`one $0 is needed: ${marked}`);
  return { text: marked.slice(0, offset) + marked.slice(offset + 2), offset };
}

/** The text after a completion was accepted; places for the cursor of a snippet show as they are. */
export function accept(text: string, { replace, insertText, extraEdits = [] }: Completion): string {
  const edits = [{ span: replace, newText: insertText }, ...extraEdits];
  return [...edits]
    .sort((left, right) => right.span.start - left.span.start)
    .reduce((it, { span, newText }) => it.slice(0, span.start) + newText + it.slice(span.end), text);
}
