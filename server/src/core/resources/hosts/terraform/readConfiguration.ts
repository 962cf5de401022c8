// The ECS resources of a Terraform or OpenTofu file.

import { type HclBlock, readHcl } from "../../../source/hcl/readHcl";
import { type Node, nodeAtPath } from "../../../source/node";
import type { GivenValues } from "../givenValues";
import type { HostedInput } from "../hostedInput";
import { type Host, toApiTree } from "../hostTree";
import { apiInput } from "./apiInput";
import {
  capacityProviderArguments,
  daemonArguments,
  daemonTaskDefinitionArguments,
  serviceArguments,
  taskDefinitionArguments,
} from "./arguments";
import { moduleInputs, moduleSource } from "./moduleInputs";
import { type Names, type ReadFile, terraformHost } from "./terraformHost";

const types = {
  aws_ecs_task_definition: {
    kind: "taskDefinition",
    shape: "RegisterTaskDefinitionRequest",
    table: taskDefinitionArguments,
  },
  aws_ecs_service: { kind: "service", shape: "CreateServiceRequest", table: serviceArguments },
  aws_ecs_daemon_task_definition: {
    kind: "daemonTaskDefinition",
    shape: "RegisterDaemonTaskDefinitionRequest",
    table: daemonTaskDefinitionArguments,
  },
  aws_ecs_daemon: { kind: "daemon", shape: "CreateDaemonRequest", table: daemonArguments },
  aws_ecs_capacity_provider: {
    kind: "capacityProvider",
    shape: "CreateCapacityProviderRequest",
    table: capacityProviderArguments,
  },
} as const;

/** Whether a text may have resources of ECS: one cheap look. */
export function mayBeConfiguration(fileName: string, text: string): boolean {
  const isTerraform = /\.(?:tf|tofu)$/i.test(fileName);
  return (
    isTerraform &&
    (/aws_ecs_(?:(?:daemon_)?task_definition|service|daemon|capacity_provider)\b/.test(text) ||
      moduleSource.test(text))
  );
}

/**
 * The inputs of ECS that a file describes, in its order; `others` are names of the other files of its module, `given`
 * values of variables and of attributes of resources, `readFile` gives what `file()` and `templatefile()` read. Never
 * throws.
 */
export function readConfiguration(
  text: string,
  others: Names = new Map(),
  given: GivenValues = new Map(),
  readFile?: ReadFile,
): readonly HostedInput[] {
  const { blocks } = readHcl(text);
  const names = new Map([...others, ...namesOf(blocks)]);
  const host = terraformHost({ names, given, ...(readFile && { readFile }) });
  return blocks.flatMap((it) => [...inputOf(it, host), ...moduleInputs(it, host)]);
}

/** The locals and variables of a file: what other files of its module may refer to. Never throws. */
export function namesInConfiguration(text: string): Names {
  return /^\s*(?:locals|variable|data)\b/m.test(text) ? namesOf(readHcl(text).blocks) : new Map();
}

/** What the blocks of a file name. */
function namesOf(blocks: readonly HclBlock[]): Names {
  const names = new Map<string, Node>();
  for (const { type, labels, body } of blocks)
    for (const property of body.children ?? []) {
      const [key, value] = property.children ?? [];
      if (value === undefined) continue;
      if (type === "locals") names.set(`local.${String(key?.value)}`, value);
      // The older form of templatefile().
      if (type === "data" && labels[0] === "template_file" && key?.value === "template")
        names.set(`data.template_file.${labels[1]}.rendered`, value);
      if (type === "variable" && key?.value === "default") names.set(`var.${labels[0]}`, value);
      if (type === "variable" && key?.value === "type") names.set(`type of ${labels[0]}`, value);
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
      definitionId: definitionIdOf(
        nodeAtPath(body, [kind === "daemon" ? "daemon_task_definition_arn" : "task_definition"]),
      ),
    },
  ];
}

/** The address in `aws_ecs_task_definition.agent.arn`, with or without an index, in an interpolation too. */
function definitionIdOf(reference: Node | undefined): string | undefined {
  if (reference?.unknown !== true) return undefined;
  const [, id] =
    /^(?:"?\$\{)?\s*(aws_ecs_(?:daemon_)?task_definition\.[\w-]+)/.exec(String(reference.value)) ?? [];
  return id;
}
