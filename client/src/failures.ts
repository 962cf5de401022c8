// How a failed request looks to the user: its message, what to do, and buttons that do it.

import { commands, Range, Uri, window } from "vscode";
import type { Failure, FilePlace } from "../../server/src/lsp/protocol/protocol";
import { type CommandName, commandId } from "./commands/commandIds";
import { notify } from "./notify";

interface Button {
  readonly title: string;
  /** A command of ours, or the id of one of VS Code's. */
  readonly command: CommandName | typeof manageTrust;
}

const manageTrust = "workbench.trust.manage";

const selectCluster: Button = { title: "Select Cluster", command: "selectCluster" };
const startLocalCluster: Button = { title: "Start Local Cluster", command: "startLocalCluster" };
const startServer: Button = { title: "Start Again", command: "internal.startServer" };
const showLog: Button = { title: "Show Log", command: "showLog" };

/** Buttons by the code of the failure; any other code gets the log. */
const buttons: Readonly<Record<string, readonly Button[]>> = {
  "no-cluster": [selectCluster, startLocalCluster],
  "no-local-cluster": [startLocalCluster, selectCluster],
  "not-deployable": [startLocalCluster, selectCluster],
  "unreadable-cluster": [selectCluster, showLog],
  ClusterNotFoundException: [selectCluster, showLog],
  "untrusted-workspace": [{ title: "Manage Workspace Trust", command: manageTrust }],
  "server-gone": [startServer, showLog],
  NoCredentials: [selectCluster, showLog],
  RegionMissing: [selectCluster, showLog],
};

/** What a command answers in Restricted Mode where it would start or change something. */
export const restricted: Failure = {
  error: { code: "untrusted-workspace", message: "Not available in Restricted Mode." },
};

const idOf = (command: Button["command"]): string =>
  command === manageTrust ? manageTrust : commandId(command);

export function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "error" in answer;
}

/** What is wrong, and what to do where that is known. */
export function describeFailure({ error }: Failure): string {
  return error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
}

/** A button that this failure alone has, after those of its code. */
export interface ExtraButton {
  readonly title: string;
  readonly run: () => unknown;
}

/** Shows the failure and returns at once: a caller's result does not wait for a click. What was cancelled is silent. */
export function showFailure({ error }: Failure, extra: readonly ExtraButton[] = []): void {
  if (error.code === "AbortError") return;
  const text = describeFailure({ error });
  const login = loginCommand(error.signIn?.profile);
  const { places = [] } = error;
  if (login !== undefined) offerLogin(text, login);
  else if (places.length === 0 && extra.length === 0)
    offer(notify.error, text, buttons[error.code] ?? [showLog]);
  else offerActions(text, places, extra);
}

function offerActions(text: string, places: readonly FilePlace[], extra: readonly ExtraButton[]): void {
  const offered = [
    ...(places.length === 0 ? [] : [{ title: "Show Problems", run: () => showProblems(places) }]),
    ...extra,
  ];
  void notify.error(text, ...offered.map((it) => it.title)).then((title) => {
    const picked = offered.find((it) => it.title === title);
    if (picked !== undefined) void picked.run();
  });
}

/** Opens each file at its first problem, the first file in front, and the list of all problems below. */
export async function showProblems(places: readonly FilePlace[]): Promise<void> {
  for (const { uri, range } of [...places].reverse()) {
    const { start, end } = range;
    const selection = new Range(start.line, start.character, end.line, end.character);
    await window.showTextDocument(Uri.parse(uri), { selection, preview: false });
  }
  await commands.executeCommand("workbench.actions.view.problems");
}

/** Shows the answer's failure, if it is one, and hands the answer on. */
export function shown<Answer>(answer: Answer): Answer {
  if (isFailure(answer)) showFailure(answer);
  return answer;
}

/** A message with a button that opens the log; returns at once. */
export function showWithLog(severity: "information" | "warning" | "error", text: string): void {
  const show = {
    information: notify.information,
    warning: notify.warning,
    error: notify.error,
  }[severity];
  offer(show, text, [showLog]);
}

/** Renews the session of the profile; a name with other characters is not given to a shell. */
function loginCommand(profile: string | undefined): string | undefined {
  if (profile === undefined || !/^[\w+@][\w.+@-]*$/.test(profile)) return undefined;
  return `aws sso login --profile ${profile}`;
}

function offerLogin(text: string, login: string): void {
  const run = "Sign In in a Terminal";
  void notify.error(text, run).then((picked) => {
    if (picked !== run) return;
    const terminal = window.createTerminal("AWS sign-in");
    terminal.show();
    terminal.sendText(login);
  });
}

function offer(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  text: string,
  offered: readonly Button[],
): void {
  void show(text, ...offered.map((it) => it.title)).then((title) => {
    const button = offered.find((it) => it.title === title);
    if (button !== undefined) void commands.executeCommand(idOf(button.command));
  });
}
