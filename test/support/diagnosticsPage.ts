// docs/diagnostics.md, generated from the catalogue and the fixtures: what, why, ECS's words, wrong and right.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { queryProblems } from "../../server/src/core/query/problemCodes";
import { type Code, catalogue, entryOf } from "../../server/src/core/rules/catalogue";
import { readFixture } from "./markers";
import { fixturesFolder } from "./paths";

const introduction = `<!-- Generated from the catalogue and test/fixtures/validation; UPDATE=1 rewrites it. Do not edit. -->

# Diagnostics

Every finding of ECS Daemon, by code. Severity:

- **error**: the AWS CLI refuses the file, or ECS refuses the request;
- **warning**: accepted, and almost surely wrong;
- **information** and **hint**: worth knowing.

The setting \`ecsDaemon.diagnostics\` changes the severity of a code (\`*\` for all), or switches it \`off\`, for some files
or places: \`[{ "code": "unused-volume", "files": "legacy/**", "path": "/volumes/*", "severity": "off" }]\`. The command
line takes the same entries.

`;

/** The whole page. */
export function diagnosticsPage(): string {
  const codes = Object.keys(catalogue) as Code[];
  const list = codes.map(
    (code) => `| [${code}](#${code}) | ${entryOf(code).severity} | ${entryOf(code).title} |`,
  );
  const index = ["| code | severity | finding |", "| --- | --- | --- |", ...list].join("\n");
  return `${introduction}${index}\n\n${codes.map(section).join("\n")}`;
}

function section(code: Code): string {
  const { severity, title, message, why, server } = entryOf(code);
  const lines = [`## ${code}`, "", `**${title}** (${severity})`, "", `> ${message}`, "", why, ""];
  if (server) lines.push(`ECS answers \`${server.exception}\`: \`${server.message}\``, "");
  return [...lines, ...examples(code), ""].join("\n");
}

function examples(code: Code): readonly string[] {
  if (code in queryProblems) {
    const { wrong, right } = queryProblems[code as keyof typeof queryProblems];
    return [...block("Wrong", "", shortened(wrong)), ...block("Right", "", shortened(right))];
  }
  const path = join(fixturesFolder, "validation", `${code}.jsonc`);
  if (!existsSync(path)) return [];
  const source = readFileSync(path, "utf8");
  const fixture = readFixture(source, "");
  const [main = ""] = source.split(/^--- /m);
  const marked = main
    .split("\n")
    .filter((line) => !line.startsWith("// ") || /^\/\/ [\s^[]/.test(line))
    .map((line) => line.replace(/((?:error|warning|information|hint)\[[\w-]+\]) .*$/, "$1"))
    .join("\n");
  const lines = [...block("Wrong", "jsonc", elided(marked))];
  for (const { name, text } of fixture.beside)
    lines.push(...block(`Beside it, ${name}`, "jsonc", elided(text)));
  const [fixed] = fixture.after.values();
  const right = fixture.right ?? fixed;
  if (right !== undefined) lines.push(...block("Right", "jsonc", elided(right)));
  const titles = [...fixture.after.keys()];
  if (titles.length > 0) lines.push(`Quick fixes: ${titles.map((it) => `*${it}*`).join(", ")}.`, "");
  return lines;
}

function block(label: string, language: string, text: string): readonly string[] {
  return [`${label}:`, "", `\`\`\`${language}`, text.replace(/\n+$/, ""), "```", ""];
}

const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 80)} … ${text.slice(-20)}` : text);

/** Examples of too much of something are long; their beginning and end say enough. */
function elided(text: string): string {
  const lines = text.split("\n");
  return lines.length <= 30 ? text : [...lines.slice(0, 12), "  …", ...lines.slice(-8)].join("\n");
}
