// Takes out of the package re2js what makes a program of a pattern, a third of it: we run programs ourselves, and hand over
// no pattern with a property of Unicode, for which most of the rest are tables.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

/**
 * A module with `compile(pattern)`, whose result has the program and no more. A pattern with `\p{…}` is an error to it.
 * @param {string} path the built module of re2js @returns {Promise<string>}
 */
export async function patternCompilerOf(path) {
  const whole = await readFile(path, "utf8");
  const engines = whole.indexOf("\nvar RE2 = class");
  const table = /\(\) => new UnicodeRangeTable\(decodeRanges\("[^"]*", (?:true|false)\)\)/g;
  if (engines < 0 || whole.search(table) < 0) throw new Error(`${path} is not built as it was.`);
  const contents = `${whole.slice(0, engines).replace(table, "noTable")}
function noTable() {
  throw new Error("There are no tables of Unicode.");
}
export function compile(pattern) {
  const prog = Compiler.compileRegexp(Simplify.simplify(Parser.parse(pattern, RE2Flags.PERL)));
  return { re2: () => ({ prog }) };
}`;
  // Bundled by itself: nothing is left out of a module that is evaluated only when it is needed.
  const { outputFiles } = await build({ stdin: { contents }, bundle: true, format: "esm", write: false });
  return outputFiles[0]?.text ?? "";
}
