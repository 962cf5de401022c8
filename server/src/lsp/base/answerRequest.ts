// Answers one of our own requests: a fault inside is logged once and becomes a failure, never a protocol error.

import { type CancellationToken, ErrorCodes, ResponseError } from "vscode-languageserver/node";
import type { CustomRequest } from "../protocol/customRequests";
import type { Failure } from "../protocol/protocol";
import type { ServerContext } from "./context";
import { failure } from "./failure";

/**
 * Answers the requests that no listener of the connection takes, with the answers of `context`. The first one that none of
 * them takes runs `loadMore`, once, which adds the rest of them.
 */
export function answerRequests({ connection, answers }: ServerContext, loadMore: () => Promise<void>): void {
  let loaded: Promise<void> | undefined;
  connection.onRequest(async (method, params, token) => {
    if (!answers.has(method)) {
      loaded ??= loadMore();
      await loaded;
    }
    const answer = answers.get(method);
    if (answer === undefined)
      return new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${method}`);
    return answer(params as never, token);
  });
}

export function onAsk<Params, Answer>(
  { answers, fence }: ServerContext,
  { method }: CustomRequest<Params, Answer>,
  answer: (params: Params, token: CancellationToken) => Promise<Answer>,
): void {
  const broken = failure("internal", `${method} failed. See the log of the language server.`);
  answers.set(method, (params: Params, token) =>
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
