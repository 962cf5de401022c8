// Every request that may take long shows that it runs, and can be cancelled.

import {
  type CancellationToken,
  CancellationTokenSource,
  type Progress,
  ProgressLocation,
  window,
} from "vscode";
import { printable } from "../../server/src/core/text/printable";
import type { RequestOptions } from "./server";

export interface LongStep {
  readonly token: CancellationToken;
  /** For a request whose server reports progress. */
  readonly options: RequestOptions;
}

/** What is done sooner needs no notification: it would only flash. Milliseconds. */
const patience = 400;

interface Reached {
  readonly message: string;
  readonly percentage: number | undefined;
}

/** Runs `work`; once it takes long, a notification shows how far it is and has a cancel button. */
export async function withProgress<Result>(
  title: string,
  work: (step: LongStep) => Promise<Result>,
): Promise<Result> {
  const cancelling = new CancellationTokenSource();
  const { token } = cancelling;
  let reached: Reached | undefined;
  let report: (now: Reached) => void = () => {};
  const onProgress = (message: string, percentage: number | undefined) => {
    reached = { message: printable(message), percentage };
    report(reached);
  };
  const result = work({ token, options: { token, onProgress } });
  if (await isSoon(result)) return result;
  const options = { location: ProgressLocation.Notification, title: printable(title), cancellable: true };
  return window.withProgress(options, (progress, cancelled) => {
    cancelled.onCancellationRequested(() => cancelling.cancel());
    report = incrementally(progress);
    if (reached !== undefined) report(reached);
    return result;
  });
}

/** Whether the work ends, well or badly, before patience does. */
function isSoon(work: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patience);
    const ended = () => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(ended, ended);
  });
}

/** LSP says where the work stands; VS Code adds increments up. */
function incrementally(
  progress: Progress<{ readonly message?: string; readonly increment?: number }>,
): (now: Reached) => void {
  let sum = 0;
  return ({ message, percentage }) => {
    const increment = percentage === undefined ? 0 : Math.max(0, percentage - sum);
    sum += increment;
    progress.report({ message, ...(increment > 0 && { increment }) });
  };
}
