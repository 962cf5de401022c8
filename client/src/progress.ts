// Every request that may take long shows that it runs, and can be cancelled.

import { type CancellationToken, ProgressLocation, window } from "vscode";
import type { RequestOptions } from "./server";

export interface LongStep {
  readonly token: CancellationToken;
  /** For a request whose server reports progress. */
  readonly options: RequestOptions;
  say(message: string): void;
}

/** Runs `work` under a notification with a cancel button. */
export function withProgress<Result>(
  title: string,
  work: (step: LongStep) => Promise<Result>,
): Promise<Result> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    window.withProgress(options, (progress, token) => {
      let reached = 0;
      const onProgress = (message: string, percentage: number | undefined) => {
        // VS Code adds increments up, LSP says where it stands.
        const increment = percentage === undefined ? 0 : Math.max(0, percentage - reached);
        reached += increment;
        progress.report({ message, ...(increment > 0 && { increment }) });
      };
      return work({
        token,
        options: { token, onProgress },
        say: (message) => progress.report({ message }),
      });
    }),
  );
}
