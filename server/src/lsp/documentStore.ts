// The documents the client has open. Each version is parsed once, when something first asks for it.

import type { Connection } from "vscode-languageserver/node";
import { TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type EcsDocument, openDocument } from "../core/documents/document";
import { kindByName } from "../core/documents/kinds";

export interface DocumentStore {
  /** The newest text of an open document; `undefined` where it is not open. */
  get(uri: string): EcsDocument | undefined;
  version(uri: string): number | undefined;
  uris(): readonly string[];
  onOpened(listener: (uri: string) => void): void;
  onChanged(listener: (uri: string) => void): void;
  onClosed(listener: (uri: string) => void): void;
}

/** Listens to the client's open, change and close notifications (incremental synchronization). */
export function createDocumentStore(connection: Connection): DocumentStore {
  const texts = new TextDocuments(TextDocument);
  const parsed = new Map<string, { readonly version: number; readonly document: EcsDocument }>();
  const opened: ((uri: string) => void)[] = [];
  const changed: ((uri: string) => void)[] = [];
  const closed: ((uri: string) => void)[] = [];

  texts.onDidOpen(({ document }) => {
    for (const listener of opened) listener(document.uri);
  });
  texts.onDidChangeContent(({ document }) => {
    for (const listener of changed) listener(document.uri);
  });
  texts.onDidClose(({ document }) => {
    parsed.delete(document.uri);
    for (const listener of closed) listener(document.uri);
  });
  texts.listen(connection);

  return {
    get: (uri) => {
      const text = texts.get(uri);
      if (text === undefined) return undefined;
      const known = parsed.get(uri);
      if (known?.version === text.version) return known.document;
      const document = openWithinBounds(uri, text.getText());
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

function openWithinBounds(uri: string, text: string): EcsDocument {
  const promised = kindByName(uri);
  const isCluster = promised === "clusterSnapshot" || promised === "fleet";
  if (text.length <= (isCluster ? largestWithTree.cluster : largestWithTree.other))
    return openDocument(uri, text);
  const kind = isCluster ? promised : undefined;
  return { ...openDocument(uri, ""), fileName: uri, text, kind, operation: undefined };
}
