// The setting `ecsDaemon.diagnostics`: another severity, or silence, per code, file and place in the document.

import { RE2JS } from "re2js";
import type { EcsDocument } from "../documents/document";
import type { JsonNode } from "../documents/tree";
import type { Span } from "../span";
import type { Diagnostic, Severity } from "./diagnostic";

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
  document: EcsDocument,
  diagnostics: readonly Diagnostic[],
  settings: readonly SeveritySetting[],
): readonly Diagnostic[] {
  const fitting = settings.filter((it) => it.files === undefined || matchesFile(it.files, document.fileName));
  if (fitting.length === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const setting = fitting.findLast(({ code, path }) => {
      if (code !== "*" && code !== diagnostic.code) return false;
      return path === undefined || matchesPointer(path, pointerAt(document, diagnostic.span));
    });
    if (setting === undefined) return [diagnostic];
    return setting.severity === "off" ? [] : [{ ...diagnostic, severity: setting.severity }];
  });
}

/** JSON pointer (RFC 6901) of the innermost value or member name at a span; the root is the empty text. */
export function pointerAt(document: EcsDocument, span: Span): string {
  let node: JsonNode | undefined = document.root;
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

function matchesFile(glob: string, fileName: string): boolean {
  const path = pathOf(fileName);
  if (!glob.includes("/")) return matchesGlob(glob, path.slice(path.lastIndexOf("/") + 1));
  const relative = glob.replace(/^\.?\//, "");
  return matchesGlob(glob.startsWith("/") ? glob : `**/${relative}`, path);
}

/** A path with slashes. URIs have their spaces and other characters percent-encoded; globs are written as paths are. */
function pathOf(fileName: string): string {
  const rest = fileName.replace(/^[a-z][a-z0-9+.-]+:\/\//i, "");
  if (rest.length === fileName.length) return fileName.replaceAll("\\", "/");
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}

// In an engine without backtracking: a workspace brings globs along, and `**/**/**/…` would never end in another one.
function matchesGlob(glob: string, path: string): boolean {
  try {
    return RE2JS.matches(globSource(glob), path);
  } catch {
    // Longer or more deeply nested than the engine reads: no glob that anybody wrote.
    return false;
  }
}

function globSource(glob: string): string {
  let source = "";
  let braces = 0;
  for (let at = 0; at < glob.length; at += 1) {
    const char = glob[at] as string;
    if (glob.startsWith("**/", at)) {
      source += "(?:[^/]*/)*";
      at += 2;
    } else if (glob.startsWith("**", at)) {
      source += ".*";
      at += 1;
    } else if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "{") {
      braces += 1;
      source += "(?:";
    } else if (char === "}" && braces > 0) {
      braces -= 1;
      source += ")";
    } else if (char === "," && braces > 0) source += "|";
    else source += char.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  }
  return `${source}${")".repeat(braces)}`;
}
