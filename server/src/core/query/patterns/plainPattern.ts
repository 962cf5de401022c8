// The patterns that people mostly write, such as `m5.*`: JavaScript's own engine agrees with Java's about them, and is
// several times as fast as one that has to be linear for every pattern.

/** Words, digits and dashes as they are, any character, any text, an escaped dot. */
const plain = /^(?:[\w-]|\.\*?|\\\.)+$/;
/** With two of `.*` the time grows with the square of the value's length, which is bounded; with more it may explode. */
const mostStars = 2;
const longestPattern = 200;
const longestValue = 256;
/** Of other characters the engines have ideas of their own. */
const printableAscii = /^[ -~]*$/;

/** Whether a whole value matches, or `undefined` where the other engine has to say; for a pattern of another sort nothing. */
export function plainMatcher(pattern: string): ((value: string) => boolean | undefined) | undefined {
  if (pattern.length > longestPattern || !plain.test(pattern)) return undefined;
  if (pattern.split("*").length - 1 > mostStars) return undefined;
  const around = aroundAnyText.exec(pattern);
  if (around !== null) return affixMatcher(literal(around[1]), literal(around[2]));
  const whole = new RegExp(`^(?:${pattern})$`);
  return (value) => (isOrdinary(value) ? whole.test(value) : undefined);
}

/** What `.*` alone makes a pattern: a beginning, an end, and any text between them. */
const aroundAnyText = /^((?:[\w-]|\\\.)*)\.\*((?:[\w-]|\\\.)*)$/;

const literal = (pattern = "") => pattern.replaceAll("\\", "");

const isOrdinary = (value: string) => value.length <= longestValue && printableAscii.test(value);

/** Most values differ in their beginning or end, and no engine is needed to see that. */
function affixMatcher(beginning: string, end: string): (value: string) => boolean | undefined {
  const least = beginning.length + end.length;
  return (value) => {
    if (value.length < least || !value.startsWith(beginning) || !value.endsWith(end)) return false;
    return isOrdinary(value) ? true : undefined;
  };
}
