// Runs a compiled pattern over a value, all its ways at once, and counts the steps. The engine that compiles patterns
// has faster ways for most of them, but no way to be stopped: some patterns cost it milliseconds for every value.

import type { RE2JS } from "re2js";

/** How a run ended; `costly`: after more steps than it was given. */
export type Outcome = boolean | "costly";

export interface PatternProgram {
  /** Instructions. */
  readonly size: number;
  /** Whether the whole value matches. */
  matches(value: string, mostSteps: number): Outcome;
  /** Whether some part of the value matches. */
  finds(value: string, mostSteps: number): Outcome;
}

/** What the engine's programs consist of; its numbers of the operations are checked by a test of random patterns. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  /** The other way of a fork, or the conditions of an empty match. */
  readonly arg: number;
  matchRune(rune: number): boolean;
}

const operations = {
  alt: 1,
  altMatch: 2,
  capture: 3,
  emptyWidth: 4,
  match: 6,
  nop: 7,
  anyNotNewline: 11,
} as const;
const conditions = {
  beginLine: 1,
  endLine: 2,
  beginText: 4,
  endText: 8,
  boundary: 16,
  noBoundary: 32,
} as const;

/** Takes the program out of a compiled pattern; `undefined` where it looks around, which no pattern of ours does. */
export function patternProgram(compiled: RE2JS): PatternProgram | undefined {
  const { prog } = compiled.re2();
  const size: number = prog.numInst();
  const instructions: Instruction[] = Array.from({ length: size }, (_, pc) => prog.getInst(pc));
  if (instructions.some((it) => it.op > operations.anyNotNewline)) return undefined;
  const run = runner(instructions, prog.start);
  return {
    size,
    matches: (value, mostSteps) => run(value, mostSteps, true),
    finds: (value, mostSteps) => run(value, mostSteps, false),
  };
}

/** A set of instructions that is emptied by moving on to the next mark. */
interface Places {
  readonly marks: Uint32Array;
  mark: number;
  readonly list: number[];
}

const places = (size: number): Places => ({ marks: new Uint32Array(size), mark: 0, list: [] });

function empty(set: Places): void {
  set.mark += 1;
  set.list.length = 0;
}

function runner(instructions: readonly Instruction[], start: number) {
  let now = places(instructions.length);
  let next = places(instructions.length);
  const open: number[] = [];
  /** Adds an instruction and all that follow it without a character; answers how many were looked at. */
  const reach = (set: Places, from: number, holding: number): number => {
    let steps = 0;
    open.push(from);
    for (let pc = open.pop(); pc !== undefined; pc = open.pop()) {
      steps += 1;
      const it = instructions[pc];
      if (it === undefined || pc === 0 || set.marks[pc] === set.mark) continue;
      set.marks[pc] = set.mark;
      if (it.op <= operations.altMatch) open.push(it.arg, it.out);
      else if (it.op === operations.capture || it.op === operations.nop) open.push(it.out);
      else if (it.op === operations.emptyWidth) {
        if ((it.arg & ~holding) === 0) open.push(it.out);
      } else set.list.push(pc);
    }
    return steps;
  };
  return (value: string, mostSteps: number, whole: boolean): Outcome => {
    let steps = 0;
    let rune = -1;
    empty(now);
    for (let at = 0; ; ) {
      const following = value.codePointAt(at) ?? -1;
      const holding = conditionsBetween(rune, following);
      if (at === 0 || !whole) steps += reach(now, start, holding);
      if (now.list.length === 0 && whole) return false;
      const isMatch = now.list.some((pc) => instructions[pc]?.op === operations.match);
      if (isMatch && (!whole || following < 0)) return true;
      if (following < 0) return false;
      rune = following;
      at += rune > 0xffff ? 2 : 1;
      const after = conditionsBetween(rune, value.codePointAt(at) ?? -1);
      empty(next);
      for (const pc of now.list) {
        const it = instructions[pc];
        if (it !== undefined && it.op !== operations.match && it.matchRune(rune))
          steps += reach(next, it.out, after);
        steps += 1;
      }
      if (steps > mostSteps) return "costly";
      [now, next] = [next, now];
    }
  };
}

const newline = 10;

/** What an empty match may ask of a place between two characters; -1 stands for the end of the text. */
function conditionsBetween(before: number, after: number): number {
  let holding: number = isWord(before) === isWord(after) ? conditions.noBoundary : conditions.boundary;
  if (before < 0) holding |= conditions.beginText | conditions.beginLine;
  if (before === newline) holding |= conditions.beginLine;
  if (after < 0) holding |= conditions.endText | conditions.endLine;
  if (after === newline) holding |= conditions.endLine;
  return holding;
}

function isWord(rune: number): boolean {
  return (
    (rune >= 48 && rune <= 57) || (rune >= 65 && rune <= 90) || rune === 95 || (rune >= 97 && rune <= 122)
  );
}
