// A text that ends in the middle: the brackets that are open there, closed, make JSON of what there is of it.

import type { Span } from "../../text/span";
import type { Repair } from "./repairEdit";

/** Tokens at the end that may be begun only: a name, its colon, a value, a comma. */
const mostBegun = 5;

/** Closes what is open at the end, without the last tokens where they are not finished. `tokens`: those of the text. */
export function* endings(text: string, tokens: readonly Span[]): Generator<Repair> {
  // Where every bracket is closed, the end is not what is missing.
  if (!closersOf(text, tokens)) return;
  for (let cut = 0; cut <= Math.min(mostBegun, tokens.length - 1); cut += 1) {
    const kept = tokens.slice(0, tokens.length - cut);
    const closing = closersOf(text, kept);
    if (!closing) continue;
    yield { start: kept.at(-1)?.end ?? 0, end: text.length, newText: closing };
  }
}

/** The closing brackets that the tokens lack; `undefined` where one of them closes what is not open. */
function closersOf(text: string, tokens: readonly Span[]): string | undefined {
  const open: string[] = [];
  for (const { start, end } of tokens) {
    if (end - start !== 1) continue;
    const mark = text[start] as string;
    if (mark === "{") open.push("}");
    else if (mark === "[") open.push("]");
    else if ((mark === "}" || mark === "]") && open.pop() !== mark) return undefined;
  }
  return open.reverse().join("");
}
