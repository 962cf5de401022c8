// The language server: one list of the features, each in a file of its own, wired to a connection.

import type {
  ClientCapabilities,
  Connection,
  InitializeParams,
  InitializeResult,
} from "vscode-languageserver/node";
import { serverCapabilities } from "./capabilities";
import { registerClusterRequests } from "./clusterRequests";
import { createClusterSource } from "./clusterSource";
import { registerCodeActions } from "./codeActions";
import type { ClientFeatures, ServerContext } from "./context";
import { registerDeployRequests } from "./deployRequests";
import { registerDiagnostics } from "./diagnostics";
import { createDocumentStore } from "./documentStore";
import type { Environment } from "./environment";
import { createLocalCluster } from "./localCluster";
import { registerLocalRequests } from "./localRequests";
import { connectionLog, createFence } from "./log";
import { registerPreview } from "./preview";
import type { InitializationOptions } from "./protocol";
import { createSettings } from "./settings";
import { createValidation } from "./validation";
import { registerWorkspace } from "./workspace";
import { createWorkspaceIndex } from "./workspaceIndex";

/** Wires every feature to the connection. The caller listens on it afterwards. */
export function startServer(connection: Connection, environment: Environment): void {
  const context = createContext(connection, environment);
  for (const register of features) register(context);
}

const features: readonly ((context: ServerContext) => void)[] = [
  registerWorkspace,
  registerDiagnostics,
  registerCodeActions,
  registerPreview,
  registerClusterRequests,
  registerDeployRequests,
  registerLocalRequests,
];

function createContext(connection: Connection, environment: Environment): ServerContext {
  let client = clientFeatures({});
  let options: InitializationOptions = {};
  const listeners: (() => void)[] = [];
  const log = connectionLog(connection.console);
  const fence = createFence(log);
  const documents = createDocumentStore(connection);
  const index = createWorkspaceIndex(environment, documents);
  const validation = createValidation(index, fence.report);
  const settings = createSettings();
  const local = createLocalCluster(environment);
  const trusted = () => options.trusted !== false;
  const clusters = createClusterSource({ environment, documents, local, trusted, aws: settings.aws });
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
  };
  connection.onInitialize((params): InitializeResult => {
    client = clientFeatures(params.capabilities);
    options = readOptions(params.initializationOptions);
    index.setFolders(foldersOf(params));
    clusters.choose(options.cluster);
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

function clientFeatures({ textDocument, workspace }: ClientCapabilities): ClientFeatures {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    readsConfiguration: workspace?.configuration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    hasSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}
