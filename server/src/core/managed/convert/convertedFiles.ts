// What a conversion writes: files by their names, and a report for people.

import { asText, type PlainObject } from "../../text/plainValue";
import { unknownsOfDaemons } from "../unknowns";
import type { Conversion, ConvertedFile } from "./report";
import type { ServiceConversion } from "./toService";

export type NamedFile = readonly [name: string, content: PlainObject];

/** `agent.daemon-taskdef.json` and `agent.daemon.json`, or `agent.taskdef.json` and `agent.service.json`. */
export function convertedFiles(conversion: Conversion | ServiceConversion): readonly NamedFile[] {
  const stem = (name: unknown) => (asText(name) ?? "daemon").replace(/[^\w-]+/g, "-");
  const { taskDefinition } = conversion;
  if ("daemon" in conversion)
    return [
      [`${stem(taskDefinition.family)}.daemon-taskdef.json`, taskDefinition],
      [`${stem(conversion.daemon.daemonName)}.daemon.json`, conversion.daemon],
    ];
  return [
    [`${stem(taskDefinition.family)}.taskdef.json`, taskDefinition],
    [`${stem(conversion.service.serviceName)}.service.json`, conversion.service],
  ];
}

/** `containerDefinitions[0].image`; a name that would read as several, or as none, is in quotes: `["a.b"]`. */
export function pathText(path: readonly (string | number)[]): string {
  const step = (it: string | number, index: number) => {
    if (typeof it === "number") return `[${it}]`;
    if (!/^[\w$-]+$/.test(it)) return `[${JSON.stringify(it)}]`;
    return index === 0 ? it : `.${it}`;
  };
  return path.map(step).join("");
}

/** The report in Markdown. */
export function conversionReport(conversion: Conversion | ServiceConversion): string {
  const { ask, lost, changed, carried } = conversion;
  const toDaemon = "daemon" in conversion;
  const files: Readonly<Record<ConvertedFile, string>> = {
    taskDefinition: "task definition",
    service: toDaemon ? "service" : "daemon",
  };
  const place = ({ file, path }: Pick<(typeof lost)[number], "file" | "path">) =>
    `\`${pathText(path)}\` of the ${files[file]}`;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? "" : `## ${title}\n\n${lines.map((it) => `- ${it}`).join("\n")}\n\n`;
  return [
    `# Converted to a ${toDaemon ? "managed daemon" : "DAEMON service"}\n\n`,
    section(
      "To be decided",
      ask.map((it) => `\`${it.path}\`: ${it.question}`),
    ),
    section(
      "Lost",
      lost.map((it) => `${place(it)}: ${it.why}`),
    ),
    section(
      "Changed",
      changed.map((it) => `${place(it)}: ${valueText(it.after)}${it.why}`),
    ),
    section(
      "Carried",
      carried.map((it) => `${place(it)}${it.to === undefined ? "" : ` → \`${it.to}\``}`),
    ),
    toDaemon ? section("What is not known yet", unknownsOfDaemons) : "",
  ].join("");
}

function valueText(after: unknown): string {
  const text = after === undefined ? "" : JSON.stringify(after);
  return text === "" || text.length > 80 ? "" : `\`${text}\`. `;
}
