// ecsDaemon/tool: a read-only tool of an assistant, with the input that the assistant chose.

import type { Failure } from "./protocolBasics";

export interface ToolParams {
  /** A name of `server/src/tools/toolTable.ts`. */
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}
/** The text is for a model: JSON, bounded, without secrets. */
export type ToolAnswer = { readonly text: string } | Failure;
