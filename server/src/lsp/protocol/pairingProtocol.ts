// Which documents of the workspace are ours, and which belong together: as client and server exchange it.

import type { DocumentKind } from "../../core/resources/kinds/documentKind";
import type { Pair, Pairing } from "../../core/workspace/pairing";
import type { Failure, TextDocumentReference } from "./protocolBasics";

export type { DocumentKind } from "../../core/resources/kinds/documentKind";
export type { Pair } from "../../core/workspace/pairing";

// ecsDaemon/pairing: what a preview or deployment of a document would be of, and what else could be meant. ---------

export type PairingParams = Pick<TextDocumentReference, "textDocument" | "service">;

export interface PairingCandidate {
  readonly uri: string;
  /** The name of the service, or the family of the task definition. */
  readonly name: string;
}

export type PairingAnswer =
  | {
      /** What the document of the request is. */
      readonly of: "taskDefinition" | "service";
      readonly taskDefinition?: string;
      /** URI of the service file; absent: a new service, or not decided. */
      readonly service?: string;
      readonly by: Pairing["by"];
      /** What there is to choose. */
      readonly question?: "taskDefinition" | "service";
      readonly candidates: readonly PairingCandidate[];
      /** The name that a new service, in no file, would have. */
      readonly newService: string;
    }
  | Failure;

// ecsDaemon/pairs: replaces the remembered answers. -----------------------------------------------------------

export interface SetPairsParams {
  /** By URI; the last one about a file counts. */
  readonly pairs: readonly Pair[];
}

// ecsDaemon/documents: the documents of the workspace by their content, whatever they are called. ------------------

export interface ListDocumentsParams {
  /** Without it: of every kind. */
  readonly kinds?: readonly DocumentKind[];
}
export type ListDocumentsAnswer = {
  readonly documents: readonly { readonly uri: string; readonly kind: DocumentKind }[];
};

// ecsDaemon/documentKind: what an open document is; `null`: none of ours. -------------------------------------

export interface DocumentKindParams {
  readonly textDocument: { readonly uri: string };
}
export type DocumentKindAnswer = { readonly kind: DocumentKind | null };
