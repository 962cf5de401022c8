// Whether the local endpoint runs. It lives in the server process and is gone with it.

import { commands, Disposable } from "vscode";
import type { Failure } from "../../../server/src/lsp/protocol/protocol";
import { showFailure } from "../failures";
import type { Server } from "../server";

export interface RunningLocalCluster {
  readonly url: string;
  readonly cluster: string;
}

export interface LocalCluster extends Disposable {
  readonly running: RunningLocalCluster | undefined;
  set(running: RunningLocalCluster | undefined): void;
}

export function createLocalCluster(server: Server): LocalCluster {
  let running: RunningLocalCluster | undefined;
  const set = (now: RunningLocalCluster | undefined) => {
    running = now;
    void commands.executeCommand("setContext", "ecsDaemon.localRunning", now !== undefined);
  };
  const listening = server.onLost(() => {
    if (running !== undefined) showFailure(lostCluster);
    set(undefined);
  });
  return {
    get running() {
      return running;
    },
    set,
    dispose: () => Disposable.from(listening).dispose(),
  };
}

const lostCluster: Failure = {
  error: {
    code: "no-local-cluster",
    message: "The local cluster ended together with the language server that it ran in.",
    remedy: "Start it again; what was in it is gone.",
  },
};
