// Makes a failing input small: leaves out ever shorter stretches of its longest text while it still fails.

import type { FuzzInput } from "./fuzzTarget";

/** How many smaller inputs are tried at most. */
const mostTries = 2000;

/** The smallest input found for which `fails` still holds. */
export async function smallest(
  input: FuzzInput,
  fails: (input: FuzzInput) => Promise<boolean>,
): Promise<FuzzInput> {
  const member = longestText(input);
  if (member === undefined) return input;
  let text = member.text;
  let tries = 0;
  for (
    let size = Math.ceil(text.length / 2);
    size >= 1 && tries < mostTries;
    size = size > 1 ? size >> 1 : 0
  ) {
    for (let at = 0; at < text.length && tries < mostTries; tries += 1) {
      const shorter = text.slice(0, at) + text.slice(at + size);
      if (await fails(member.replacedBy(shorter))) text = shorter;
      else at += size;
    }
  }
  return member.replacedBy(text);
}

interface TextMember {
  readonly text: string;
  replacedBy(text: string): FuzzInput;
}

function longestText(input: FuzzInput): TextMember | undefined {
  if (typeof input === "string") return { text: input, replacedBy: (text) => text };
  if (typeof input !== "object" || input === null || Array.isArray(input)) return undefined;
  const object = input as { readonly [name: string]: FuzzInput };
  const text = object.text;
  if (typeof text !== "string") return undefined;
  return { text, replacedBy: (shorter) => ({ ...object, text: shorter }) };
}
