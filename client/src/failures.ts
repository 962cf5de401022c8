// How a failed request looks to the user: its message, what to do, and buttons that do it.

import { commands, Range, Uri, window } from "vscode";
import { nextSteps } from "../../server/src/lsp/protocol/clusterState";
import type { Failure, FilePlace } from "../../server/src/lsp/protocol/protocol";
import { clusterSteps } from "./cluster/clusterSteps";
import { commandId } from "./commands/commandIds";
import { notify, type ReadableLog } from "./notify";

interface Button {
  readonly title: string;
  /** The id of a command. */
  readonly command: string;
}

const { showLog } = clusterSteps;

/** What helps: the steps of the cluster's state where the failure is about that, else the log. */
function buttonsOf(error: Failure["error"]): readonly Button[] {
  if (error.code === "server-gone")
    return [{ title: "Start Again", command: commandId("internal.startServer") }, showLog];
  const steps = nextSteps(error);
  return steps.length === 0 ? [showLog] : steps.map((it) => clusterSteps[it]);
}

/** What a command answers in Restricted Mode where it would start or change something. */
export const restricted: Failure = {
  error: { code: "untrusted-workspace", message: "Not available in Restricted Mode." },
};

export const needsComputer: Failure = {
  error: {
    code: "browser",
    message:
      "Not available in VS Code for the Web. AWS accounts and the local cluster need VS Code on a computer.",
  },
};

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
  const { places = [], signIn: expired } = error;
  if (loginCommand(expired?.profile) !== undefined) offerLogin(text, expired?.profile);
  else if (places.length === 0 && extra.length === 0) offer(notify.error, text, buttonsOf(error));
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

/**
 * What nobody foresaw: the whole of it goes to the log, its message to the user, and to the caller.
 * @param what failed, for the log, and for the user where `shownAs` has no other words
 */
export function showUnexpected(log: ReadableLog, error: unknown, what: string, shownAs = what): string {
  const message = error instanceof Error ? error.message : String(error);
  log.error(`${what}: ${error instanceof Error ? (error.stack ?? message) : message}`);
  showWithLog("error", `${shownAs}: ${message}`);
  return message;
}

/** Renews the session of the profile; a name with other characters is not given to a shell. */
function loginCommand(profile: string | undefined): string | undefined {
  if (profile === undefined || !/^[\w+@][\w.+@-]*$/.test(profile)) return undefined;
  return `aws sso login --profile ${profile}`;
}

function offerLogin(text: string, profile: string | undefined): void {
  const run = "Sign In in a Terminal";
  void notify.error(text, run).then((picked) => {
    if (picked === run) signIn(profile);
  });
}

/** Runs the sign-in of the profile in a terminal, in sight of the user. */
export function signIn(profile: string | undefined): void {
  const login = loginCommand(profile);
  if (login === undefined) return;
  const terminal = window.createTerminal("AWS sign-in");
  terminal.show();
  terminal.sendText(login);
}

function offer(
  show: (message: string, ...titles: string[]) => Thenable<string | undefined>,
  text: string,
  offered: readonly Button[],
): void {
  void show(text, ...offered.map((it) => it.title)).then((title) => {
    const button = offered.find((it) => it.title === title);
    if (button !== undefined) void commands.executeCommand(button.command);
  });
}
