// docs/diagnostics, generated from the catalogue and the fixtures: a page for each topic with what, why, the words of
// ECS, wrong and right, and an index.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { queryProblems } from "../../server/src/core/query/problemCodes";
import { type Code, catalogue, entryOf, type Topic, topicOf } from "../../server/src/core/rules/catalogue";
import { readFixture } from "./markers";
import { validationFolder } from "./validationFixtures";

const generated =
  "<!-- Generated from the catalog and test/fixtures/validation; UPDATE=1 rewrites it. Do not edit. -->\n\n";

const titles: Readonly<Record<Topic, string>> = {
  shape: "Form: JSON, names, types and values",
  pasted: "Copied from elsewhere",
  taskDefinition: "Task definitions",
  containers: "Containers",
  sizes: "CPU, memory and limits",
  networking: "Networks and ports",
  volumes: "Volumes",
  logging: "Logging",
  fargate: "Fargate",
  constraints: "Placement constraints",
  expressions: "Expressions of the cluster query language",
  service: "Services",
  daemon: "Daemon services",
  managed: "Managed daemons",
  clusterFiles: "Fleet files and cluster snapshots",
};

const introduction = `${generated}# Diagnostics

Every diagnostic of ECS Daemon, by topic and code. Severity:

- **error**: the AWS CLI refuses the file, or ECS refuses the request;
- **warning**: accepted, and almost surely wrong;
- **information** and **hint**: worth knowing.

The setting \`ecsDaemon.diagnostics\` changes the severity of a code (\`*\` for all), or switches it \`off\`, for some files
or places: \`[{ "code": "unused-volume", "files": "legacy/**", "path": "/volumes/*", "severity": "off" }]\`. The command
line takes the same entries.

`;

/** The pages by their names in docs. The index has an anchor for each code, which links to one page of all led to. */
export function diagnosticsPages(): ReadonlyMap<string, string> {
  const pages = (Object.keys(titles) as Topic[]).map((topic) => ({ topic, codes: codesOf(topic) }));
  const index = pages.map(({ topic, codes }) => {
    const page = `diagnostics/${topic}.md`;
    const link = (code: Code) => `<a id="${code}"></a>[${code}](${page}#${code})`;
    return `## [${titles[topic]}](${page})\n\n${table(codes, link)}`;
  });
  return new Map([
    ["diagnostics.md", `${introduction}${index.join("\n")}`],
    ...pages.map(({ topic, codes }) => [`diagnostics/${topic}.md`, topicPage(titles[topic], codes)] as const),
  ]);
}

const codesOf = (topic: Topic) =>
  (Object.keys(catalogue) as Code[]).filter((code) => topicOf(code) === topic);

function topicPage(title: string, codes: readonly Code[]): string {
  const back = "[All diagnostics](../diagnostics.md)";
  const list = table(codes, (code) => `[${code}](#${code})`);
  return `${generated}# ${title}\n\n${back}\n\n${list}\n${codes.map(section).join("\n")}`;
}

function table(codes: readonly Code[], link: (code: Code) => string): string {
  const rows = codes.map((code) => {
    const { severity, title } = entryOf(code);
    return `| ${link(code)} | ${severity} | ${title} |\n`;
  });
  return `| code | severity | diagnostic |\n| --- | --- | --- |\n${rows.join("")}`;
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
  const lines = [...block("Wrong", "jsonc", elided(marked))];
  for (const { name, text } of fixture.beside) lines.push(...block(`With ${name}`, "jsonc", elided(text)));
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
