// Everything that can be wrong with, or surprising about, an expression: one entry per code, as data. The
// diagnostics catalogue takes these entries over as they are; codes are stable for ever and never reused.

import { meaningProblems } from "./meaningProblems";
import { spellingProblems, syntaxProblems } from "./syntaxProblems";

export const queryProblems = { ...syntaxProblems, ...spellingProblems, ...meaningProblems } as const;

/** The code of something to say about an expression. */
export type QueryProblemCode = keyof typeof queryProblems;
