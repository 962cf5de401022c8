// The pages about diagnostics, of the catalogue: one for each topic with what, why and the words of ECS, and an index.

import type { QueryProblemEntry } from "../query/problemEntry";
import { type Code, catalogue, entryOf, type Topic, topicOf } from "../rules/catalogue";
import { trimmedEnd } from "../text/trimmedEnd";

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

const introduction = `# Diagnostics

Every diagnostic of ECS Daemon, by topic and code. Severity:

- **error**: the AWS CLI refuses the file, or ECS refuses the request;
- **warning**: accepted, and almost surely wrong;
- **information** and **hint**: worth knowing.

The setting \`ecsDaemon.diagnostics\` changes the severity of a code (\`*\` for all), or switches it \`off\`, for some files
or places: \`[{ "code": "unused-volume", "files": "legacy/**", "path": "/volumes/*", "severity": "off" }]\`. The command
line takes the same entries.

`;

/** The lines of Markdown that show a code by examples. */
export type ExamplesOf = (code: Code) => readonly string[];

/** The pages by their names in docs. The index has an anchor for each code, which links to one page of all led to. */
export function diagnosticsPages(examplesOf: ExamplesOf): ReadonlyMap<string, string> {
  const pages = (Object.keys(titles) as Topic[]).map((topic) => ({ topic, codes: codesOf(topic) }));
  const index = pages.map(({ topic, codes }) => {
    const page = `diagnostics/${topic}.md`;
    const link = (code: Code) => `<a id="${code}"></a>[${code}](${page}#${code})`;
    return `## [${titles[topic]}](${page})\n\n${table(codes, link)}`;
  });
  return new Map([
    ["diagnostics.md", `${introduction}${index.join("\n")}`],
    ...pages.map(
      ({ topic, codes }) => [`diagnostics/${topic}.md`, topicPage(titles[topic], codes, examplesOf)] as const,
    ),
  ]);
}

const codesOf = (topic: Topic) =>
  (Object.keys(catalogue) as Code[]).filter((code) => topicOf(code) === topic);

function topicPage(title: string, codes: readonly Code[], examplesOf: ExamplesOf): string {
  const back = "[All diagnostics](../diagnostics.md)";
  const list = table(codes, (code) => `[${code}](#${code})`);
  const sections = codes.map((code) => section(code, examplesOf(code)));
  return `# ${title}\n\n${back}\n\n${list}\n${sections.join("\n")}`;
}

function table(codes: readonly Code[], link: (code: Code) => string): string {
  const rows = codes.map((code) => {
    const { severity, title } = entryOf(code);
    return `| ${link(code)} | ${severity} | ${title} |\n`;
  });
  return `| code | severity | diagnostic |\n| --- | --- | --- |\n${rows.join("")}`;
}

function section(code: Code, examples: readonly string[]): string {
  const { severity, title, message, why, server } = entryOf(code);
  const lines = [`## ${code}`, "", `**${title}** (${severity})`, "", `> ${message}`, "", why, ""];
  if (server) lines.push(`ECS answers \`${server.exception}\`: \`${server.message}\``, "");
  return [...lines, ...examples, ""].join("\n");
}

/** Something wrong or right, under its label. `language` may be empty. */
export function exampleBlock(label: string, language: string, text: string): readonly string[] {
  return [`${label}:`, "", `\`\`\`${language}`, trimmedEnd(text, "\n"), "```", ""];
}

/** What shows a code of the query language: its two expressions, the long ones of them shortened. */
export function expressionExamples({ wrong, right }: QueryProblemEntry): readonly string[] {
  return [...exampleBlock("Wrong", "", shortened(wrong)), ...exampleBlock("Right", "", shortened(right))];
}

const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 80)} … ${text.slice(-20)}` : text);
