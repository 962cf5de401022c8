// Calls of ListContainerInstances in programs and scripts: what their filter says is an expression, even a wrong one.

import type { CodeFamily } from "../../../source/code/literals";

const call = /list[-_]?container[-_]?instances\w{0,20}/gi;

/** Characters between the name of the call and its filter. */
const farthest = 400;

/** Whether what is written at an offset is an argument of such a call, or of the builder of its request. */
export function isInListCall(text: string, at: number, family: CodeFamily): boolean {
  const before = text.slice(Math.max(0, at - farthest), at);
  const last = [...before.matchAll(call)].at(-1);
  if (last === undefined) return false;
  const between = before.slice(last.index + last[0].length);
  // A command of the shell goes on where its line ends with a backslash.
  return family === "shell" ? !/[;|&]|(?<!\\)\r?\n/.test(between) : isOneStatement(between);
}

/** Whether a text that begins behind a name goes on with its arguments, its members or a chain of calls. */
function isOneStatement(between: string): boolean {
  let depth = 0;
  for (let at = 0; at < between.length; at += 1) {
    const char = between.charAt(at);
    if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) depth -= 1;
    if (depth < 0 || char === ";") return false;
    // Outside of parentheses only the next call of a chain follows.
    if (depth === 0 && !/[\w.)\]}\s]/.test(char)) return false;
    if (depth === 0 && char === "\n" && !/^\s*\./.test(between.slice(at, at + 80))) return false;
  }
  return true;
}
