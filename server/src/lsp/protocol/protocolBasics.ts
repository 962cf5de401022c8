// What all requests between client and server have in common.

/**
 * Which cluster to look at. A string is a path or URI of a snapshot or fleet file (a relative path is looked for beside
 * the document and in the workspace folders), `local`, or `aws`: the account of the settings `ecsDaemon.aws`.
 */
export type ClusterChoice =
  | string
  | {
      readonly kind: "aws";
      readonly cluster: string;
      readonly profile?: string;
      readonly region?: string;
      readonly endpointUrl?: string;
    };

export interface TextDocumentReference {
  /** A resource of a file with several is named behind `#`: `file:///main.tf#aws_ecs_service.agent`. */
  readonly textDocument: { readonly uri: string };
  /**
   * URI of the service file; `null`: a new service, on every instance; without it what the workspace decides, or what the
   * user has chosen before.
   */
  readonly service?: string | null;
  readonly cluster?: ClusterChoice;
  /** Of a resource in a template or module: values of parameters, variables and references, by their names there. */
  readonly values?: Readonly<Record<string, string>>;
  /** URIs of files with such values, later ones before earlier ones; those of `values` count before them. */
  readonly valuesFiles?: readonly string[];
}

/** As LSP has it: zero-based lines and UTF-16 characters. */
export interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A failure the user can act on. */
export interface Failure {
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** What helps, in the words of an editor. */
    readonly remedy?: string;
    /** `aws sso login` renews the session of this profile. */
    readonly signIn?: { readonly profile: string };
    /** Where the cause is in files. */
    readonly places?: readonly FilePlace[];
  };
}

/** A place in a file, to be shown. */
export interface FilePlace {
  readonly uri: string;
  readonly range: TextRange;
}
