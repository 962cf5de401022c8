// Makes what the features share, and follows the handshake: what the client can do, what it was started with.

import type {
  ClientCapabilities,
  Connection,
  InitializeParams,
  InitializeResult,
} from "vscode-languageserver/node";
import { createClusterSource, isFile } from "../clusters/clusterSource";
import { createLocalCluster } from "../clusters/localCluster";
import type { InitializationOptions } from "../protocol/protocol";
import { createDocumentStore } from "../workspace/documentStore";
import { readPairs } from "../workspace/pairing";
import { createValidation } from "../workspace/validation";
import { pathsOf } from "../workspace/workspace";
import { createWorkspaceIndex } from "../workspace/workspaceIndex";
import { serverCapabilities } from "./capabilities";
import type { ClientFeatures, ServerContext } from "./context";
import type { Environment } from "./environment";
import { connectionLog, createFence } from "./log";
import { createSettings } from "./settings";

/** What only the handshake brings, and what waits for it; before it, the client is taken to know nothing. */
class Handshake {
  client: ClientFeatures = clientFeatures({}, "");
  options: InitializationOptions = {};
  clusterRead: Promise<unknown> = Promise.resolve();
  /** What was begun after the handshake. */
  beginning: Promise<unknown> = Promise.resolve();
  isOver = false;
  readonly afterwards: (() => Promise<void>)[] = [];
  readonly beforeEnd: (() => void)[] = [];
  readonly trusted = () => this.options.trusted !== false;
}

/** Makes what the features share, and listens for the handshake on the connection. */
export function createContext(connection: Connection, environment: Environment): ServerContext {
  const handshake = new Handshake();
  const context = sharedParts(connection, environment, handshake);
  listenForHandshake(context, handshake);
  return context;
}

function sharedParts(connection: Connection, environment: Environment, handshake: Handshake): ServerContext {
  const listeners: (() => void)[] = [];
  const log = connectionLog(connection.console);
  const fence = createFence(log);
  const documents = createDocumentStore(connection);
  const index = createWorkspaceIndex(environment, documents);
  const validation = createValidation(index, fence.report);
  const settings = createSettings(log.warn);
  const local = createLocalCluster(environment);
  const folders = () => pathsOf(index.folders());
  const { trusted } = handshake;
  const clusters = createClusterSource({
    environment,
    documents,
    local,
    trusted,
    folders,
    aws: settings.aws,
  });
  return {
    connection,
    answers: new Map(),
    environment,
    log,
    fence,
    documents,
    index,
    validation,
    settings,
    clusters,
    local,
    client: () => handshake.client,
    options: () => handshake.options,
    clusterRead: () => handshake.clusterRead,
    ready: () => Promise.all([index.ready(), handshake.clusterRead]),
    validate: (document) =>
      validation.validate(document, {
        cluster: clusters.current()?.cluster,
        severities: settings.severities(),
        reportSyntaxErrors: handshake.options.reportSyntaxErrors === true,
      }),
    surroundingsChanged: () => {
      for (const listener of listeners) listener();
    },
    onSurroundingsChanged: (listener) => listeners.push(listener),
    onInitialized: (work) => {
      if (handshake.isOver) void fence.wait("initialized", undefined, work);
      else handshake.afterwards.push(work);
    },
    onShutdown: (work) => handshake.beforeEnd.push(work),
  };
}

function listenForHandshake(context: ServerContext, handshake: Handshake): void {
  const { connection, clusters, fence, index, local } = context;
  connection.onInitialize((params): InitializeResult => {
    handshake.client = clientFeatures(params.capabilities, params.clientInfo?.name ?? "");
    handshake.options = readOptions(params.initializationOptions);
    index.setFolders(foldersOf(params));
    index.setPairs(readPairs(handshake.options.pairs));
    clusters.choose(handshake.options.cluster);
    if (handshake.trusted()) resumeLocalCluster(context, handshake.options.localStateFolder);
    return { capabilities: serverCapabilities(handshake.client), serverInfo: { name: "ecs-daemon" } };
  });
  connection.onInitialized(() => {
    handshake.isOver = true;
    // A file is read at once; an account may take its time, and hints come when it has answered.
    if (isFile(clusters.chosen()))
      handshake.clusterRead = fence.wait("cluster", undefined, () =>
        clusters.resolve(undefined, pathsOf(index.folders())),
      );
    handshake.beginning = Promise.all(
      handshake.afterwards.map((it) => fence.wait("initialized", undefined, it)),
    );
  });
  connection.onShutdown(async () => {
    for (const work of handshake.beforeEnd) work();
    await handshake.beginning;
    await fence.wait("shutdown", undefined, () => local.close());
  });
}

function resumeLocalCluster({ clusters, local, log }: ServerContext, folder: unknown): void {
  if (typeof folder !== "string") return;
  local
    .resume(folder, clusters.chosen() === "local")
    .catch((error: unknown) => log.warn(`The local cluster could not be started again: ${error}`));
}

function foldersOf(params: InitializeParams): readonly string[] {
  const folders = params.workspaceFolders?.map((it) => it.uri);
  if (folders !== undefined) return folders;
  return typeof params.rootUri === "string" ? [params.rootUri] : [];
}

/** Whatever the client sent: only an object is looked at. */
function readOptions(value: unknown): InitializationOptions {
  return typeof value === "object" && value !== null ? (value as InitializationOptions) : {};
}

function clientFeatures(
  { textDocument, workspace, window }: ClientCapabilities,
  name: string,
): ClientFeatures {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    readsConfiguration: workspace?.configuration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    registersFormatting: textDocument?.formatting?.dynamicRegistration === true,
    registersOutline: textDocument?.documentSymbol?.dynamicRegistration === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    renamesFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes("rename") === true,
    showsDocuments: window?.showDocument?.support === true,
    isVsCode: /code|codium|cursor|windsurf/i.test(name),
    hasLabelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    hasSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}
