// Starts the language server in a process of its own and speaks LSP with it. Loaded at the first need, since the
// protocol's code is the largest part of the client.

import { CancellationError, type LogOutputChannel, type Uri, Uri as VsUri } from "vscode";
import {
  CloseAction,
  ErrorAction,
  ErrorCodes,
  LanguageClient,
  LSPErrorCodes,
  type ProgressToken,
  ResponseError,
  type ServerOptions,
  State,
  TransportKind,
  WorkDoneProgress,
} from "vscode-languageclient/node";
import {
  type ClusterStates,
  type CoverageChanged,
  clusterStateMethod,
  coverageChangedMethod,
  type InitializationOptions,
  mfaCodeMethod,
  previewChangedMethod,
  requests,
} from "../../server/src/lsp/protocol/protocol";
import { askMfaCode } from "./mfaCode";
import { serverDocuments } from "./relevance";
import { type RequestOptions, type RunningClient, type ServerEvents, serverEnded } from "./server";
import type { WorkerHost } from "./workerHost";

const selectorOf = (schemes: readonly string[]) =>
  schemes.flatMap((scheme) => serverDocuments.map((it) => ({ scheme, ...it })));

/** Starts `dist/server.js`, in a worker where there is a host for it; rejects where it does not come up. */
export async function startLanguageClient(
  extensionUri: Uri,
  log: LogOutputChannel,
  events: ServerEvents,
  options: () => InitializationOptions,
  worker?: WorkerHost,
): Promise<RunningClient> {
  let endedByItself = false;
  const client = new TellingNothing(
    "ecsDaemon",
    "ECS Daemon",
    worker?.connect ?? processOf(VsUri.joinPath(extensionUri, "dist", "server.js").fsPath),
    {
      documentSelector: selectorOf(["file", "untitled", ...(worker?.schemes() ?? [])]),
      outputChannel: log,
      diagnosticCollectionName: "ecs-daemon",
      initializationOptions: options,
      // Whether it is started again is decided elsewhere, for every way in which it can end.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          endedByItself = true;
          return { action: CloseAction.DoNotRestart, message: "The language server ended.", handled: true };
        },
      },
      initializationFailedHandler: () => false,
    },
  );
  client.onNotification(previewChangedMethod, events.previewChanged);
  client.onNotification(clusterStateMethod, (states: ClusterStates) => events.clusterState(states));
  client.onNotification(coverageChangedMethod, (changed: CoverageChanged) => events.coverageChanged(changed));
  client.onRequest(mfaCodeMethod, askMfaCode);
  for (const [method, answer] of Object.entries(worker?.requests ?? {}))
    client.onRequest<unknown, unknown>(method, answer as (params: unknown) => Promise<unknown>);
  try {
    await client.start();
    if (endedByItself) throw new Error("It ended at once.");
  } catch (error) {
    await client.dispose().catch(() => undefined);
    throw error;
  }
  client.onDidChangeState(({ newState }) => {
    if (endedByItself && newState === State.Stopped) events.ended();
  });
  return {
    request: (name, params, requestOptions) => send(client, requests[name].method, params, requestOptions),
    stop: () => client.dispose(),
  };
}

/** What it forces upon the user in its own words, such as that a start failed, is told by those who started it. */
class TellingNothing extends LanguageClient {
  override error(message: string, data?: unknown, showNotification: boolean | "force" = true): void {
    super.error(message, data, showNotification === "force" ? false : showNotification);
  }
}

function processOf(module: string): ServerOptions {
  const execArgv = ["--nolazy", "--inspect=6009", "--enable-source-maps"];
  return {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv } },
  };
}

let lastToken = 0;

async function send<Answer>(
  client: LanguageClient,
  method: string,
  params: object,
  { token, onProgress }: RequestOptions,
): Promise<Answer | typeof serverEnded> {
  // A token that is undefined would travel as one more parameter, in the place of the server's own token.
  const cancelling = token === undefined ? [] : [token];
  if (onProgress === undefined) return cancellable(client.sendRequest<Answer>(method, params, ...cancelling));
  lastToken += 1;
  const workDoneToken: ProgressToken = `ecs-daemon-${lastToken}`;
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind !== "end" && value.message !== undefined) onProgress(value.message, value.percentage);
  });
  try {
    return await cancellable(client.sendRequest<Answer>(method, { ...params, workDoneToken }, ...cancelling));
  } finally {
    listening.dispose();
  }
}

/** Requests that the end of the server leaves without an answer. */
const ends: readonly number[] = [ErrorCodes.PendingResponseRejected, ErrorCodes.ConnectionInactive];

/** LSP answers a cancelled request with an error; VS Code's word for it is a CancellationError. */
async function cancellable<Answer>(answer: Promise<Answer>): Promise<Answer | typeof serverEnded> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ResponseError && ends.includes(error.code)) return serverEnded;
    const codes: readonly number[] = [LSPErrorCodes.RequestCancelled, LSPErrorCodes.ServerCancelled];
    if (error instanceof ResponseError && codes.includes(error.code)) throw new CancellationError();
    throw error;
  }
}
