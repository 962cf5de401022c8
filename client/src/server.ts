// The language server as the rest of the client sees it: it starts when something first asks for it.

import { type CancellationToken, type Disposable, EventEmitter, type ExtensionContext } from "vscode";
import type { InitializationOptions } from "../../server/src/lsp/protocol";
import type { RunningClient } from "./languageClient";
import type { RequestName, Requests } from "./requests";

export interface RequestOptions {
  readonly token?: CancellationToken;
  /** Called with each line of progress that the server reports. */
  readonly onProgress?: (message: string, percentage: number | undefined) => void;
}

export interface Server extends Disposable {
  /** Starts the server where it does not run yet. */
  start(): Promise<void>;
  readonly isStarted: boolean;
  /** Rejects with a CancellationError where the token, or the server, cancels. */
  request<Name extends RequestName>(
    name: Name,
    params: Requests[Name]["params"],
    options?: RequestOptions,
  ): Promise<Requests[Name]["answer"]>;
  /** A running server begins anew, with new initialization options. What it held in memory is gone. */
  restart(): Promise<void>;
  readonly onPreviewChanged: EventEmitter<void>["event"];
  readonly onStarted: EventEmitter<void>["event"];
  /** The server process ended or was restarted. */
  readonly onLost: EventEmitter<void>["event"];
}

/** `load` brings the language client, which is big, into memory; it is called once, at the first need. */
export function createServer(
  context: ExtensionContext,
  options: () => InitializationOptions,
  load: (events: ServerEvents, options: () => InitializationOptions) => Promise<RunningClient>,
): Server {
  const previewChanged = new EventEmitter<void>();
  const started = new EventEmitter<void>();
  const lost = new EventEmitter<void>();
  let running: Promise<RunningClient> | undefined;

  const ready = (): Promise<RunningClient> => {
    running ??= load({ previewChanged: () => previewChanged.fire(), lost: () => lost.fire() }, options).then(
      (client) => {
        started.fire();
        return client;
      },
      (error: unknown) => {
        // The next need tries again.
        running = undefined;
        throw error;
      },
    );
    return running;
  };
  const server: Server = {
    start: async () => {
      await ready();
    },
    get isStarted() {
      return running !== undefined;
    },
    request: async (name, params, requestOptions = {}) =>
      (await ready()).request(name, params, requestOptions),
    restart: async () => {
      if (running !== undefined) await (await running).restart();
    },
    onPreviewChanged: previewChanged.event,
    onStarted: started.event,
    onLost: lost.event,
    dispose: () => {
      for (const emitter of [previewChanged, started, lost]) emitter.dispose();
    },
  };
  context.subscriptions.push(server, { dispose: () => void running?.then((client) => client.stop()) });
  return server;
}

export interface ServerEvents {
  readonly previewChanged: () => void;
  readonly lost: () => void;
}
