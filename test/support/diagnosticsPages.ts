// docs/diagnostics, generated from the catalogue and the fixtures: the pages that the server writes, and in them what is
// wrong and right as the fixtures have it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  diagnosticsPages,
  exampleBlock,
  expressionExamples,
} from "../../server/src/core/language/diagnosticsPages";
import { queryProblems } from "../../server/src/core/query/problemCodes";
import { type Code, topicOf } from "../../server/src/core/rules/catalogue";
import { readFixture } from "./markers";
import { validationFolder } from "./validationFixtures";

const generated =
  "<!-- Generated from the catalog and test/fixtures/validation; UPDATE=1 rewrites it. Do not edit. -->\n\n";

/** The pages of the repository by their names in docs. */
export function pagesWithExamples(): ReadonlyMap<string, string> {
  return new Map([...diagnosticsPages(examples)].map(([name, page]) => [name, `${generated}${page}`]));
}

function examples(code: Code): readonly string[] {
  if (code in queryProblems) return expressionExamples(queryProblems[code as keyof typeof queryProblems]);
  const path = join(validationFolder, topicOf(code) ?? "", `${code}.jsonc`);
  if (!existsSync(path)) return [];
  const source = readFileSync(path, "utf8");
  const fixture = readFixture(source, "");
  const [main = ""] = source.split(/^--- /m);
  const marked = main
    .split("\n")
    .filter((line) => !line.startsWith("// ") || /^\/\/ [\s^[]/.test(line))
    .map((line) => line.replace(/((?:error|warning|information|hint)\[[\w-]+\]) .*$/, "$1"))
    .join("\n");
  const lines = [...exampleBlock("Wrong", "jsonc", elided(marked))];
  for (const { name, text } of fixture.beside)
    lines.push(...exampleBlock(`With ${name}`, "jsonc", elided(text)));
  const [fixed] = fixture.after.values();
  const right = fixture.right ?? fixed;
  if (right !== undefined) lines.push(...exampleBlock("Right", "jsonc", elided(right)));
  const titles = [...fixture.after.keys()];
  if (titles.length > 0) lines.push(`Quick fixes: ${titles.map((it) => `*${it}*`).join(", ")}.`, "");
  return lines;
}

/** Examples of too much of something are long; their beginning and end say enough. */
function elided(text: string): string {
  const lines = text.split("\n");
  return lines.length <= 30 ? text : [...lines.slice(0, 12), "  …", ...lines.slice(-8)].join("\n");
}
