// Notifications: the one way of texts to VS Code's messages. Names in them come from files and accounts, so no character
// that cannot be seen may turn them into other words.

import { type LogOutputChannel, window } from "vscode";
import { printableLines } from "../../server/src/core/text/printable";

type Show = (message: string, ...more: never[]) => unknown;

/** The same function with a message that shows what is in it. */
function readable<Shown extends Show>(show: Shown): Shown {
  return ((message: string, ...more: never[]) =>
    show(printableLines(message), ...(more.map(readableDetail) as never[]))) as Shown;
}

/** The options of a modal dialog have a text of their own. */
function readableDetail(option: unknown): unknown {
  if (typeof option !== "object" || option === null || !("detail" in option)) return option;
  const { detail } = option;
  return typeof detail === "string" ? { ...option, detail: printableLines(detail) } : option;
}

export const notify = {
  information: readable(window.showInformationMessage),
  warning: readable(window.showWarningMessage),
  error: readable(window.showErrorMessage),
};

/** Milliseconds that a success stays in the status bar. */
const successShown = 10_000;

/** In the status bar alone. */
export function showSuccess(text: string): void {
  window.setStatusBarMessage(`$(check) ${printableLines(text)}`, successShown);
}

/** What went well, result first: in the log and the status bar. A notification is for what is to be decided. */
export function succeed(log: ReadableLog, text: string): void {
  log.info(text);
  showSuccess(text);
}

export type ReadableLog = Pick<LogOutputChannel, "info" | "warn" | "error" | "show">;

/** The log of the extension, with the same care. */
export function readableLog(channel: LogOutputChannel): ReadableLog {
  return {
    info: (text) => channel.info(printableLines(text)),
    warn: (text) => channel.warn(printableLines(text)),
    error: (text) => channel.error(printableLines(String(text))),
    show: () => channel.show(),
  };
}
