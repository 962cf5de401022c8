// The context keys by which menus and title buttons go by content, whatever a file is called: the kind of the document in
// the active editor, and the files of the workspace that can be previewed and deployed.

import { commands, type Disposable, type TextDocument, Uri, window, workspace } from "vscode";
import type { DocumentKind, ListDocumentsAnswer } from "../../server/src/lsp/protocol/protocol";
import { isFailure } from "./failures";
import { latestOnly } from "./preview/latestOnly";
import { isHosted, kindAtFirstSight } from "./relevance";
import type { Server } from "./server";

/** Of the active editor; absent where the document is none of ours. */
const kindKey = "ecsDaemon.documentKind";
/** Paths, as `resourcePath` in a when-clause spells them. */
const filesKey = "ecsDaemon.daemonFiles";
/** Templates, Terraform files and container lists, which are previewed alone. */
const templatesKey = "ecsDaemon.templateFiles";
/** The same of fleet files, whatever they are called. */
const fleetsKey = "ecsDaemon.fleetFiles";

const fleetKinds: readonly DocumentKind[] = ["fleet"];

/** Follows the active editor and its text; the server's answer wins over the first sight. */
export function createDocumentKinds(server: Server): Disposable {
  let shown: ShownKind | undefined;
  const show = (kind: ShownKind | undefined) => {
    if (kind === shown) return;
    shown = kind;
    void commands.executeCommand("setContext", kindKey, kind);
  };
  const active = () => window.activeTextEditor?.document;
  const look = latestOnly(async () => {
    const document = active();
    const first = document === undefined ? undefined : firstSight(document);
    if (document === undefined || first === undefined || !server.isStarted) return show(first);
    // The server answers once it knows the workspace.
    if (shown === undefined) show(first);
    const uri = document.uri.toString();
    const answer = await server.request("documentKind", { textDocument: { uri } });
    if (document !== active()) return;
    show(isFailure(answer) ? first : answer.host === undefined ? (answer.kind ?? undefined) : "template");
  });
  const list = latestOnly(async () => {
    if (!server.isStarted) return;
    const answer = await server.request("listDocuments", {
      kinds: ["taskDefinition", "service", "daemonTaskDefinition", "daemon", "fleet"],
    });
    if (isFailure(answer)) return;
    const show = (key: string, isShown: (it: Listed) => boolean) => {
      const paths = new Set(answer.documents.filter(isShown).map((it) => uriPath(it.uri)));
      void commands.executeCommand("setContext", key, [...paths]);
    };
    show(filesKey, ({ host, kind }) => host === undefined && !fleetKinds.includes(kind));
    show(templatesKey, ({ host }) => host !== undefined);
    show(fleetsKey, ({ kind }) => fleetKinds.includes(kind));
  });
  const lookQuietly = () => void look().catch(() => {});
  const listQuietly = () => void list().catch(() => {});
  const watching = [
    window.onDidChangeActiveTextEditor(lookQuietly),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === active()) lookQuietly();
    }),
    server.onStarted(() => {
      lookQuietly();
      listQuietly();
    }),
    server.onReturned(listQuietly),
    server.onPreviewChanged(listQuietly),
  ];
  setImmediate(lookQuietly);
  return { dispose: () => watching.forEach((it) => void it.dispose()) };
}

type Listed = ListDocumentsAnswer["documents"][number];

/** A template has resources of several kinds. */
type ShownKind = DocumentKind | "template";

function firstSight(document: TextDocument): ShownKind | undefined {
  const seen = lookAt(document);
  return isHosted(seen) ? "template" : kindAtFirstSight(seen);
}

/** A document as the relevance check sees it. */
export function lookAt(document: TextDocument) {
  return {
    languageId: document.languageId,
    path: document.uri.path,
    text: () => document.getText(),
  };
}

function uriPath(uri: string): string {
  return Uri.parse(uri).fsPath;
}
