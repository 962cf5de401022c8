// A small LSP client for tests: the server runs in this process behind two streams, or as a process of its own.

import { PassThrough } from "node:stream";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  InlayHintRefreshRequest,
  LogMessageNotification,
  type Diagnostic as LspDiagnostic,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { type Environment, nodeEnvironment } from "../../server/src/lsp/base/environment";
import { loadLater } from "../../server/src/lsp/loadLater";
import { previewChangedMethod } from "../../server/src/lsp/protocol/protocol";
import { startServer } from "../../server/src/lsp/server";

export interface ClientOptions {
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  readonly clientName?: string;
  /** The value of the section `ecsDaemon`. */
  readonly settings?: object;
  readonly environment?: Partial<Environment>;
}

export interface ProtocolClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly log: readonly string[];
  open(uri: string, text: string, languageId?: string): void;
  /** Replaces the whole text. */
  change(uri: string, text: string): void;
  closeDocument(uri: string): void;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** The items of a full report. */
  diagnostics(uri: string): Promise<readonly LspDiagnostic[]>;
  /** Resolves with the next diagnostics published for the document for which `isWanted` holds. */
  published(
    uri: string,
    isWanted?: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<PublishDiagnosticsParams>;
  /** Resolves when the server has sent this notification or refresh request after the call. */
  next(method: string): Promise<void>;
  setSettings(settings: object): void;
  notify(method: string, params: object): void;
  request<T>(method: string, params: unknown): Promise<T>;
  /** A request that is cancelled when the signal is aborted. */
  cancellable<T>(method: string, params: unknown, signal: AbortSignal): Promise<T>;
  /** Says goodbye: everything sent before has been read when this resolves. */
  close(): Promise<void>;
  /** For a server that may answer no more; what is still on its way to it may be lost. */
  abandon(): void;
}

export const pullingClient: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: false },
    completion: { completionItem: { snippetSupport: true } },
  },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
};

/** Starts the server in this process and shakes hands with it. */
export async function startClient(options: ClientOptions = {}): Promise<ProtocolClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, { ...nodeEnvironment(loadLater), ...options.environment }, loadLater);
  server.listen();
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  return connectClient(connection, options, async () => {
    server.dispose();
    toServer.destroy();
    toClient.destroy();
  });
}

/** Shakes hands with a server at the other end of the connection; `end` runs after the client closed. */
export async function connectClient(
  connection: ProtocolConnection,
  options: ClientOptions,
  end: () => Promise<void>,
): Promise<ProtocolClient> {
  let settings = options.settings ?? {};
  const log: string[] = [];
  const versions = new Map<string, number>();
  const published = new Map<string, PublishDiagnosticsParams>();
  const publishWaiters = new Set<(params: PublishDiagnosticsParams) => void>();
  const waiters = new Map<string, Set<() => void>>();
  const happened = (method: string) => {
    for (const wake of waiters.get(method) ?? []) wake();
    waiters.delete(method);
  };

  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings));
  connection.onRequest(RegistrationRequest.type, () => {});
  connection.onRequest(DiagnosticRefreshRequest.type, () => happened("workspace/diagnostic/refresh"));
  connection.onRequest(InlayHintRefreshRequest.type, () => happened("workspace/inlayHint/refresh"));
  connection.onNotification(LogMessageNotification.type, ({ message }) => {
    log.push(message);
  });
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.set(params.uri, params);
    for (const waiter of publishWaiters) waiter(params);
  });
  connection.onNotification(previewChangedMethod, () => happened(previewChangedMethod));
  connection.listen();

  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    ...(options.clientName === undefined ? {} : { clientInfo: { name: options.clientName } }),
    rootUri: options.folders?.[0] ?? null,
    capabilities: options.capabilities ?? pullingClient,
    workspaceFolders: options.folders?.map((uri) => ({ uri, name: uri })) ?? null,
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const pull = (uri: string, previousResultId?: string) =>
    connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  let isOver = false;
  const notify = (method: string, params: object) => {
    connection.sendNotification(method, params).catch((error) => {
      if (!isOver) throw error;
    });
  };
  const abandon = () => {
    isOver = true;
    connection.dispose();
  };

  return {
    connection,
    initialized,
    log,
    open: (uri, text, languageId = "json") => {
      versions.set(uri, 1);
      notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    },
    change: (uri, text) => {
      const version = (versions.get(uri) ?? 1) + 1;
      versions.set(uri, version);
      notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
    },
    closeDocument: (uri) => notify("textDocument/didClose", { textDocument: { uri } }),
    pull,
    diagnostics: async (uri) => {
      const report = await pull(uri);
      return report.kind === "full" ? report.items : [];
    },
    published: (uri, isWanted = () => true) => {
      const last = published.get(uri);
      if (last !== undefined && isWanted(last)) return Promise.resolve(last);
      return new Promise((resolve) => {
        const waiter = (params: PublishDiagnosticsParams) => {
          if (params.uri !== uri || !isWanted(params)) return;
          publishWaiters.delete(waiter);
          resolve(params);
        };
        publishWaiters.add(waiter);
      });
    },
    next: (method) =>
      new Promise((resolve) => {
        const set = waiters.get(method) ?? new Set();
        waiters.set(method, set);
        set.add(resolve);
      }),
    setSettings: (next) => {
      settings = next;
      notify("workspace/didChangeConfiguration", { settings: null });
    },
    notify,
    request: <T>(method: string, params: unknown) => connection.sendRequest<T>(method, params),
    cancellable: <T>(method: string, params: unknown, signal: AbortSignal) => {
      const source = new CancellationTokenSource();
      signal.addEventListener("abort", () => source.cancel());
      return connection.sendRequest<T>(method, params, source.token);
    },
    close: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      abandon();
      await end();
    },
    abandon,
  };
}
