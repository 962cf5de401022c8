// How values are written in HCL: texts with their escapes, lists, objects with ` = `, bodies of blocks.

import { largestOf } from "../../text/lists";
import { Blocks, Copy, type NewValue } from "../change";
import { giveUp, isListValue, isObjectValue } from "../writing";

export type WriteCopy = (copy: Copy) => string;

/** A text between quotes; what would begin an interpolation is escaped. */
export function quotedText(value: string): string {
  return `"${escapedText(value)}"`;
}

/** The characters between the quotes. */
export function escapedText(value: string): string {
  return literalText(
    JSON.stringify(value)
      .slice(1, -1)
      // An escaped backslash before a letter is none of the two that HCL lacks.
      .replace(/\\(.)/g, (whole, it) => (it === "b" ? "\\u0008" : it === "f" ? "\\u000c" : whole)),
  );
}

/** A text of a heredoc, where only interpolations are escaped. */
export function literalText(value: string): string {
  return value.replace(/[$%](?=\{)/g, "$&$&");
}

export function keyText(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : quotedText(name);
}

/** A value on one line. */
export function inlineHcl(value: NewValue, copied: WriteCopy): string {
  if (typeof value === "string") return quotedText(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (value instanceof Copy) return copied(value);
  if (isListValue(value)) return `[${value.map((it) => inlineHcl(it, copied)).join(", ")}]`;
  if (!isObjectValue(value)) return giveUp();
  const entries = Object.entries(value).map(([name, it]) => `${keyText(name)} = ${inlineHcl(it, copied)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** An argument, or the blocks of a name, as lines joined by `lineBreak`, which holds the indentation of the first one. */
export function entryLines(name: string, value: NewValue, lineBreak: string, copied: WriteCopy): string {
  if (!(value instanceof Blocks)) return `${name} = ${inlineHcl(value, copied)}`;
  return value.bodies.map((it) => `${name} ${bodyText(it, lineBreak, copied)}`).join(lineBreak);
}

/** The body of a block, its braces included; equals signs stand below each other. */
export function bodyText(
  body: { readonly [name: string]: NewValue },
  lineBreak: string,
  copied: WriteCopy,
): string {
  const inner = `${lineBreak}  `;
  const entries = Object.entries(body);
  const isArgument = ([, value]: readonly [string, NewValue]) => !(value instanceof Blocks);
  const width = largestOf([0, ...entries.filter(isArgument).map(([name]) => name.length)]);
  const lines = entries.map(([name, value]) =>
    entryLines(value instanceof Blocks ? name : name.padEnd(width), value, inner, copied),
  );
  return lines.length === 0 ? "{}" : `{${lines.map((it) => inner + it).join("")}${lineBreak}}`;
}

/** A condition in one spelling, without the parentheses around it, and whether it is negated: `!var.a`. */
export function plainCondition(text: string): readonly [condition: string, isNegated: boolean] {
  const plain = text.trim().replace(/\s+/g, " ");
  const inner = /^\(([^()]*)\)$/.exec(plain)?.[1]?.trim() ?? plain;
  const negated = /^!\s*([\w.-]+)$/.exec(inner)?.[1];
  return negated === undefined ? [inner, false] : [negated, true];
}
