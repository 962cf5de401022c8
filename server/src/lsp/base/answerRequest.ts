// Answers one of our own requests: a fault inside is logged once and becomes a failure, never a protocol error.

import type { CancellationToken } from "vscode-languageserver/node";
import type { CustomRequest } from "../protocol/customRequests";
import type { Failure } from "../protocol/protocol";
import type { ServerContext } from "./context";
import { failure } from "./failure";

export function onAsk<Params, Answer>(
  { connection, fence }: ServerContext,
  { method }: CustomRequest<Params, Answer>,
  answer: (params: Params, token: CancellationToken) => Promise<Answer>,
): void {
  const broken = failure("internal", `${method} failed. See the log of the language server.`);
  connection.onRequest<unknown, void>(method, (params: Params, token: CancellationToken) =>
    fence.wait<Answer | Failure>(method, broken, () => answer(params, token)),
  );
}

/** A signal that is aborted when the client cancels the request. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
