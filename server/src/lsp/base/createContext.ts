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

/** Listens for the handshake on the connection; before it, the client is taken to know nothing. */
export function createContext(connection: Connection, environment: Environment): ServerContext {
  let client = clientFeatures({}, "");
  let options: InitializationOptions = {};
  const listeners: (() => void)[] = [];
  const afterHandshake: (() => Promise<void>)[] = [];
  const beforeEnd: (() => void)[] = [];
  const log = connectionLog(connection.console);
  const fence = createFence(log);
  const documents = createDocumentStore(connection);
  const index = createWorkspaceIndex(environment, documents);
  const validation = createValidation(index, fence.report);
  const settings = createSettings(log.warn);
  const local = createLocalCluster(environment);
  const trusted = () => options.trusted !== false;
  const clusters = createClusterSource({
    environment,
    documents,
    local,
    trusted,
    folders: () => pathsOf(index.folders()),
    aws: settings.aws,
  });
  let clusterRead: Promise<unknown> = Promise.resolve();
  const context: ServerContext = {
    connection,
    environment,
    log,
    fence,
    documents,
    index,
    validation,
    settings,
    clusters,
    local,
    client: () => client,
    options: () => options,
    clusterRead: () => clusterRead,
    ready: () => Promise.all([index.ready(), clusterRead]),
    findings: (document) =>
      validation.validate(document, {
        cluster: clusters.current()?.cluster,
        severities: settings.severities(),
        reportSyntaxErrors: options.reportSyntaxErrors === true,
      }),
    surroundingsChanged: () => {
      for (const listener of listeners) listener();
    },
    onSurroundingsChanged: (listener) => listeners.push(listener),
    onInitialized: (work) => afterHandshake.push(work),
    onShutdown: (work) => beforeEnd.push(work),
  };
  let beginning: Promise<unknown> = Promise.resolve();
  connection.onInitialized(() => {
    // A file is read at once; an account may take its time, and hints come when it has answered.
    if (isFile(clusters.chosen()))
      clusterRead = fence.wait("cluster", undefined, () =>
        clusters.resolve(undefined, pathsOf(index.folders())),
      );
    beginning = Promise.all(afterHandshake.map((it) => fence.wait("initialized", undefined, it)));
  });
  connection.onShutdown(async () => {
    for (const work of beforeEnd) work();
    await beginning;
    await fence.wait("shutdown", undefined, local.close);
  });
  connection.onInitialize((params): InitializeResult => {
    client = clientFeatures(params.capabilities, params.clientInfo?.name ?? "");
    options = readOptions(params.initializationOptions);
    index.setFolders(foldersOf(params));
    index.setPairs(readPairs(options.pairs));
    clusters.choose(options.cluster);
    if (typeof options.localStateFolder === "string" && trusted())
      local
        .resume(options.localStateFolder, clusters.chosen() === "local")
        .catch((error: unknown) => log.warn(`The local cluster could not be started again: ${error}`));
    return { capabilities: serverCapabilities(client), serverInfo: { name: "ecs-daemon" } };
  });
  return context;
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
