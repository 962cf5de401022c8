// Work-done progress of our own requests, for clients that sent a token.

import {
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver/node";
import type { ServerContext } from "./context";

export interface Progress {
  report(message: string): void;
  done(): void;
}

/** Begins at once. Without a token nothing is sent. */
export function beginProgress(
  { connection, fence }: ServerContext,
  token: string | number | undefined,
  title: string,
): Progress {
  if (token === undefined) return { report: () => {}, done: () => {} };
  const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd) =>
    void fence.wait("$/progress", undefined, () =>
      connection.sendProgress(WorkDoneProgress.type, token, value),
    );
  send({ kind: "begin", title, cancellable: true });
  return {
    report: (message) => send({ kind: "report", message }),
    done: () => send({ kind: "end" }),
  };
}
