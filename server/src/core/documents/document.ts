// An opened document: its kind, its text parsed once, and where templates stand in for values.

import type { Node } from "jsonc-parser";
import type { Span } from "../span";

export const documentKinds = [
  "taskDefinition",
  "service",
  "clusterSnapshot",
  "fleet",
  "query",
  "daemonTaskDefinition",
  "daemon",
] as const;
export type DocumentKind = (typeof documentKinds)[number];

export interface EcsDocument {
  /** Path or URI; only its last part decides anything. */
  readonly fileName: string;
  readonly text: string;
  /** `undefined`: none of ours. */
  readonly kind: DocumentKind | undefined;
  /** The JSON tree of the text (templates read as values); `undefined` for a query document or empty text. */
  readonly root: Node | undefined;
  /** JSON syntax errors, those a placeholder causes left out. */
  readonly syntaxErrors: readonly { readonly message: string; readonly span: Span }[];
  /** Spans of placeholders outside and inside strings: `{{ x }}`, `${X}`, `$X`, `<x>`. */
  readonly templates: readonly Span[];
}

export function openDocument(fileName: string, text: string): EcsDocument {
  throw new Error(`not built yet: ${fileName} ${text.length}`);
}
