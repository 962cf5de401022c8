// The ECS resources of a Terraform or OpenTofu file.

import { type HclBlock, readHcl } from "../../../source/hcl/readHcl";
import { type Node, nodeAtPath } from "../../../source/node";
import { embeddedJson } from "../embeddedJson";
import type { HostedInput } from "../hostedInput";
import { type Host, type Meaning, toApiTree } from "../hostTree";
import { apiInput } from "./apiInput";
import { serviceArguments, taskDefinitionArguments } from "./arguments";

const types = {
  aws_ecs_task_definition: {
    kind: "taskDefinition",
    shape: "RegisterTaskDefinitionRequest",
    table: taskDefinitionArguments,
  },
  aws_ecs_service: { kind: "service", shape: "CreateServiceRequest", table: serviceArguments },
} as const;

/** Values of locals and defaults of variables, by `local.x` and `var.x`; those of other files of the module count. */
export type Names = ReadonlyMap<string, Node>;

/** Whether a text may have resources of ECS: one cheap look. */
export function mayBeConfiguration(fileName: string, text: string): boolean {
  return /\.(?:tf|tofu)$/i.test(fileName) && /aws_ecs_(?:task_definition|service)\b/.test(text);
}

/** The inputs of ECS that a file describes, in its order; `others` are names of the other files. Never throws. */
export function readConfiguration(text: string, others: Names = new Map()): readonly HostedInput[] {
  const { blocks } = readHcl(text);
  const host = terraformHost(new Map([...others, ...namesOf(blocks)]));
  return blocks.flatMap((it) => inputOf(it, host));
}

/** What the blocks of a file name. */
function namesOf(blocks: readonly HclBlock[]): Names {
  const names = new Map<string, Node>();
  for (const { type, labels, body } of blocks)
    for (const property of body.children ?? []) {
      const [key, value] = property.children ?? [];
      if (value === undefined) continue;
      if (type === "locals") names.set(`local.${String(key?.value)}`, value);
      if (type === "variable" && key?.value === "default") names.set(`var.${labels[0]}`, value);
    }
  return names;
}

function inputOf({ type, labels, body, offset, headerLength }: HclBlock, host: Host): readonly HostedInput[] {
  const [name, label] = labels;
  const known = type === "resource" && name !== undefined && Object.hasOwn(types, name);
  if (!known || label === undefined) return [];
  const { kind, shape, table } = types[name as keyof typeof types];
  const input = toApiTree(apiInput(body, shape, table), shape, host, 0);
  if (input === undefined) return [];
  return [
    {
      id: `${name}.${label}`,
      kind,
      host: "terraform",
      input,
      name: { start: offset, end: offset + headerLength },
      definitionId: definitionIdOf(nodeAtPath(body, ["task_definition"])),
    },
  ];
}

/** The address in `aws_ecs_task_definition.agent.arn`, with or without an index, in an interpolation too. */
function definitionIdOf(reference: Node | undefined): string | undefined {
  if (reference?.unknown !== true) return undefined;
  const [, label] = /^(?:"?\$\{)?\s*aws_ecs_task_definition\.([\w-]+)/.exec(String(reference.value)) ?? [];
  return label && `aws_ecs_task_definition.${label}`;
}

function terraformHost(names: Names): Host {
  return {
    // The arguments have the API's names by now, and a container list has them anyway.
    nameOf: (_owner, written) => written,
    meaningOf: (node, shape) => meaningOf(node, shape, names, 0),
    keepsTypes: (shape) => shape === "ContainerDefinitions",
  };
}

/** A local may be another one's name: so many steps are followed. */
const mostSteps = 8;

function meaningOf(node: Node, shape: string, names: Names, steps: number): Meaning {
  if (node.tag === "jsonencode") {
    const [value] = node.children ?? [];
    return value === undefined ? { is: "unknown" } : meaningOf(value, shape, names, steps + 1);
  }
  if (node.tag !== undefined) return { is: "unknown" };
  if (node.type === "null") return { is: "absent" };
  // A map of names and values here, a list of pairs in the API.
  if (shape === "ProxyConfigurationProperties") return { is: "unknown" };
  const found = node.unknown && typeof node.value === "string" ? names.get(node.value) : undefined;
  if (found !== undefined && steps < mostSteps) return namedValue(node, found, shape, names, steps);
  if (shape === "ContainerDefinitions" && node.type === "string") {
    const list = node.content === undefined ? undefined : embeddedJson(node);
    return list === undefined ? { is: "unknown" } : { is: "value", node: list };
  }
  if (shape === "AssignPublicIp" && node.type === "boolean")
    return {
      is: "value",
      node: { ...node, type: "string", value: node.value === true ? "ENABLED" : "DISABLED" },
    };
  return node.unknown ? { is: "unknown" } : { is: "value", node };
}

/** The value of a local is the value; that of a variable is only its default. */
function namedValue(node: Node, found: Node, shape: string, names: Names, steps: number): Meaning {
  const meaning = meaningOf(found, shape, names, steps + 1);
  if (meaning.is !== "value") return meaning.is === "absent" ? { is: "unknown" } : meaning;
  const isLeaf = meaning.node.children === undefined;
  const value = isLeaf
    ? { type: meaning.node.type, value: meaning.node.value, offset: node.offset, length: node.length }
    : meaning.node;
  if (String(node.value).startsWith("var.")) return { is: "unknown", fallback: value };
  // What a local holds elsewhere in the file is shown there.
  return { is: "value", node: value };
}
