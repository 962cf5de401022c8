// Secrets in expressions of the cluster query language, and in sentences about what they read. The texts are searched
// however they are written, also those that are no expression yet.

import type { Span } from "../text/span";
import { notShown } from "./redact";
import { isAttributeSecret, withoutSecretParts, withoutSpans } from "./secretText";
import { secretForms } from "./secretValues";

/** A name and what compares it: `token ==`, `token!=`, `token IN`. A single `=` is an assignment, as in any text. */
const comparedName =
  /(?<![\w./\\-])([\w./\\-]+)(?:\s*(?:[=!]?~|!=|={2,3}|[<>]=?)\s*|\s+(?:(?:not_)?equals|(?:not_)?matches|(?:greater|less)_than(?:_equal)?|(?:not[ _]|!)?in)\b\s*)/gi;

/** The same where the operator is missing. */
const namedAttribute =
  /(?<=\battribute:)([\w./\\-]+)\s+(?!(?:(?:not_)?(?:equals|matches|exists)|(?:greater|less)_than\w*|not|in)\b)(?=[^\s=!<>~&|])/gi;

/** Characters that are searched. ECS takes expressions of 2,000, and a search of what is longer could take minutes. */
const longest = 4000;

/** What it is compared with: in quotes, a list, which has no other in it, or up to what ends it. */
const argument =
  /'[^']*'?|"[^"]*"?|[[(][^[(\])`]*|(?:(?!&&|\|\|)[^\s`,;)\]]){0,2000}(?!&&|\|\|)[^\s`,;)\]:]/y;

const reading = /(?<![\w.-])([\w./\\-]+) is (?!not set\b|a name without)([^;`]+?)(?=;| and |, and |\.?$)/g;

type IsSecret = (name: string, value: string) => boolean;

/** Where the values are that comparisons have and that are likely secrets; `isSecret` tells by the attribute's name. */
function comparedSpans(whole: string, isSecret: IsSecret): readonly Span[] {
  const text = whole.slice(0, longest);
  const found: Span[] = [];
  const names = [...text.matchAll(comparedName), ...text.matchAll(namedAttribute)];
  for (const { index, 0: before, 1: name = "" } of names) {
    argument.lastIndex = index + before.length;
    const start = argument.lastIndex;
    const [value] = argument.exec(text) ?? [];
    if (value === undefined) continue;
    const isList = /^[[(]/.test(value);
    const items = isList ? value.slice(1).split(",") : [value];
    if (!items.some((it) => isSecret(name, bare(it)))) continue;
    found.push({ start: isList ? start + 1 : start, end: start + value.length });
  }
  return found;
}

const bare = (value: string): string => value.trim().replace(/^(['"])(.*?)\1?$/s, "$2");

/** The values in an expression that are likely secrets, without their quotes. */
export function comparedSecrets(expression: string): readonly string[] {
  return comparedSpans(expression, isAttributeSecret).flatMap(({ start, end }) =>
    expression
      .slice(start, end)
      .split(",")
      .map(bare)
      .filter((it) => it !== ""),
  );
}

/** Whether an expression has a value that is likely a secret, or anything of a secret's form, or is too long to tell. */
export function holdsQuerySecret(expression: string): boolean {
  return (
    expression.length > longest ||
    comparedSpans(expression, isAttributeSecret).length > 0 ||
    secretForms.some((it) => expression.search(it) >= 0)
  );
}

/** A text without the values of comparisons that are likely secrets. What is too long is cut off. */
export function withoutComparedSecrets(text: string, isSecret: IsSecret = isAttributeSecret): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return withoutSecretParts(withoutSpans(shown, comparedSpans(shown, isSecret)));
}

/** The same for an expression, or for sentences about what attributes are: those values are left out, too. */
export function withoutQuerySecrets(text: string, isSecret: IsSecret = isAttributeSecret): string {
  const read = text.replace(reading, (whole, name: string, value: string) =>
    isSecret(name, value) ? `${name} is ${notShown}` : whole,
  );
  return withoutComparedSecrets(read, isSecret);
}
