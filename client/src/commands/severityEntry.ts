// What an entry of the setting `ecsDaemon.diagnostics` looks like, and how a new one joins those that are there.

import type { SetSeverityParams } from "../../../server/src/lsp/protocol/protocol";
import { isRecord } from "./callArguments";

export const severityLevels = ["error", "warning", "information", "hint", "off"] as const;
export type SeverityLevel = (typeof severityLevels)[number];

export interface SeverityEntry {
  readonly code: string;
  /** A glob; absent: every file. */
  readonly files?: string;
  readonly severity: SeverityLevel;
}

/** What the server's code action asks for; `undefined` for anything else. */
export function readSetSeverity(options: Readonly<Record<string, unknown>>): SetSeverityParams | undefined {
  const { code, severity } = options;
  if (typeof code !== "string" || code === "") return undefined;
  const level = severityLevels.find((it) => it === severity);
  return { code, ...(level !== undefined && { severity: level }) };
}

/**
 * The value of the setting with the entry at its end, where it holds against all before it. One about the same code and
 * files goes; what else is in the value stays as it is.
 */
export function withSeverity(value: unknown, entry: SeverityEntry): readonly unknown[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const isReplaced = (it: unknown) =>
    isRecord(it) && it.code === entry.code && it.files === entry.files && it.path === undefined;
  return [...entries.filter((it) => !isReplaced(it)), entry];
}

/** A glob that fits the path: the setting's globs cannot quote, but `?` fits any one character. */
export function globOfPath(path: string): string {
  return path.replaceAll("\\", "/").replace(/[*?{},]/g, "?");
}
