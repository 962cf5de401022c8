// Requests about managed daemons: what one takes and replaces, and the conversion to and from one.

import type { ManagedPreview } from "../../core/managed/preview";
import type { Failure, TextDocumentReference } from "./protocolBasics";

/** How many instances of a capacity provider run a daemon. */
export interface DaemonCoverage {
  readonly daemon: string;
  /** By capacity provider; absent: the daemon does not run there. */
  readonly providers: Readonly<Record<string, { readonly running: number; readonly without: number }>>;
}

export interface ManagedPanel {
  readonly preview: ManagedPreview;
  readonly isNew: boolean;
  readonly cluster: string;
  /** What other daemons of the cluster take, and where they run; the previewed one is first. */
  readonly daemons: readonly DaemonCoverage[];
  /** What is documented nowhere and matters here. */
  readonly unknowns: readonly string[];
  readonly daemonFile: string | null;
  readonly definitionFile: string | null;
}

export type ManagedPreviewParams = TextDocumentReference;
export type ManagedPreviewAnswer = ManagedPanel | Failure;

export interface ConvertParams {
  readonly textDocument: { readonly uri: string };
  readonly service?: string | null;
}

export interface ConvertedFiles {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Markdown: what was carried, changed and lost, and what is to be decided. */
  readonly report: string;
}
export type ConvertAnswer = ConvertedFiles | Failure;
