// What every feature is handed: the connection, the documents, and what is known of client and workspace.

import type { CancellationToken, Connection } from "vscode-languageserver/node";
import type { Resource } from "../../core/resources/resource";
import type { ClusterSource } from "../clusters/clusterSource";
import type { LocalCluster } from "../clusters/localCluster";
import type { InitializationOptions } from "../protocol/protocol";
import type { DocumentStore } from "../workspace/documentStore";
import type { Validated, Validation } from "../workspace/validation";
import type { WorkspaceIndex } from "../workspace/workspaceIndex";
import type { Environment } from "./environment";
import type { Fence, Log } from "./log";
import type { Settings } from "./settings";

/** What the client can do, as far as the server behaves differently for it. */
export interface ClientFeatures {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly readsConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly registersConfiguration: boolean;
  readonly changesFolders: boolean;
  readonly hasSnippets: boolean;
  readonly hasLabelDetails: boolean;
  readonly registersFormatting: boolean;
  readonly registersOutline: boolean;
  readonly preparesRename: boolean;
  /** Takes edits that rename files. */
  readonly renamesFiles: boolean;
  readonly showsDocuments: boolean;
  /** VS Code and its kin: they know the command that opens the suggestions again. */
  readonly isVsCode: boolean;
}

/** What a request is answered with: the result, an error of the protocol, or a promise of either. */
export type Answer = (params: never, token: CancellationToken) => unknown;

export interface ServerContext {
  readonly connection: Connection;
  /** What answers the requests of our own, by method. Of those that no document needs it is added later. */
  readonly answers: Map<string, Answer>;
  readonly environment: Environment;
  readonly log: Log;
  readonly fence: Fence;
  readonly documents: DocumentStore;
  readonly index: WorkspaceIndex;
  readonly validation: Validation;
  readonly settings: Settings;
  readonly clusters: ClusterSource;
  readonly local: LocalCluster;
  /** Known from the initialize request on; before it nothing but defaults. */
  client(): ClientFeatures;
  options(): InitializationOptions;
  /** Resolves when the file of the cluster that the server was started with has been read. */
  clusterRead(): Promise<unknown>;
  /** As `clusterRead`, and the folders have been scanned: what a first answer must not lack. */
  ready(): Promise<unknown>;
  /** The diagnostics of an open document, in the newest state of everything. */
  validate(document: Resource): Validated;
  /** Notifies listeners that hints, lenses, diagnostics and previews may come out differently. */
  surroundingsChanged(): void;
  onSurroundingsChanged(listener: () => void): void;
  onShutdown(work: () => void): void;
  /** Runs after the handshake, when the client takes requests; at once where that is now. */
  onInitialized(work: () => Promise<void>): void;
}
