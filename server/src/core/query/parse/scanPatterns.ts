// The operators and conjunctions as patterns of text, as the scanner looks for them; each is tried at one place (sticky).

import { keywordSpellings } from "../operators";

const wordEnds = "(?![\\w\\-./\\\\:@])";
export const anyKeyword = new RegExp(`&&|\\|\\||(?:and|or|not)${wordEnds}|!(?![=~])`, "iy");
export const joiningKeyword = new RegExp(`&&|\\|\\||(?:and|or)${wordEnds}`, "iy");
/** Lower case only: `OR` and `AND` may well be values. */
export const joiningKeywordInValuePlace = /&&|\|\||(?:and|or)(?=[\s()]|$)/y;
export const symbol =
  /:=|:(?=\s)|[≠≤≥]|＝+|===|!==|!=~|==~|==|!=|=~|!~|>=|<=|=>|=<(?![^<>\s=!~&|]+>)|<>|~=|=!|=|<|>|~|!\s*(?:in|exists?|equals|matches)(?![\w-])/iy;
export const severalWords =
  /(?:is\s+(?:not\s+)?(?:null|set)|is\s+not|not\s+null|not\s+in|not\s+exists?|not\s+equals|not\s+like|not\s+matches|does\s+not\s+exist)(?![\w-])/iy;
/** The operators that are words, as far as they can follow a name with spaces. */
const wordOperator =
  /(?:(?:not_)?(?:equals|matches|exists)|(?:not_)?in(?=\s*\[)|(?:greater|less)_than(?:_equal)?)(?![\w-])/iy;
const subject =
  "(?:attribute:|task:group\\b|(?:agentConnected|agentVersion|ec2InstanceId|registeredAt|runningTasksCount)\\b)";
/** Another comparison begins behind white space. */
export const comparisonBehind = new RegExp(`\\s+${subject}`, "y");
/** What can only be a value behind an operator: no conjunction, operator, subject or parenthesis. */
export const valueAhead = new RegExp(
  `\\s+(?!${anyKeyword.source}|${symbol.source}|${wordOperator.source}|${subject}|[(),;\\]])\\S`,
  "iy",
);
/** What follows a bracket that groups comparisons. */
export const comparisonAhead = new RegExp(`\\s*(?:!|not(?=[\\s(])|\\(|${subject})`, "y");
/** A placeholder such as `<operator>`. */
export const bracketed = /<[a-z][\w-]*>(?=\s|$)/iy;
/** A single & or |. */
export const singleJoint = /[&|](?![&|])/y;
/** A single & or | before what can only be another comparison. */
export const jointBeforeComparison = new RegExp(`[&|](?:!|not(?=[\\s(])|\\(|\\s)*${subject}`, "y");
export const listInPlaceOfPattern = /\[[^\]\s]*,\s/y;

/** `attribute:node role == edge`: an operator follows a word or two further on, so the words are a name with spaces. */
export function isInsideName(text: string, end: number): boolean {
  for (let rest = text.slice(end, end + 200), words = 0; words < 3; words += 1) {
    const next = /^\s+(?=\S)/.exec(rest)?.[0];
    if (next === undefined) return false;
    rest = rest.slice(next.length);
    if (match(symbol, rest, 0) >= 0 || match(wordOperator, rest, 0) >= 0) return true;
    const found = /^[\w.-]+(?=\s)/.exec(rest)?.[0];
    if (found === undefined || keywordSpellings.has(found.toLowerCase())) return false;
    rest = rest.slice(found.length);
  }
  return false;
}

/** The end of the match at `at` (exclusive), or -1. */
export function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
