// How a failed request looks to the user: its message, what to do, and buttons that do it.

import { commands, window } from "vscode";
import type { Failure } from "../../server/src/lsp/protocol";
import { type CommandName, commandId } from "./commands/commandIds";

interface Button {
  readonly title: string;
  readonly command: CommandName;
}

const selectCluster: Button = { title: "Select Cluster", command: "selectCluster" };
const startLocalCluster: Button = { title: "Start Local Cluster", command: "startLocalCluster" };
const showLog: Button = { title: "Show Log", command: "showLog" };

/** Buttons by the code of the failure; any other code gets the log. */
const buttons: Readonly<Record<string, readonly Button[]>> = {
  "no-cluster": [selectCluster, startLocalCluster],
  "local-not-running": [startLocalCluster, selectCluster],
  "unreadable-cluster": [selectCluster, showLog],
  "no-local-cluster": [startLocalCluster, selectCluster],
};

export function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "error" in answer;
}

/** Shows the failure and returns at once: a caller's result does not wait for a click. */
export function showFailure({ error }: Failure): void {
  const text = error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
  offer(window.showErrorMessage, text, buttons[error.code] ?? [showLog]);
}

/** Shows the answer's failure, if it is one, and hands the answer on. */
export function shown<Answer>(answer: Answer): Answer {
  if (isFailure(answer)) showFailure(answer);
  return answer;
}

/** A message with a button that opens the log; returns at once. */
export function showWithLog(severity: "information" | "warning" | "error", text: string): void {
  const show = {
    information: window.showInformationMessage,
    warning: window.showWarningMessage,
    error: window.showErrorMessage,
  }[severity];
  offer(show, text, [showLog]);
}

function offer(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  text: string,
  offered: readonly Button[],
): void {
  void show(text, ...offered.map((it) => it.title)).then((title) => {
    const button = offered.find((it) => it.title === title);
    if (button !== undefined) void commands.executeCommand(commandId(button.command));
  });
}
