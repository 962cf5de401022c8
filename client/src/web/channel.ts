// A message channel of the language server protocol over `postMessage`, for both ends of a worker.

import type { DataCallback, Disposable, Message } from "vscode-languageclient/node";

/** The worker as its owner sees it, or the owner as the worker does. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

const never = (): Disposable => ({ dispose: () => undefined });

/** Hands on what the port receives, changed by `change`. What came before somebody listened is kept. */
export function readerOf(port: Port, change: (message: unknown) => unknown = (it) => it) {
  let callback: DataCallback | undefined;
  const early: Message[] = [];
  port.addEventListener("message", ({ data }) => {
    const message = change(data) as Message;
    if (callback === undefined) early.push(message);
    else callback(message);
  });
  return {
    onError: never,
    onClose: never,
    onPartialMessage: never,
    listen: (listener: DataCallback): Disposable => {
      callback = listener;
      for (const it of early.splice(0)) listener(it);
      return {
        dispose: () => {
          callback = undefined;
        },
      };
    },
    dispose: () => undefined,
  };
}

/** Sends each message as `change` makes it. */
export function writerOf(port: Port, change: (message: unknown) => unknown = (it) => it) {
  return {
    onError: never,
    onClose: never,
    write: async (message: Message) => port.postMessage(change(message)),
    end: () => undefined,
    dispose: () => undefined,
  };
}
