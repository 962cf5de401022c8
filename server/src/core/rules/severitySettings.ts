// The setting `ecsDaemon.diagnostics`: another severity, or silence, per code, file and place in the document.

import type { Resource } from "../resources/resource";
import type { JsonNode } from "../source/tree";
import type { Span } from "../text/span";
import type { Diagnostic } from "./diagnostic";
import { fileGlob } from "./fileGlob";
import type { Severity } from "./severity";

export interface SeveritySetting {
  /** A code, or `*` for all. */
  readonly code: string;
  /** Glob of files: `*` within a name, `**` across folders, `{a,b}`, `?`. Without a slash it is matched against the name. */
  readonly files?: string;
  /** JSON pointer of the place or of what it is part of; `*` is any one step, `**` any number. */
  readonly path?: string;
  readonly severity: Severity | "off";
}

/** The diagnostics with the severities of the settings; where several settings fit, the last one counts. */
export function applySeveritySettings(
  document: Resource,
  diagnostics: readonly Diagnostic[],
  settings: readonly SeveritySetting[],
): readonly Diagnostic[] {
  const fitting = settingsOfFile(settings, document.source.file);
  if (fitting.length === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    let pointer: string | undefined;
    const setting = fitting.findLast(({ code, path }) => {
      if (code !== "*" && code !== diagnostic.code) return false;
      if (path === undefined) return true;
      pointer ??= pointerAt(document, diagnostic.span);
      return matchesPointer(path, pointer);
    });
    if (setting === undefined) return [diagnostic];
    return setting.severity === "off" ? [] : [{ ...diagnostic, severity: setting.severity }];
  });
}

/** A file is validated with every keystroke, and the settings stay the same. */
const remembered = new WeakMap<readonly SeveritySetting[], Map<string, readonly SeveritySetting[]>>();
const mostFiles = 100;

function settingsOfFile(settings: readonly SeveritySetting[], fileName: string): readonly SeveritySetting[] {
  if (settings.length === 0) return settings;
  const byFile = remembered.get(settings) ?? new Map<string, readonly SeveritySetting[]>();
  remembered.set(settings, byFile);
  const known = byFile.get(fileName);
  if (known !== undefined) return known;
  const fitting = settings.filter(({ files }) => files === undefined || fileGlob(files)(fileName));
  if (byFile.size >= mostFiles) byFile.clear();
  byFile.set(fileName, fitting);
  return fitting;
}

/** JSON pointer (RFC 6901) of the innermost value or member name at a span; the root is the empty text. */
export function pointerAt(document: Resource, span: Span): string {
  let node: JsonNode | undefined = document.source.root;
  let pointer = "";
  while (node?.children) {
    const child: JsonNode | undefined = node.children.find(
      (it) => it.offset <= span.start && span.start < it.offset + it.length,
    );
    if (!child) break;
    if (child.type === "property") {
      const [key, value] = child.children ?? [];
      pointer += `/${escapeStep(String(key?.value))}`;
      node = value && value.offset <= span.start ? value : undefined;
    } else {
      pointer += `/${node.children.indexOf(child)}`;
      node = child;
    }
  }
  return pointer;
}

const escapeStep = (step: string) => step.replaceAll("~", "~0").replaceAll("/", "~1");

function matchesPointer(pattern: string, pointer: string): boolean {
  return stepsMatch(steps(pattern), steps(pointer));
}

const steps = (pointer: string) => pointer.split("/").slice(1, 200);

/** Whether the pattern fits the beginning of the pointer. */
function stepsMatch(pattern: readonly string[], pointer: readonly string[]): boolean {
  // Classic table instead of recursion: `**` many times over would otherwise be exponential.
  let reachable = new Set([0]);
  for (const step of pattern) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (step === "**") for (let to = at; to <= pointer.length; to += 1) next.add(to);
      else if (at < pointer.length && (step === "*" || step === pointer[at])) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.size > 0;
}
