// Expressions of the query language in programs: string literals that are given to memberOf(), to a property `expression`,
// or to the filter of ListContainerInstances.

import { type CodeFamily, codeFamilyOf, isComputedByShell, readLiteral } from "../../../source/code/literals";
import { plainMap } from "../../../source/contentMap";
import type { Node } from "../../../source/node";
import { holdsPlaceholder } from "../../../text/placeholders";
import { commentsOf, lineBefore } from "./comments";
import { isInListCall } from "./listCalls";

/** Characters of a program; a bundle of megabytes is not what somebody writes. */
const largest = 1 << 20;

/** Whether a program may have placement expressions: one cheap look. */
export function mayHaveExpressions(file: string, text: string): boolean {
  return (
    codeFamilyOf(file) !== undefined &&
    text.length <= largest &&
    /member_?of|expression|filter/i.test(text) &&
    /placement|memberOf|attribute:|container[-_]?instances/i.test(text)
  );
}

/** Expressions of one program. */
const most = 200;

/** An expression begins with a subject of the query language. */
const subject =
  /^[\s(]*(?:not\s*\(\s*)*(?:attribute:\S|task:group\b|(?:agentConnected|agentVersion|ec2InstanceId|registeredAt|runningTasksCount)\s*[=!<>]|(?:agentVersion|ec2InstanceId)\s+in\b)/;

/** `memberOf(`, `expression:`, `"expression":`, `Expression =`, `.expression(`, `expression=`, the same of a filter, `--filter "`. */
const givers =
  /(?<![A-Za-z0-9$])member_?of\s*\(|--filter\s{1,9}(?=["'])|(?<![\w$])["']?(?:set)?(?:expression|filter)["']?\s*(?::|=(?![=>~])|\()/gi;

/** What wraps a literal in Go. */
const wrapper = /\s*(?:(?:aws|jsii|pulumi)\.String(?:Ptr)?\(\s*)?/y;

/** The literals that are placement expressions, in the order of the text. Never throws. */
export function expressionsInCode(file: string, text: string): readonly Node[] {
  const family = codeFamilyOf(file);
  if (family === undefined) return [];
  const found: Node[] = [];
  const isAboutConstraints = /placement_?constraint/i.test(text);
  const isComment = commentsOf(text, family);
  let from = 0;
  const isOurs = (giver: string, at: number, literal: Node, isCall: boolean) =>
    /filter/i.test(giver)
      ? isFilter(text, at, literal, family)
      : isExpression(text, at, literal, isCall, isAboutConstraints);
  for (const { 0: giver, index } of text.matchAll(givers)) {
    if (found.length >= most) break;
    if (index < from || isComment(index)) continue;
    const isCall = /^member/i.test(giver);
    const literals =
      family === "shell" && /=$/.test(giver)
        ? [wordBehind(text, index + giver.length)]
        : literalsBehind(text, index + giver.length, family, isCall);
    for (const literal of literals) {
      if (literal === undefined || !isOurs(giver, index, literal, isCall)) continue;
      found.push(literal);
      from = literal.offset + literal.length;
    }
  }
  return found;
}

/**
 * What is compared comes first, also where its name is wrong; prose goes on with a word. A word alone may stand for
 * anything, as 'string' does in references of the API.
 */
const comparison =
  /^[\s(!]{0,99}(?:not\s{0,9}\(?\s{0,9})?[\w.:/-]+\s{0,99}(?:[=!<>~&|)]|(?:in|exists|matches|equals|and|or)\b|(?:not|greater|less)_)/;

/** What a text that is formatted afterwards has: `%s`, `%[1]q`, `%(x)s`, `{}`, `{0}`, `{x["y"]}`. */
const formats =
  /%(?:\[\d{1,3}\]|\(\w{1,100}\))?[sdvq](?!\w)|\{\d*\}|(?<!\\[pPxN])\{[A-Za-z_][^{}]{0,200}(?:\}|$)/;

/** The end of the program's text in a literal of another language that it writes: `'{"expression": "a == ' + x + '"}'`. */
const seam = /["'`]\s{0,99}\+\s{0,99}[\w$(]/;

/** Whether a text is only made of the literal, so that it is not yet an expression. What a template string has is known as unknown. */
function isMadeLater({ value, unknown }: Node): boolean {
  const text = String(value);
  if (unknown) return /%[sdvq](?!\w)|\{\d*\}/.test(text);
  return formats.test(text) || seam.test(text) || holdsPlaceholder(text);
}

/** There are filters of many kinds: one of ours begins with a subject, or is given to our call. */
function isFilter(text: string, at: number, literal: Node, family: CodeFamily): boolean {
  const value = String(literal.value);
  if (isMadeLater(literal)) return false;
  return subject.test(value) || (comparison.test(value) && isInListCall(text, at, family));
}

function isExpression(
  text: string,
  at: number,
  literal: Node,
  isCall: boolean,
  isAboutConstraints: boolean,
): boolean {
  const value = String(literal.value);
  if (isMadeLater(literal) || value.trim() === "") return false;
  if (subject.test(value)) return true;
  const around = text.slice(Math.max(0, at - 300), at + 300);
  return isCall
    ? isAboutConstraints
    : comparison.test(value) &&
        /["'`]memberOf["'`]|type["']?\s*[=:]\s*\\?["']?memberOf|ConstraintType\.?Member_?Of/i.test(around);
}

/** The literals behind a giver: all arguments of a call, else one. */
function literalsBehind(text: string, start: number, family: CodeFamily, isCall: boolean): readonly Node[] {
  const found: Node[] = [];
  for (let at = start; found.length < 20; ) {
    wrapper.lastIndex = at;
    at += wrapper.exec(text)?.[0].length ?? 0;
    const literal = readLiteral(text, at, family);
    if (literal === undefined) return found;
    at = literal.offset + literal.length;
    if (family === "shell") {
      // A program for jq in the shell adds texts.
      const isPart = goesOnInWord(text, at) || /^\s*\+/.test(text.slice(at, at + 200));
      return isPart ? found : [literal];
    }
    at = endOfGap(text, at, family);
    const [behind = ""] = /^(?:\)\s*(?=[,)]))?/.exec(text.slice(at, at + 200)) ?? [];
    at += behind.length;
    // Only a part of the text is here, or it is changed before it is used.
    if (/^(?:[+.%'"`&]|\|\||[rRbBuUfF]{1,2}['"])/.test(text.slice(at, at + 3))) return found;
    found.push(literal);
    if (!isCall || text[at] !== ",") return found;
    at += 1;
  }
  return found;
}

/** Behind white space, comments and continued lines. */
function endOfGap(text: string, start: number, family: CodeFamily): number {
  const gap = family === "python" ? /(?:\s|\\\r?\n|#.*)*/y : /(?:\s|\/\/.*|\/\*[^*]{0,500}\*\/)*/y;
  gap.lastIndex = start;
  return start + (gap.exec(text)?.[0].length ?? 0);
}

/** Whether a word of the shell goes on behind a quote: `"a == "$X`, `'a == '"$X"`. */
const goesOnInWord = (text: string, at: number) => /^[\w$'"`]/.test(text.slice(at, at + 1));

/** The value of `expression=` in a word of the shell: quoted in it, or up to the end of the quotes around it. */
function wordBehind(text: string, start: number): Node | undefined {
  const inner = /^\\?["']/.exec(text.slice(start, start + 2))?.[0];
  const before = lineBefore(text, start);
  const outer = ['"', "'"].find((quote) => before.split(quote).length % 2 === 0 && isLastOpen(before, quote));
  const from = start + (inner?.length ?? 0);
  const closing = inner ?? outer;
  const rest = text.slice(from, from + 20_000);
  const end = closing === undefined ? rest.search(/\s|$/) : rest.indexOf(closing);
  if (end < 0) return undefined;
  // Another property of the shorthand follows.
  const [value = ""] = inner === undefined ? rest.slice(0, end).split(/,(?=\w+=)/) : [rest.slice(0, end)];
  if (/[\n\\]/.test(value)) return undefined;
  const isSingle = (inner ?? outer) === "'" && outer !== '"';
  if (!isSingle && isComputedByShell(value)) return undefined;
  // Only a part of the value is in these quotes, or the shell takes them away.
  const behind = from + end + (closing?.length ?? 0);
  const isPart =
    inner !== undefined && rest[end + inner.length] === outer ? false : goesOnInWord(text, behind);
  if (isPart || (closing === undefined && /["']/.test(value))) return undefined;
  return {
    type: "string",
    offset: from,
    length: value.length,
    value,
    content: () => plainMap(from, value.length),
    ...(!isSingle && /[$`]/.test(value) && { unknown: true as const }),
    // Which quotes are around it is for a person to see.
    locked: true,
  };
}

/** Whether a quote is the one that is open at the end of a text. */
function isLastOpen(before: string, quote: string): boolean {
  let open: string | undefined;
  for (const it of before)
    if (open === undefined && (it === '"' || it === "'")) open = it;
    else if (it === open) open = undefined;
  return open === quote;
}
