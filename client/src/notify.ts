// Notifications: the one way of texts to VS Code's messages. Names in them come from files and accounts, so no character
// that cannot be seen may turn them into other words.

import { type LogOutputChannel, window } from "vscode";
import { printableLines } from "../../server/src/core/text/printable";

type Show = (message: string, ...more: never[]) => unknown;

/** The same function with a message that shows what is in it. */
function readable<Shown extends Show>(show: Shown): Shown {
  return ((message: string, ...more: never[]) => show(printableLines(message), ...more)) as Shown;
}

export const notify = {
  information: readable(window.showInformationMessage),
  warning: readable(window.showWarningMessage),
  error: readable(window.showErrorMessage),
};

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
