// The documents the client has open. Each version is parsed once, when something first asks for it.

import type { Connection } from "vscode-languageserver/node";
import { TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { kindByName, mayBeOurs } from "../../core/resources/kinds/kindSigns";
import { openResource, type Resource } from "../../core/resources/resource";

export interface DocumentStore {
  /** The newest text of an open document; `undefined` where it is not open. */
  get(uri: string): Resource | undefined;
  version(uri: string): number | undefined;
  uris(): readonly string[];
  onOpened(listener: (uri: string) => void): void;
  onChanged(listener: (uri: string) => void): void;
  /** `kind` is what the document was, where anything has asked for it. */
  onClosed(listener: (uri: string, kind: Resource["kind"]) => void): void;
}

/** Listens to the client's open, change and close notifications (incremental synchronization). */
export function createDocumentStore(connection: Connection): DocumentStore {
  const texts = new TextDocuments(TextDocument);
  const parsed = new Map<string, { readonly version: number; readonly document: Resource }>();
  const opened: ((uri: string) => void)[] = [];
  const changed: ((uri: string) => void)[] = [];
  const closed: ((uri: string, kind: Resource["kind"]) => void)[] = [];

  texts.onDidOpen(({ document }) => {
    for (const listener of opened) listener(document.uri);
  });
  texts.onDidChangeContent(({ document }) => {
    for (const listener of changed) listener(document.uri);
  });
  texts.onDidClose(({ document }) => {
    const kind = parsed.get(document.uri)?.document.kind;
    parsed.delete(document.uri);
    for (const listener of closed) listener(document.uri, kind);
  });
  texts.listen(connection);

  return {
    get: (uri) => {
      const text = texts.get(uri);
      if (text === undefined) return undefined;
      const known = parsed.get(uri);
      if (known?.version === text.version) return known.document;
      const document = openText(text, known?.document.kind);
      parsed.set(uri, { version: text.version, document });
      return document;
    },
    version: (uri) => texts.get(uri)?.version,
    uris: () => texts.keys(),
    onOpened: (listener) => opened.push(listener),
    onChanged: (listener) => changed.push(listener),
    onClosed: (listener) => closed.push(listener),
  };
}

/** UTF-16 units. A snapshot is never edited with help, so its tree is not worth its memory; a reader of its own reads it. */
const largestWithTree = { cluster: 1 << 20, other: 1 << 24 } as const;

/** An unsaved query has no file name that would tell what it is, but a language. */
function openText(document: TextDocument, earlierKind: Resource["kind"]): Resource {
  const { uri, languageId } = document;
  if (languageId !== "ecs-query") return openWithinBounds(uri, document.getText(), earlierKind);
  const query = openResource("untitled.ecsquery", document.getText());
  return { ...query, source: { ...query.source, file: uri } };
}

function openWithinBounds(uri: string, text: string, earlierKind: Resource["kind"]): Resource {
  const promised = kindByName(uri);
  const isCluster = promised === "clusterSnapshot" || promised === "fleet";
  const isSmall = text.length <= (isCluster ? largestWithTree.cluster : largestWithTree.other);
  if (isSmall && (earlierKind !== undefined || mayBeOurs(uri, text)))
    return openResource(uri, text, { earlierKind });
  return {
    source: { file: uri, text, root: undefined, problems: [], placeholders: [], takesPlaceholders: true },
    kind: isCluster ? promised : undefined,
    input: undefined,
    operation: undefined,
  };
}
