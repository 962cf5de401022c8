// Patterns of =~ and !~: read as Java, run in a time that is linear in the length of the value and bounded for each value,
// so that no pattern a user can type makes anything hang.

import { RE2JS } from "re2js";
import type { Truth } from "../target";
import { type JavaPattern, readJavaPattern } from "./javaPattern";
import { patternProgram } from "./patternRun";
import { plainMatcher } from "./plainPattern";

export interface Pattern {
  readonly reading: JavaPattern;
  /** Whether the whole value matches. Unknown where the reading is not exact for the value. */
  readonly matches: (value: string) => Truth;
  /** Whether some part of the value matches: the other thinkable reading of =~. */
  readonly finds: (value: string) => Truth;
  /** Why the outcome for a value is unknown, where it is. */
  readonly doubt: (value: string) => string;
  /** Whether to match again costs less than to look up what was found. */
  readonly isQuick: boolean;
}

/**
 * Instructions that a pattern may come to, and steps that one value may cost it: so many for each character of the
 * pattern, so that all patterns of an expression (2000 characters) have a share each, and so many for each character
 * beyond the 128 that ECS allows a value. Without counted repetitions no pattern comes near; `(?:[ab]?){400}` does.
 * Steps are counted, not time: the same value always has the same outcome.
 */
const largestProgram = 1000;
const stepsFor = (pattern: string, value: string): number =>
  2000 + 100 * Math.min(pattern.length, 2000) + 64 * Math.max(0, value.length - 128);

/** Prepares a pattern. Never throws; a pattern that cannot be run answers unknown to every value. */
export const compilePattern: (text: string) => Pattern = memoized(compile, 200);

function compile(text: string): Pattern {
  const reading = readJavaPattern(text);
  if (reading.kind !== "exact") return neverKnown(reading);
  const isUnreadable = (value: string) => reading.asciiOnly && !printableAscii.test(value);
  try {
    const program = patternProgram(RE2JS.compile(reading.translation));
    if (program === undefined || program.size > largestProgram) return neverKnown(tooLarge);
    const guard = (test: typeof program.matches) => (value: string) => {
      if (isUnreadable(value)) return "unknown";
      const outcome = test(value, stepsFor(text, value));
      return outcome === "costly" ? "unknown" : outcome;
    };
    const doubt = (value: string) =>
      isUnreadable(value) ? notReadable : "the pattern takes too many steps for this value";
    const matches = guard(program.matches);
    const plain = plainMatcher(text);
    return {
      reading,
      matches: plain === undefined ? matches : (value) => plain(value) ?? matches(value),
      finds: guard(program.finds),
      doubt,
      isQuick: plain !== undefined,
    };
  } catch {
    // The engine has a limit of its own for what a pattern expands to.
    return neverKnown(tooLarge);
  }
}

const notReadable = "the pattern cannot be evaluated for this value";

function neverKnown(reading: JavaPattern): Pattern {
  return { reading, matches: unknown, finds: unknown, doubt: () => notReadable, isQuick: true };
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
