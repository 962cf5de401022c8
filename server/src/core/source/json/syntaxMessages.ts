// What the errors of the JSON parser mean, in words, and where in the text they are.

import { type ParseError, printParseErrorCode } from "jsonc-parser";
import type { Span } from "../../text/span";
import type { SyntaxProblem } from "./syntaxProblem";

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: "This is not a JSON value. Put text in double quotes.",
  InvalidNumberFormat: "This is not a valid JSON number.",
  PropertyNameExpected: "A property name in double quotes is expected here.",
  ValueExpected: "A value is expected here.",
  ColonExpected: "A colon is expected between a property's name and its value.",
  CommaExpected: "A comma is expected between two properties or items.",
  CloseBraceExpected: "The closing brace `}` is missing.",
  CloseBracketExpected: "The closing bracket `]` is missing.",
  EndOfFileExpected: "The JSON value ends before this. Remove what follows.",
  InvalidCommentToken: "JSON has no comments: a file with one is refused. Remove it.",
  UnexpectedEndOfComment: "This comment is never closed.",
  UnexpectedEndOfString: "This string is never closed. Add a double quote.",
  UnexpectedEndOfNumber: "This number is not finished.",
};

/** Errors that leave the tree whole: inside of a string, a comment, a trailing comma. */
export function isLocal(error: ParseError, text: string): boolean {
  const name = printParseErrorCode(error.error);
  if (name === "InvalidCommentToken" || isInString(name)) return true;
  return isTrailing(name) && trailingComma(text, error.offset) !== undefined;
}

export const isInString = (name: string) =>
  name === "InvalidEscapeCharacter" || name === "InvalidUnicode" || name === "InvalidCharacter";

const isTrailing = (name: string) => name === "PropertyNameExpected" || name === "ValueExpected";

/** The problems that the errors of the parser stand for; an error that only follows from the one before is left out. */
export function describeSyntaxErrors(errors: readonly ParseError[], text: string): readonly SyntaxProblem[] {
  return (
    errors
      .slice(0, most)
      .flatMap((it) => describe(it, text))
      // The parser stumbles twice over a trailing comma, and over what stands right behind no value at all.
      .filter((it, index, all) => !isEcho(it, all[index - 1], text))
  );
}

/** More syntax errors than anybody reads. */
const most = 200;

function isEcho(
  { span, remove, replace }: SyntaxProblem,
  earlier: SyntaxProblem | undefined,
  text: string,
): boolean {
  if (earlier === undefined || replace !== undefined || earlier.replace !== undefined) return false;
  if (earlier.remove !== undefined || remove !== undefined) return span.start === earlier.span.start;
  let end = earlier.span.end;
  while (end < span.start && isSpace.test(text[end] ?? "")) end += 1;
  return span.start <= end;
}

const isSpace = /\s/;

function describe(error: ParseError, text: string): readonly SyntaxProblem[] {
  const span = { start: error.offset, end: Math.min(text.length, error.offset + Math.max(error.length, 1)) };
  const name = printParseErrorCode(error.error);
  if (isInString(name)) {
    const found = slipsInString(text, span);
    if (found.length > 0) return found;
  }
  const message = messages[name] ?? "This is not JSON.";
  if (name === "InvalidSymbol" && isEllipsis.test(text.slice(span.start, span.end)))
    return [{ message: "`...` stands for something left out: fill it in or remove it.", span }];
  if (name === "InvalidCommentToken") return [{ message, span, remove: span }];
  const comma = trailingComma(text, span.start);
  if (comma && isTrailing(name)) {
    const sentence = "JSON allows no comma after the last property or item. Remove it.";
    return [{ message: sentence, span: comma, remove: comma }];
  }
  return [{ message, span }];
}

/** Escapes that JSON does not know and control characters, each where it is. */
function slipsInString(text: string, { start, end }: Span): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  for (let at = start + 1; at < end && problems.length < most; at += 1) {
    const char = text[at] as string;
    if (char === "\\") {
      const problem = escapeProblem(text, at);
      if (problem) problems.push(problem);
      at += 1;
    } else if (char < " ") problems.push(controlCharacter(char, at));
  }
  return problems;
}

function escapeProblem(text: string, at: number): SyntaxProblem | undefined {
  const escaped = text[at + 1] ?? "";
  if (escaped !== "" && '"\\/bfnrt'.includes(escaped)) return undefined;
  if (escaped === "u") {
    const digits = /^[0-9A-Fa-f]{0,4}/.exec(text.slice(at + 2, at + 6))?.[0] ?? "";
    if (digits.length === 4) return undefined;
    const span = { start: at, end: at + 2 + digits.length };
    return { message: "After `\\u` four hexadecimal digits are expected.", span };
  }
  const span = { start: at, end: Math.min(text.length, at + 2) };
  const message = `JSON has no escape \`\\${escaped}\`. Write \`\\\\\` for a backslash.`;
  // An apostrophe needs no escape; before anything else a backslash was meant.
  const newText = escaped === "'" ? "'" : `\\\\${escaped}`;
  return { message, span, replace: { title: `Change to ${newText}`, newText } };
}

function controlCharacter(char: string, at: number): SyntaxProblem {
  const newText =
    char === "\t" ? "\\t" : `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return {
    message: `Control characters have to be escaped in a string. Write \`${newText}\`.`,
    span: { start: at, end: at + 1 },
    replace: { title: `Change to ${newText}`, newText },
  };
}

/** What documentation writes where it leaves something out; quoting it would make a value of it. */
const isEllipsis = /^[([<{]?(?:\.{2,}|…)[)\]>}]?,?$/;

/** The comma before a closing brace or bracket. */
export function trailingComma(text: string, at: number): Span | undefined {
  if (text[at] !== "}" && text[at] !== "]") return undefined;
  let comma = at - 1;
  while (comma > 0 && isSpace.test(text[comma] as string)) comma -= 1;
  return text[comma] === "," ? { start: comma, end: comma + 1 } : undefined;
}

/** Comments become spaces, so that a comma before one is seen as the last thing before what follows it. */
export function withoutComments(text: string, errors: readonly ParseError[]): string {
  let done = 0;
  const parts: string[] = [];
  for (const error of errors) {
    const { offset: start, length } = error;
    if (printParseErrorCode(error.error) !== "InvalidCommentToken" || start < done) continue;
    const end = start + length;
    parts.push(text.slice(done, start), text.slice(start, end).replace(/[^\n]/g, " "));
    done = end;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(done);
}
