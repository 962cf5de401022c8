// One thing that could be written at the cursor: what every completion of ours is made of.

import type { TextEdit } from "../source/change";
import type { Span } from "../text/span";

const completionKinds = [
  "property",
  "value",
  "reference",
  "attribute",
  "field",
  "operator",
  "keyword",
  "snippet",
] as const;
export type CompletionKind = (typeof completionKinds)[number];

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label, short: "12 of 120". */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** With placeholders `$1`, `${1:text}` where `isSnippet`. */
  readonly insertText: string;
  readonly isSnippet?: boolean;
  /** What the typed text is compared with; the label without it. */
  readonly filterText?: string;
  readonly replace: Span;
  /** Changes elsewhere: the comma that was missing before. */
  readonly extraEdits?: readonly TextEdit[];
  /** After it is inserted, more can be completed at once. */
  readonly continues?: boolean;
}

/** Escapes a text that stands in a snippet as it is. */
export function inSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
