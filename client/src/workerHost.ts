// Where the language server runs without a process of its own, as in a browser, and how it is reached there.

import type { MessageTransports } from "vscode-languageclient/node";
import type { FileEntry, FileParams } from "../../server/src/lsp/protocol/protocol";

export interface WorkerHost {
  /** Starts a worker with the language server. */
  connect(): Promise<MessageTransports>;
  /** Schemes of URIs whose documents the server is told of, besides files and untitled ones. */
  schemes(): readonly string[];
  /** What the server asks of the client, by method. */
  readonly requests: Readonly<Record<string, (params: FileParams) => Promise<FileAnswer>>>;
}

export type FileAnswer =
  | string
  | readonly FileEntry[]
  | { readonly modified: number; readonly size: number }
  | null;
