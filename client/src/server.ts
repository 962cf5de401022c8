// The language server as the rest of the client sees it: it starts when something first asks for it, and comes back
// where it ends by itself.

import { type CancellationToken, type Disposable, EventEmitter, type ExtensionContext } from "vscode";
import type {
  AnswerOf,
  ClusterStates,
  Failure,
  InitializationOptions,
  ParamsOf,
  RequestName,
} from "../../server/src/lsp/protocol/protocol";
import { createRestarts } from "./restarts";
import { serverAway, serverGone } from "./serverFailures";

export interface RequestOptions {
  readonly token?: CancellationToken;
  /** Called with each line of progress that the server reports. */
  readonly onProgress?: (message: string, percentage: number | undefined) => void;
}

export interface Server extends Disposable {
  /** Starts the server where it does not run yet, or no longer. */
  start(): Promise<void>;
  readonly isStarted: boolean;
  /**
   * Rejects with a CancellationError where the token, or the server, cancels. While the server is away, or where it
   * ends before it answers, a Failure says so at once.
   */
  request<Name extends RequestName>(
    name: Name,
    params: ParamsOf<Name>,
    options?: RequestOptions,
  ): Promise<AnswerOf<Name> | Failure>;
  /** A running server begins anew, with new initialization options. What it held in memory is gone. */
  restart(): Promise<void>;
  readonly onPreviewChanged: EventEmitter<void>["event"];
  readonly onClusterState: EventEmitter<ClusterStates>["event"];
  readonly onStarted: EventEmitter<void>["event"];
  /** The server process ended or was restarted. */
  readonly onLost: EventEmitter<void>["event"];
  /** After a loss it runs again. */
  readonly onReturned: EventEmitter<void>["event"];
  /** It ended so often that it does not come back by itself. */
  readonly onGone: EventEmitter<void>["event"];
}

type Presence = "here" | "away" | "gone";

/** `load` brings the language client, which is big, into memory, and starts a server with it. */
export function createServer(
  context: ExtensionContext,
  options: () => InitializationOptions,
  load: (events: ServerEvents, options: () => InitializationOptions) => Promise<RunningClient>,
): Server {
  const previewChanged = new EventEmitter<void>();
  const clusterStates = new EventEmitter<ClusterStates>();
  const started = new EventEmitter<void>();
  const lost = new EventEmitter<void>();
  const returned = new EventEmitter<void>();
  const gone = new EventEmitter<void>();
  const restarts = createRestarts();
  let running: Promise<RunningClient> | undefined;
  let presence: Presence = "here";

  const ready = (): Promise<RunningClient> => {
    running ??= load(
      {
        previewChanged: () => previewChanged.fire(),
        clusterState: (states) => clusterStates.fire(states),
        ended,
      },
      options,
    ).then(
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
  /** A client is of no more use when its server has ended: another one takes its place. */
  const startAnew = async () => {
    const old = running;
    running = undefined;
    await old?.then((client) => client.stop()).catch(() => undefined);
    await ready();
    presence = "here";
    returned.fire();
  };
  /** A server that ended by itself, or did not come up again. */
  const ended = () => {
    const goesOn = restarts.ended(Date.now());
    presence = goesOn ? "away" : "gone";
    lost.fire();
    if (goesOn) startAnew().catch(ended);
    else gone.fire();
  };
  const server: Server = {
    start: async () => {
      if (presence === "gone") {
        presence = "away";
        await startAnew();
      } else await ready();
    },
    get isStarted() {
      return running !== undefined;
    },
    request: async (name, params, requestOptions = {}) => {
      if (presence !== "here") return failureOf(presence);
      const answer = await (await ready()).request(name, params, requestOptions);
      return answer === serverEnded ? failureOf(presence) : answer;
    },
    restart: async () => {
      if (running === undefined) return;
      presence = "away";
      lost.fire();
      await startAnew();
    },
    onPreviewChanged: previewChanged.event,
    onClusterState: clusterStates.event,
    onStarted: started.event,
    onLost: lost.event,
    onReturned: returned.event,
    onGone: gone.event,
    dispose: () => {
      for (const emitter of [previewChanged, clusterStates, started, lost, returned, gone]) emitter.dispose();
    },
  };
  context.subscriptions.push(server, { dispose: () => void running?.then((client) => client.stop()) });
  return server;
}

function failureOf(presence: Presence): Failure {
  return presence === "gone" ? serverGone : serverAway;
}

/** In place of an answer. A word and no class: client and language client are bundles apart, each with its own classes. */
export const serverEnded = "the server ended";

export interface ServerEvents {
  readonly previewChanged: () => void;
  readonly clusterState: (states: ClusterStates) => void;
  /** The server ended although nobody asked it to. */
  readonly ended: () => void;
}

/** A language client with its server, for as long as that runs. */
export interface RunningClient {
  request<Name extends RequestName>(
    name: Name,
    params: ParamsOf<Name>,
    options: RequestOptions,
  ): Promise<AnswerOf<Name> | typeof serverEnded>;
  stop(): Promise<void>;
}
