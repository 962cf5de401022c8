// What a reader of cluster files has to say about its input. Readers never throw: they do what they can with what is
// there and list what they had to assume.

import { counted } from "../text/counts";

export interface ReadProblem {
  /** An error means that part of the input could not be used; a warning, that something was assumed. */
  readonly severity: "error" | "warning";
  readonly message: string;
  /** A value of a wrong type, or none of its property's, at its own place. */
  readonly isWrongValue?: true;
  /** A JSON pointer to the value, or to the nearest one there is; "" is the whole document. */
  readonly path: string;
  /** Where the text cannot be parsed: the offset of the offending character. */
  readonly offset?: number | undefined;
}

export interface ProblemList {
  error(path: string, message: string): void;
  warn(path: string, message: string): void;
  add(problem: ReadProblem): void;
  /** Everything collected so far. */
  all(): readonly ReadProblem[];
}

/** More than this many problems help nobody: the rest is counted. */
const limit = 100;

/** Collects problems in order; after a hundred it only counts. */
export function problemList(): ProblemList {
  const problems: ReadProblem[] = [];
  let dropped = 0;
  const add = (problem: ReadProblem) => {
    if (problems.length < limit) problems.push(problem);
    else dropped += 1;
  };
  return {
    add,
    error: (path, message) => add({ severity: "error", path, message }),
    warn: (path, message) => add({ severity: "warning", path, message }),
    all: () =>
      dropped === 0
        ? problems
        : [
            ...problems,
            {
              severity: "warning",
              path: "",
              message: `${counted(dropped, "more problem")} of this kind ${dropped === 1 ? "is" : "are"} not listed.`,
            },
          ],
  };
}

/** One step of a JSON pointer, escaped as RFC 6901 wants it. */
export function pointer(parent: string, step: string | number): string {
  return `${parent}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
