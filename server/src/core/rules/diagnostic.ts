// What a rule says. Plain data in offsets: every door (editor, command line, endpoint) draws it in its own way.

import type { TextEdit } from "../source/change";
import type { Span } from "../text/span";
import type { Code } from "./catalogue";
import type { ServerRejection, Severity } from "./severity";

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** The property that is missing, or the kind of value that is wrong, where somebody decides by it. */
  readonly about?: string;
  readonly span: Span;
  /** The place in docs/diagnostics that explains the code. */
  readonly url: string;
  /** The other end of a conflict; without `file` it is in the same document. */
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  /** What ECS answers to the same input, where it rejects it. */
  readonly server?: ServerRejection;
}

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
  readonly file?: string;
}

/** Edits of the text that remove the diagnostic; `safe` ones are part of "fix all". */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}
