// A source: a text and what its reader made of it.

import type { Span } from "../text/span";
import type { Repair } from "./json/repairEdit";
import type { SyntaxProblem } from "./json/syntaxProblem";
import type { Node } from "./node";

export interface Source {
  /** Path or URI; only its last part decides anything. */
  readonly file: string;
  readonly text: string;
  /** The tree of the text (placeholders read as values); of a resource in a file of another format that resource's tree
   * alone. `undefined` for an expression or empty text. */
  readonly root: Node | undefined;
  /** Syntax errors, those a placeholder causes left out. */
  readonly problems: readonly SyntaxProblem[];
  /** Spans of placeholders outside and inside strings: `{{ x }}`, `${X}`, `$X`, `<x>`. */
  readonly placeholders: readonly Span[];
  /** Whether `$X` and its like are placeholders: in a file they are, in a request they are text. */
  readonly takesPlaceholders: boolean;
  /** The edit that makes a damaged text JSON: the tree is the one behind it, with the offsets of the text. */
  readonly repair?: Repair;
  /** Where a damage begins that no edit mends: diagnostics behind it would be about something else than was written. */
  readonly lostFrom?: number;
}

/** What is wrong with a text. */
export type Damage = Pick<Source, "problems" | "lostFrom">;
