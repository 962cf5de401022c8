// Where VS Code enters. Activation registers what can be asked for and looks at the open documents; the language
// server starts with the first document it may have something to say about, or with the first command that needs it.

import { type Disposable, type ExtensionContext, type TextDocument, window, workspace } from "vscode";
import type { InitializationOptions } from "../../server/src/lsp/protocol/protocol";
import { registerAssistantTools } from "./assistantTools";
import { createAccountStore } from "./cluster/accountStore";
import { createClusterStates } from "./cluster/clusterStates";
import { type ClusterStore, createClusterStore } from "./cluster/clusterStore";
import { createClusterStatus } from "./cluster/statusBar";
import { registerCommands } from "./commands/registerCommands";
import { createCoverageWatch } from "./coverage/coverageWatch";
import { createDocumentKinds, lookAt } from "./documentKind";
import { showFailure, showWithLog } from "./failures";
import { readableLog } from "./notify";
import { once } from "./once";
import { createPairStore, type PairStore } from "./pairing/pairStore";
import { isRelevant } from "./relevance";
import { registerRestoredPanels } from "./restoredPanels";
import { createServer, type Server } from "./server";
import { serverGone } from "./serverFailures";
import type { Surroundings } from "./session";
import { registerValidateTask } from "./validateTask";
import { createViews } from "./views/views";
import type { WorkerHost } from "./workerHost";

/** `worker` starts the language server where there is no process for it: in a browser. */
export function activate(context: ExtensionContext, worker?: WorkerHost): void {
  const log = window.createOutputChannel("ECS Daemon", { log: true });
  const clusters = createClusterStore(context);
  const pairs = createPairStore(context, () => server);
  const server: Server = createServer(
    context,
    () => ({ ...initializationOptions(context, clusters, pairs), inBrowser: worker !== undefined }),
    async (events, options) => {
      const { startLanguageClient } = await import("./languageClient");
      if (context.storageUri !== undefined) await workspace.fs.createDirectory(context.storageUri);
      return startLanguageClient(context.extensionUri, log, events, options, worker);
    },
  );
  const states = createClusterStates(context, server, clusters);
  const accounts = createAccountStore(context, clusters);
  const coverage = createCoverageWatch(context, server, accounts, clusters);
  const views = createViews(context, { server, clusters, states, accounts, coverage });
  const status = createClusterStatus(states);
  const surroundings: Surroundings = {
    ...{ context, log: readableLog(log), server, clusters, pairs, states },
    ...{ accounts, coverage, views, inBrowser: worker !== undefined },
  };
  const loadLater = once(async () => (await import("./later")).createLater(surroundings));
  context.subscriptions.push(
    log,
    status,
    createDocumentKinds(server),
    ...registerCommands(surroundings, loadLater),
    ...registerRestoredPanels(surroundings, loadLater),
    ...registerAssistantTools(context, server),
    ...(worker === undefined ? [registerValidateTask(context)] : []),
    server.onStarted(() => status.show()),
    server.onGone(() => showFailure(serverGone)),
    clusters.onDidChange((choice) => {
      status.show();
      void server.tell("chooseCluster", { cluster: choice ?? null });
    }),
    workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
  );
  startWithFirstDocument(context, server, (error) =>
    showWithLog("error", `The language server of ECS Daemon did not start: ${error}`),
  );
}

function initializationOptions(
  context: ExtensionContext,
  clusters: ClusterStore,
  pairs: PairStore,
): InitializationOptions {
  const cluster = clusters.current;
  const folder = context.storageUri;
  return {
    trusted: workspace.isTrusted,
    setsSeverity: true,
    setsDocumentKind: true,
    pairs: pairs.current,
    ...(cluster !== undefined && { cluster }),
    ...(folder?.scheme === "file" && { localStateFolder: folder.fsPath }),
  };
}

/** Watches what is opened and typed until a document needs the server; from then on the server watches by itself. */
function startWithFirstDocument(
  context: ExtensionContext,
  server: Server,
  onError: (error: unknown) => void,
): void {
  const watching: Disposable[] = [];
  const stop = () => {
    for (const it of watching.splice(0)) it.dispose();
  };
  const look = (document: TextDocument) => {
    if (server.isStarted) stop();
    else if (isRelevant(lookAt(document))) {
      stop();
      server.start().catch(onError);
    }
  };
  watching.push(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  context.subscriptions.push({ dispose: stop });
  // Loading the language client takes longer than activation may: first VS Code goes on.
  setImmediate(() => {
    for (const document of workspace.textDocuments) look(document);
  });
}
