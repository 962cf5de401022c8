// The ECS resources of a Terraform or OpenTofu file.

import type { HclBlock } from "../../../source/hcl/readHcl";
import { type Need, type Node, nodeAtPath } from "../../../source/node";
import { referredDefinition } from "../definitions";
import { type GivenValues, movedBy } from "../givenValues";
import type { HostedInput } from "../hostedInput";
import { type Host, toApiTree } from "../hostTree";
import { readAnew, rememberParts } from "../partInputs";
import { apiInput } from "./apiInput";
import {
  capacityProviderArguments,
  daemonArguments,
  daemonTaskDefinitionArguments,
  serviceArguments,
  taskDefinitionArguments,
} from "./arguments";
import { type BlockSlice, blockSlices } from "./blockSlices";
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
  const slices = blockSlices(text);
  const module = { own: namesOf(slices), others, given, readFile };
  const inputsOfSlice = given.size > 0 ? readAnew : remembered;
  return slices.flatMap(({ text, base, blocks }) =>
    inputsOfSlice(
      text,
      base,
      (seen) => isSame(seen, module, base),
      () => {
        const seen = { names: new Map(), files: new Map() };
        return { inputs: blocks.flatMap((it) => inputsOf(it, module, base, seen)), seen };
      },
    ),
  );
}

/** What the blocks of a file may refer to. */
interface Surroundings {
  readonly own: ReadonlyMap<string, OwnName>;
  readonly others: Names;
  readonly given: GivenValues;
  readonly readFile: ReadFile | undefined;
}

/** What was looked up while a block was read. */
interface Seen {
  readonly names: Map<string, FoundName>;
  readonly files: Map<string, string | undefined>;
}

interface FoundName {
  readonly node: Node | undefined;
  /** From the block to what counts the offsets of a name of the same file. */
  readonly distance: number | undefined;
}

/** Whether a value has parts that are shown where they are written: a list, an object, or a text of JSON. */
function hasPlaces({ children, type, value }: Node): boolean {
  return children !== undefined || (type === "string" && /["{]|^\s*\[/.test(String(value)));
}

const remembered = rememberParts<Seen>(400);

/** Whether all that was looked up is as it was. */
function isSame(seen: Seen, module: Surroundings, base: number): boolean {
  for (const [name, { node, distance }] of seen.names) {
    const now = lookUp(name, module, base);
    if (now.node !== node || (now.distance === undefined) !== (distance === undefined)) return false;
    if (node !== undefined && hasPlaces(node) && now.distance !== distance) return false;
  }
  for (const [path, text] of seen.files) if (module.readFile?.(path) !== text) return false;
  return true;
}

/** A name of the file, which hides those of others. */
function lookUp(name: string, { own, others }: Surroundings, base: number): FoundName {
  const found = own.get(name);
  return found === undefined
    ? { node: others.get(name), distance: undefined }
    : { node: found.node, distance: found.base - base };
}

/** The inputs of a block whose offsets count from `base`. */
function inputsOf(block: HclBlock, module: Surroundings, base: number, seen: Seen): readonly HostedInput[] {
  const listFiles: string[] = [];
  const host = terraformHost({
    names: {
      get(name) {
        const found = lookUp(name, module, base);
        seen.names.set(name, found);
        return found.node && movedBy(found.node, found.distance ?? 0);
      },
    },
    isOwn: (name) => module.own.has(name),
    given: module.given,
    readFile(path) {
      listFiles.push(path);
      const text = module.readFile?.(path);
      seen.files.set(path, text);
      return text;
    },
  });
  const inputs = [...inputOf(block, host), ...moduleInputs(block, host)];
  return listFiles.length === 0 ? inputs : inputs.map((input) => ({ ...input, listFiles }));
}

/** The locals and variables of a file: what other files of its module may refer to. Never throws. */
export function namesInConfiguration(text: string): Names {
  if (!/^[ \t]*(?:locals|variable|data)\b/m.test(text)) return new Map();
  return new Map([...namesOf(blockSlices(text))].map(([name, { node }]) => [name, node]));
}

interface OwnName {
  readonly node: Node;
  /** What the offsets of the node count from. */
  readonly base: number;
}

/** What the blocks of a file name. */
function namesOf(slices: readonly BlockSlice[]): ReadonlyMap<string, OwnName> {
  const names = new Map<string, OwnName>();
  for (const { base, blocks } of slices)
    for (const block of blocks) for (const [name, node] of namesIn(block)) names.set(name, { node, base });
  return names;
}

function namesIn({ type, labels, body }: HclBlock): readonly (readonly [string, Node])[] {
  return (body.children ?? []).flatMap((property): readonly (readonly [string, Node])[] => {
    const [key, value] = property.children ?? [];
    if (value === undefined) return [];
    if (type === "locals") return [[`local.${String(key?.value)}`, value]];
    // The older form of templatefile().
    if (type === "data" && labels[0] === "template_file" && key?.value === "template")
      return [[`data.template_file.${labels[1]}.rendered`, value]];
    if (type === "variable" && key?.value === "default") return [[`var.${labels[0]}`, value]];
    if (type === "variable" && key?.value === "type") return [[`type of ${labels[0]}`, value]];
    return [];
  });
}

function inputOf(block: HclBlock, host: Host): readonly HostedInput[] {
  const { type, labels, body, offset, headerLength } = block;
  const [name, label] = labels;
  const known = type === "resource" && name !== undefined && Object.hasOwn(types, name);
  if (!known || label === undefined) return [];
  const { kind, shape, table } = types[name as keyof typeof types];
  const input = toApiTree(
    apiInput(body, shape, table, (it) => host.meaningOf(it, "document")),
    shape,
    host,
  );
  if (input === undefined) return [];
  const reference = nodeAtPath(body, [
    shape === "CreateDaemonRequest" ? "daemon_task_definition_arn" : "task_definition",
  ]);
  const absent = absentBy(nodeAtPath(body, ["count"]), host);
  return [
    {
      id: `${name}.${label}`,
      kind,
      host: "terraform",
      input,
      name: { start: offset, end: offset + headerLength },
      ...referredDefinition(reference, host, definitionIdOf),
      ...(absent && { absent }),
    },
  ];
}

/** What makes the count of a resource 0. */
function absentBy(count: Node | undefined, host: Host): readonly Need[] | undefined {
  const meaning = count && host.meaningOf(count, "Integer");
  if (meaning?.is === "value") return meaning.node.value === 0 ? [] : undefined;
  return meaning?.is === "unknown" && meaning.fallback?.value === 0 ? meaning.needs : undefined;
}

/**
 * The address in `aws_ecs_task_definition.agent.arn`, with or without an index, in an interpolation too, and in a call or
 * a list where nothing but texts stands beside it: `one(aws_ecs_task_definition.agent[*].arn)`.
 */
function definitionIdOf(reference: Node): string | undefined {
  const [only, ...others] = new Set(definitionIdsIn(reference, 0));
  return others.length === 0 ? only : undefined;
}

/** Calls in calls are followed so far. */
const deepestCall = 6;

/** `undefined` where something else may be meant. */
function definitionIdsIn(node: Node, depth: number): readonly string[] | undefined {
  const { children = [], type, unknown, open, branches } = node;
  if (depth > deepestCall || open || branches !== undefined) return undefined;
  if (type === "array") {
    const parts = children.map((it) => definitionIdsIn(it, depth + 1));
    return parts.includes(undefined) ? undefined : parts.flatMap((it) => it ?? []);
  }
  if (unknown !== true) return node.children === undefined ? [] : undefined;
  const [, id] =
    /^(?:"?\$\{)?\s*(aws_ecs_(?:daemon_)?task_definition\.[\w-]+)/.exec(String(node.value)) ?? [];
  return id === undefined ? undefined : [id];
}
