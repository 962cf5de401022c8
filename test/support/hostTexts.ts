// One input of the API written as a resource in other formats: what the tests of templates and Terraform files read.

import { cloudFormationHostNames, inHostNames } from "../../server/src/core/resources/hosts/hostNames";
import {
  serviceArguments,
  taskDefinitionArguments,
} from "../../server/src/core/resources/hosts/terraform/arguments";
import { bodyFor } from "../../server/src/core/resources/hosts/terraform/hostArguments";
import type { NewValue } from "../../server/src/core/source/change";
import { bodyText, inlineHcl } from "../../server/src/core/source/hcl/hclText";
import { unlessUnwritable } from "../../server/src/core/source/writing";

export interface HostText {
  readonly format: string;
  readonly fileName: string;
  readonly text: string;
}

export type Input = Readonly<Record<string, unknown>>;

/** Another resource behind the one in question, which no fix may touch. */
const neighbor = { Type: "AWS::ECS::Service", Properties: { ServiceName: "neighbor", Cluster: "c" } };

/** The input in every format that can hold it. */
export function hostTexts(kind: "taskDefinition" | "service", input: Input): readonly HostText[] {
  const shape = kind === "service" ? "CreateServiceRequest" : "RegisterTaskDefinitionRequest";
  const Properties = inHostNames(input as NewValue, shape, cloudFormationHostNames);
  const Type = kind === "service" ? "AWS::ECS::Service" : "AWS::ECS::TaskDefinition";
  const template = { Resources: { Mine: { Type, Properties }, Neighbor: neighbor } };
  const found: HostText[] = [
    {
      format: "block YAML",
      fileName: "stack.yaml",
      text: `# of a team\n${block(template, 0).trimStart()}# end\n`,
    },
    { format: "double quotes", fileName: "stack.yml", text: `${block(template, 0, true).trimStart()}` },
    { format: "flow YAML", fileName: "flow.yaml", text: flowTemplate(Type, Properties) },
    { format: "JSON", fileName: "stack.template.json", text: `${JSON.stringify(template, undefined, 4)}\n` },
  ];
  for (const format of ["jsonencode", "heredoc", "quoted JSON"] as const) {
    const text = terraform(kind, shape, input, format);
    if (text !== undefined) found.push({ format, fileName: "main.tf", text });
  }
  return found;
}

/** Containers that are written in a local, or in a call that a text wraps: they mean what `jsonencode` of them means. */
export function otherContainers(text: string): readonly string[] {
  const [whole, list] = /jsonencode\((\[[\s\S]*\n {2}\])\)/.exec(text) ?? [];
  if (whole === undefined || list === undefined) return [];
  const inLocal = text.replace(whole, () => "jsonencode(local.containers)");
  return [
    `${inLocal}\nlocals {\n  containers = ${list}\n}\n`,
    text.replace(whole, () => `"\${jsonencode(${list})}"`),
    text.replace(whole, () => `jsonencode(concat(${list}, []))`),
    text.replace(whole, () => `jsonencode(flatten([${list}]))`),
    text.replace(whole, () => `jsonencode(${mergedItems(list)})`),
  ];
}

/** Each item of a list of lines as what a call of merge comes to. */
function mergedItems(list: string): string {
  return list.replace(/^ {6}\{(?=\n)/gm, "      merge({").replace(/^ {6}\},$/gm, "      }, {}),");
}

function flowTemplate(type: string, properties: NewValue): string {
  return `Resources:\n  Mine:\n    Type: ${type}\n    Properties: ${flow(properties)}\n  Neighbor: ${flow(neighbor)}\n`;
}

function scalar(value: unknown, isQuoted: boolean, isFlow: boolean): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const needsQuotes =
    isFlow || isQuoted || !/^[A-Za-z/][\w./-]*(?: [=\w.:,/-]+)*$/.test(value) || /: |:$/.test(value);
  const isWord = /^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value);
  if (!needsQuotes && !isWord) return value;
  return isQuoted || /[\n\t]/.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(value, false, true);
  const entries = Object.entries(value).map(([name, it]) => `${scalar(name, false, true)}: ${flow(it)}`);
  return `{ ${entries.join(", ")} }`;
}

/** A block with a comment on each line of a list. */
function block(value: unknown, indent: number, isQuoted = false): string {
  const pad = " ".repeat(indent);
  if (Array.isArray(value) && value.length > 0)
    return `\n${value.map((it) => `${pad}- ${block(it, indent + 2, isQuoted).trimStart()}`).join("")}`;
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value).map(
      ([name, it]) => `${pad}${scalar(name, false, false)}: ${block(it, indent + 2, isQuoted)}`,
    );
    return `\n${entries.join("")}`;
  }
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "[]\n" : "{}\n";
  return `${scalar(value, isQuoted, false)}${isQuoted ? "" : " # why"}\n`;
}

function terraform(
  kind: "taskDefinition" | "service",
  shape: string,
  { containerDefinitions, ...rest }: Input,
  format: "jsonencode" | "heredoc" | "quoted JSON",
): string | undefined {
  const isService = kind === "service";
  if (isService && format !== "jsonencode") return undefined;
  const table = isService ? serviceArguments : taskDefinitionArguments;
  const { tags: _, ...sent } = rest;
  const text = unlessUnwritable(() => bodyText(bodyFor(table, "", sent as NewValue, shape), "\n", () => ""));
  if (text === undefined) return undefined;
  const containers =
    containerDefinitions === undefined
      ? ""
      : `\n  container_definitions = ${containerList(containerDefinitions, format)}`;
  const inner = text === "{}" ? "{\n}" : text;
  const type = isService ? "aws_ecs_service" : "aws_ecs_task_definition";
  return `# of a team\nresource "${type}" "mine" {${containers}${inner.slice(1)}\n\nresource "aws_ecs_service" "neighbor" {\n  name = "neighbor"\n}\n`;
}

function containerList(value: unknown, format: "jsonencode" | "heredoc" | "quoted JSON"): string {
  if (format === "heredoc")
    return `<<-EOT\n    ${JSON.stringify(value, undefined, 2).replaceAll("\n", "\n    ")}\n  EOT`;
  if (format === "quoted JSON") return inlineHcl(JSON.stringify(value), () => "");
  return `jsonencode(${expression(value, 2)})`;
}

function expression(value: unknown, indent: number): string {
  const pad = `\n${" ".repeat(indent + 2)}`;
  const end = `\n${" ".repeat(indent)}`;
  if (Array.isArray(value) && value.some((it) => typeof it === "object"))
    return `[${value.map((it) => `${pad}${expression(it, indent + 2)},`).join("")}${end}]`;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return inlineHcl(value as NewValue, () => "");
  const entries = Object.entries(value);
  const width = Math.max(...entries.map(([name]) => name.length));
  const key = (name: string) => (/^[a-z]\w*$/i.test(name) ? name.padEnd(width) : JSON.stringify(name));
  return `{${entries.map(([name, it]) => `${pad}${key(name)} = ${expression(it, indent + 2)} # why`).join("")}${end}}`;
}
