// The predefined character classes of java.util.regex.Pattern, as sets of code points.

import { type CodePointRange, type CodePoints, codePoints, complement } from "./codePoints";

const digit: CodePointRange = [0x30, 0x39];
const upper: CodePointRange = [0x41, 0x5a];
const lower: CodePointRange = [0x61, 0x7a];
const punctuation: readonly CodePointRange[] = [
  [0x21, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0x7e],
];

const space: CodePoints = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const horizontal: CodePoints = [
  [0x09, 0x09],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
const vertical: CodePoints = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
const word = codePoints([digit, upper, lower, [0x5f, 0x5f]]);

/** What `.` does not match. */
export const lineTerminators: CodePoints = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

/** By the letter after the backslash. */
export const escapedClasses: ReadonlyMap<string, CodePoints> = new Map([
  ["d", [digit]],
  ["D", complement([digit])],
  ["s", space],
  ["S", complement(space)],
  ["w", word],
  ["W", complement(word)],
  ["h", horizontal],
  ["H", complement(horizontal)],
  ["v", vertical],
  ["V", complement(vertical)],
]);

/** By the name in `\p{…}`: the POSIX classes, which are ASCII in Java. */
export const posixClasses: ReadonlyMap<string, CodePoints> = new Map<string, CodePoints>([
  ["Lower", [lower]],
  ["Upper", [upper]],
  ["ASCII", [[0, 0x7f]]],
  ["Alpha", codePoints([upper, lower])],
  ["Digit", [digit]],
  ["Alnum", codePoints([digit, upper, lower])],
  ["Punct", punctuation],
  ["Graph", codePoints([digit, upper, lower, ...punctuation])],
  ["Print", [[0x20, 0x7e]]],
  [
    "Blank",
    codePoints([
      [0x20, 0x20],
      [0x09, 0x09],
    ]),
  ],
  [
    "Cntrl",
    codePoints([
      [0, 0x1f],
      [0x7f, 0x7f],
    ]),
  ],
  ["XDigit", codePoints([digit, [0x41, 0x46], [0x61, 0x66]])],
  ["Space", space],
]);

/** Unicode general categories that Java and the engine both know by these names. */
export const generalCategories: ReadonlySet<string> = new Set(
  "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cs".split(
    " ",
  ),
);
