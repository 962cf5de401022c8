// Globs of files, compiled once. In an engine without backtracking, and with counted steps: a workspace brings globs along,
// and `**/**/**/…` would never end in another one.

import { RE2JS } from "re2js";
import { type PatternProgram, patternProgram } from "../query/patterns/patternRun";

/** Whether a path or URI fits a glob. */
export type FileGlob = (fileName: string) => boolean;

const mostGlobs = 1000;
const compiled = new Map<string, FileGlob>();

/**
 * `*` within a name, `**` across folders, `{a,b}`, `?`. Without a slash it is matched against the name, else against the
 * end of the path; a slash at its beginning stands for the beginning of the path.
 */
export function fileGlob(glob: string): FileGlob {
  const known = compiled.get(glob);
  if (known !== undefined) return known;
  const fresh = compile(glob);
  if (compiled.size >= mostGlobs) compiled.clear();
  compiled.set(glob, fresh);
  return fresh;
}

function compile(glob: string): FileGlob {
  if (!glob.includes("/")) {
    const fits = matcherOf(glob);
    return (fileName) => {
      const path = pathOf(fileName);
      return fits(path.slice(path.lastIndexOf("/") + 1));
    };
  }
  const fits = matcherOf(glob.startsWith("/") ? glob : `**/${glob.replace(/^\.\//, "")}`);
  return (fileName) => fits(pathOf(fileName));
}

/** Longer ones nobody writes, and steps that a path of some hundred characters stays far below. */
const longest = 1000;
const mostSteps = 100_000;

function matcherOf(glob: string): (path: string) => boolean {
  const program = glob.length > longest ? undefined : programOf(glob);
  return (path) => program?.matches(path, mostSteps) === true;
}

function programOf(glob: string): PatternProgram | undefined {
  try {
    return patternProgram(RE2JS.compile(globSource(glob)));
  } catch {
    // More deeply nested than the engine reads: no glob that anybody wrote.
    return undefined;
  }
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
