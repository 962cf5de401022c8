// The server's log: one line per event, and a fence that keeps a fault of one feature from reaching the others.

import type { RemoteConsole } from "vscode-languageserver/node";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { printableLines } from "../../core/text/printable";

export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

export function connectionLog(console: RemoteConsole): Log {
  const write = (level: "info" | "warn" | "error", line: string) => {
    try {
      console[level](withoutSecretParts(printableLines(line)));
    } catch {
      // The connection is gone, and with it whoever would read the line.
    }
  };
  return {
    info: (line) => write("info", line),
    warn: (line) => write("warn", line),
    error: (line) => write("error", line),
  };
}

export interface Fence {
  /** Runs `work`; where it throws, the fault is logged once per feature and place, and `otherwise` is the answer. */
  <T>(feature: string, otherwise: T, work: () => T): T;
  wait<T>(feature: string, otherwise: T, work: () => Promise<T>): Promise<T>;
  /** Logs a fault that something else has already contained. */
  report(feature: string, fault: unknown): void;
}

/** A fence that writes to `log`. The same fault of the same feature is written once, however often it happens. */
export function createFence(log: Log): Fence {
  const seen = new Set<string>();
  const report = (feature: string, error: unknown) => {
    const text = describeFault(error);
    const key = `${feature}\n${text}`;
    if (seen.has(key)) return;
    seen.add(key);
    log.error(`${feature} failed: ${text}`);
  };
  const fence = <T>(feature: string, otherwise: T, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      report(feature, error);
      return otherwise;
    }
  };
  fence.wait = async <T>(feature: string, otherwise: T, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      report(feature, error);
      return otherwise;
    }
  };
  fence.report = report;
  return fence;
}

function describeFault(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
