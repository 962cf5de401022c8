// How long the functions of a source file are, read from its layout: the formatter closes a function at the indentation
// of the line that it begins on.

export interface MeasuredFunction {
  /** Its name, or that of what it is given to; empty where nothing names it. */
  readonly name: string;
  /** From the first line of its head to its closing brace. */
  readonly lines: number;
}

/** Heads of blocks that are no functions. */
const otherBlock =
  /^(?:\} )?(?:if|else|for|while|do|switch|case|default|try|catch|finally|class|export (?:abstract )?class|abstract class|interface|export interface|enum|namespace|declare|return \{|static \{)\b/;
const functionHead = /\bfunction\b[^;]*\{$|=> \{$|\)(?::[^=;]*)? \{$/;

/** The functions, methods and arrow functions with a block, in the order of the text. */
export function measureFunctions(text: string): readonly MeasuredFunction[] {
  const lines = text.split("\n");
  return lines.flatMap((line, last) => {
    const code = line.trim();
    if (!functionHead.test(code) || otherBlock.test(code)) return [];
    const indent = indentOf(line);
    const first = code.startsWith(")") ? headAbove(lines, last, indent) : last;
    if (otherBlock.test(lines[first]?.trim() ?? "")) return [];
    const end = lines.findIndex((it, at) => at > last && indentOf(it) === indent && /^\s*[}\]]/.test(it));
    return end < 0 ? [] : [{ name: nameIn(lines[first] ?? ""), lines: end - first + 1 }];
  });
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The line on which the head begins whose parameters end on this line. */
function headAbove(lines: readonly string[], last: number, indent: number): number {
  for (let at = last - 1; at >= 0; at -= 1)
    if (lines[at]?.trim() !== "" && indentOf(lines[at] ?? "") === indent) return at;
  return last;
}

function nameIn(head: string): string {
  const found =
    /\bfunction\*?\s+(\w+)/.exec(head) ??
    /(?:const|let)\s+(\w+)/.exec(head) ??
    /^\s*(?:(?:private|public|async|static|override)\s+)*(\w+)\s*[(<:]/.exec(head);
  return found?.[1] ?? "";
}
