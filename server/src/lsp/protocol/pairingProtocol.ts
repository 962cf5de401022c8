// Which documents of the workspace are ours, and which belong together: as client and server exchange it.

import type { DocumentKind } from "../../core/resources/kinds/kindSigns";
import type { HostKind } from "../../core/resources/resource";
import type { Pair, Pairing } from "../../core/workspace/pairing";
import type { Failure, TextDocumentReference } from "./protocolBasics";

export type { DocumentKind } from "../../core/resources/kinds/kindSigns";
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
  /** `host`: the resource is in a template, a Terraform file or a list of containers. */
  readonly documents: readonly {
    readonly uri: string;
    readonly kind: DocumentKind;
    readonly host?: HostKind;
  }[];
};

// ecsDaemon/documentKind: what an open document is; `null`: none of ours. -------------------------------------

export interface DocumentKindParams {
  readonly textDocument: { readonly uri: string };
  /** Of the cursor, to find the resource that it is in. */
  readonly position?: { readonly line: number; readonly character: number };
}
/**
 * In a file with several resources `kind` is that of the first, `resource` the URI of the one at the position, and
 * `previewed` that of the one whose placement is shown: the same, or the first service, or the first task definition.
 */
export type DocumentKindAnswer = {
  readonly kind: DocumentKind | null;
  /** It is registered or deployed for a managed daemon. */
  readonly isManagedDaemon?: boolean;
  readonly host?: HostKind;
  readonly resource?: string;
  readonly previewed?: string;
};

// ecsDaemon/resourceInput: the JSON of the AWS CLI that a resource of a template or module describes. ---------------

export type ResourceInputParams = Pick<TextDocumentReference, "textDocument" | "values">;
export type ResourceInputAnswer =
  | {
      readonly kind: "taskDefinition" | "service";
      /** As the host names it. */
      readonly resource: string;
      /** Indented; without what is not known. */
      readonly json: string;
      /** Names whose values are to be given; empty: the JSON is whole. */
      readonly unknown: readonly string[];
      /** Defaults that the JSON was made with. */
      readonly defaults: readonly { readonly name: string; readonly value: string }[];
    }
  | Failure;
