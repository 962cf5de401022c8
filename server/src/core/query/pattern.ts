// Patterns of =~ and !~: read as Java, run by an engine that is linear in the length of the value, so that no
// pattern a user can type makes anything hang.

import { RE2JS } from "re2js";
import { type JavaPattern, readJavaPattern } from "./javaPattern";
import type { Truth } from "./target";

export interface Pattern {
  readonly reading: JavaPattern;
  /** Whether the whole value matches. Unknown where the reading is not exact for the value. */
  readonly matches: (value: string) => Truth;
  /** Whether some part of the value matches: the other thinkable reading of =~. */
  readonly finds: (value: string) => Truth;
}

/**
 * Instructions that a pattern may come to, and instructions times characters that one value may cost. Linear is not
 * quick: `(?:(?:[ab]?){1000}){0,1}` seventy times over takes seconds for a value of 128 characters, the length that
 * ECS allows. Within these bounds the worst known pattern takes some milliseconds, an ordinary one microseconds.
 */
const largestProgram = 1000;
const mostSteps = 500_000;

/** Prepares a pattern. Never throws; a pattern that cannot be run answers unknown to every value. */
export const compilePattern: (text: string) => Pattern = memoized(compile, 200);

function compile(text: string): Pattern {
  const reading = readJavaPattern(text);
  if (reading.kind !== "exact") return { reading, matches: unknown, finds: unknown };
  try {
    const compiled = RE2JS.compile(reading.translation);
    const size = compiled.programSize();
    if (size > largestProgram) return { reading: tooLarge, matches: unknown, finds: unknown };
    const guard = (test: (value: string) => boolean) => (value: string) =>
      value.length * size > mostSteps || (reading.asciiOnly && !printableAscii.test(value))
        ? "unknown"
        : test(value);
    return {
      reading,
      matches: guard((value) => compiled.matches(value)),
      finds: guard((value) => compiled.matcher(value).find()),
    };
  } catch {
    // The engine has a limit of its own for what a pattern expands to.
    return { reading: tooLarge, matches: unknown, finds: unknown };
  }
}

const tooLarge = { kind: "unsupported", feature: "a pattern of this size", at: 0 } as const;

/** Remembers the answers for values that come again, as they do in a fleet; at most `limit` of them at a time. */
export function memoized<Answer>(answer: (value: string) => Answer, limit = 1000): (value: string) => Answer {
  const answers = new Map<string, Answer>();
  return (value) => {
    const known = answers.get(value);
    if (known !== undefined) return known;
    if (answers.size >= limit) answers.clear();
    const fresh = answer(value);
    answers.set(value, fresh);
    return fresh;
  };
}

const printableAscii = /^[ -~]*$/;

function unknown(): Truth {
  return "unknown";
}
