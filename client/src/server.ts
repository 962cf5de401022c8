// The language server as the rest of the client sees it: it starts when something first asks for it, and comes back
// where it ends by itself.

import { type CancellationToken, type Disposable, EventEmitter, type ExtensionContext } from "vscode";
import type {
  AnswerOf,
  ClusterStates,
  CoverageChanged,
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
  /**
   * Hands over what the server keeps. One that does not run yet starts with it; one that is away gets the newest of each
   * name when it is back.
   */
  tell<Name extends RequestName>(name: Name, params: ParamsOf<Name>): Promise<void>;
  /** A running server begins anew, with new initialization options. What it held in memory is gone. */
  restart(): Promise<void>;
  readonly onPreviewChanged: EventEmitter<void>["event"];
  readonly onClusterState: EventEmitter<ClusterStates>["event"];
  readonly onCoverage: EventEmitter<CoverageChanged>["event"];
  readonly onStarted: EventEmitter<void>["event"];
  /** The server process ended or was restarted. */
  readonly onLost: EventEmitter<void>["event"];
  /** After a loss it runs again. */
  readonly onReturned: EventEmitter<void>["event"];
  /** It ended so often that it does not come back by itself. */
  readonly onGone: EventEmitter<void>["event"];
}

type Presence = "here" | "away" | "gone";

/** Brings the language client, which is big, into memory, and starts a server with it. */
type Load = (events: ServerEvents, options: () => InitializationOptions) => Promise<RunningClient>;

/** `load` is called when something first needs the server. */
export function createServer(
  context: ExtensionContext,
  options: () => InitializationOptions,
  load: Load,
): Server {
  const server = new RestartingServer(options, load);
  context.subscriptions.push(server, { dispose: () => server.stop() });
  return server;
}

class RestartingServer implements Server {
  private readonly previewChanged = new EventEmitter<void>();
  private readonly clusterStates = new EventEmitter<ClusterStates>();
  private readonly coverage = new EventEmitter<CoverageChanged>();
  private readonly started = new EventEmitter<void>();
  private readonly lost = new EventEmitter<void>();
  private readonly returned = new EventEmitter<void>();
  private readonly gone = new EventEmitter<void>();
  readonly onPreviewChanged = this.previewChanged.event;
  readonly onClusterState = this.clusterStates.event;
  readonly onCoverage = this.coverage.event;
  readonly onStarted = this.started.event;
  readonly onLost = this.lost.event;
  readonly onReturned = this.returned.event;
  readonly onGone = this.gone.event;
  private readonly options: () => InitializationOptions;
  private readonly load: Load;
  private readonly restarts = createRestarts();
  private running: Promise<RunningClient> | undefined;
  private presence: Presence = "here";
  private readonly untold = new Map<RequestName, () => Promise<unknown>>();

  constructor(options: () => InitializationOptions, load: Load) {
    this.options = options;
    this.load = load;
  }

  async start(): Promise<void> {
    if (this.presence === "gone") {
      this.presence = "away";
      await this.startAnew();
    } else await this.ready();
  }

  get isStarted(): boolean {
    return this.running !== undefined;
  }

  async request<Name extends RequestName>(
    name: Name,
    params: ParamsOf<Name>,
    options: RequestOptions = {},
  ): Promise<AnswerOf<Name> | Failure> {
    if (this.presence !== "here") return failureOf(this.presence);
    const client = await this.ready();
    const answer = await client.request(name, params, options);
    return answer === serverEnded ? failureOf(this.presence) : answer;
  }

  async tell<Name extends RequestName>(name: Name, params: ParamsOf<Name>): Promise<void> {
    if (this.running === undefined) return;
    // It may have been started with what counted before.
    if (this.presence !== "here") this.untold.set(name, () => this.request(name, params));
    else await this.request(name, params);
  }

  async restart(): Promise<void> {
    if (this.running === undefined) return;
    this.presence = "away";
    this.lost.fire();
    await this.startAnew();
  }

  dispose(): void {
    const { previewChanged, clusterStates, coverage, started, lost, returned, gone } = this;
    for (const emitter of [previewChanged, clusterStates, coverage, started, lost, returned, gone])
      emitter.dispose();
  }

  stop(): void {
    void this.running?.then((client) => client.stop());
  }

  private ready(): Promise<RunningClient> {
    this.running ??= this.load(
      {
        previewChanged: () => this.previewChanged.fire(),
        clusterState: (states) => this.clusterStates.fire(states),
        coverageChanged: (changed) => this.coverage.fire(changed),
        ended: () => this.ended(),
      },
      this.options,
    ).then(
      (client) => {
        this.started.fire();
        return client;
      },
      (error: unknown) => {
        // The next need tries again.
        this.running = undefined;
        throw error;
      },
    );
    return this.running;
  }

  /** A client is of no more use when its server has ended: another one takes its place. */
  private async startAnew(): Promise<void> {
    const old = this.running;
    this.running = undefined;
    await old?.then((client) => client.stop()).catch(() => undefined);
    await this.ready();
    this.presence = "here";
    for (const tell of this.untold.values()) void tell();
    this.untold.clear();
    this.returned.fire();
  }

  /** A server that ended by itself, or did not come up again. */
  private ended(): void {
    const goesOn = this.restarts.ended(Date.now());
    this.presence = goesOn ? "away" : "gone";
    this.lost.fire();
    if (goesOn) this.startAnew().catch(() => this.ended());
    else this.gone.fire();
  }
}

function failureOf(presence: Presence): Failure {
  return presence === "gone" ? serverGone : serverAway;
}

/** In place of an answer. A word and no class: client and language client are bundles apart, each with its own classes. */
export const serverEnded = "the server ended";

export interface ServerEvents {
  readonly previewChanged: () => void;
  readonly clusterState: (states: ClusterStates) => void;
  readonly coverageChanged: (changed: CoverageChanged) => void;
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
