// Files of other tools that describe inputs of ECS in YAML: tasks of Ansible's ecs_taskdefinition and ecs_service, and
// ecs-params.yml of the ECS CLI. Their tables, on the reader of YAML.

import { shapeNamed } from "../../api/apiModel";
import { type Draft, type Node, nodeAtPath } from "../../source/node";
import { readYaml } from "../../source/yaml/readYaml";
import { append } from "../../text/lists";
import type { HostedInput } from "./hostedInput";
import { type Host, toApiTree } from "./hostTree";

const ansibleModule = /^(?:(?:community|amazon)\.aws\.)?ecs_(taskdefinition|service)$/;

/** Whether a text may be one of these files: one cheap look. */
export function mayBeTaskFile(file: string, text: string): boolean {
  if (!/\.ya?ml$/i.test(file)) return false;
  return (
    /^[ \t]*(?:-[ \t]*)?(?:(?:community|amazon)\.aws\.)?ecs_(?:taskdefinition|service)\s*:/m.test(text) ||
    (/(?:^|[/\\])ecs-params[\w.-]*\.ya?ml$/i.test(file) && /\btask_placement\b/.test(text))
  );
}

/** Source: the arguments of community.aws.ecs_taskdefinition and ecs_service that the API has under another name. */
const ansibleNames: Readonly<Record<string, string>> = {
  "RegisterTaskDefinitionRequest.containers": "containerDefinitions",
  "RegisterTaskDefinitionRequest.launch_type": "requiresCompatibilities",
  "CreateServiceRequest.name": "serviceName",
};

/** `network_configuration` of ecs_service is what the API has one level below. */
const nested = new Set(["network_configuration"]);

const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const host: Host = {
  nameOf: (owner, written) => {
    if (shapeNamed(owner).members?.[written] !== undefined) return written;
    return ansibleNames[`${owner}.${written}`] ?? camelCase(written);
  },
  meaningOf: (node, shape) => {
    const isTemplate = node.type === "string" && /\{\{|\{%/.test(String(node.value));
    // `omit` and what Jinja computes.
    if (node.unknown || isTemplate || node.tag !== undefined) return { is: "unknown" };
    if (node.type === "null") return { is: "absent" };
    // A launch type is one text here, and a list in the API.
    return shape === "CompatibilityList" && node.type === "string"
      ? { is: "unknown" }
      : { is: "value", node };
  },
};

/** The inputs that a file describes, in its order. Never throws. */
export function readTaskFile(file: string, text: string): readonly HostedInput[] {
  const { root } = readYaml(text);
  if (/ecs-params[\w.-]*\.ya?ml$/i.test(file)) return placementOf(root);
  const found: HostedInput[] = [];
  collect(root, found, 0);
  return found.map((it, index) => ({ ...it, id: uniqueId(it.id, found.slice(0, index)) }));
}

/** Tasks may have the same name. */
function uniqueId(id: string, before: readonly HostedInput[]): string {
  const same = before.filter((it) => it.id === id).length;
  return same === 0 ? id : `${id} (${same + 1})`;
}

/** Tasks are in lists, at any depth of blocks. */
function collect(node: Node | undefined, found: HostedInput[], depth: number): void {
  if (node === undefined || depth > 40 || found.length >= 200) return;
  if (node.type !== "object") {
    for (const it of node.children ?? []) collect(it, found, depth + 1);
    return;
  }
  for (const { children = [] } of node.children ?? []) {
    const [key, value] = children;
    const [, module] = ansibleModule.exec(String(key?.value)) ?? [];
    if (key === undefined || value === undefined) continue;
    if (module === undefined) collect(value, found, depth + 1);
    else if (value.type === "object") append(found, taskOf(node, key, value, module === "service"));
  }
}

function taskOf(task: Node, key: Node, value: Node, isService: boolean): readonly HostedInput[] {
  if (/^absent|deleting$/.test(String(nodeAtPath(value, ["state"])?.value))) return [];
  const shape = isService ? "CreateServiceRequest" : "RegisterTaskDefinitionRequest";
  const input = toApiTree(withoutOwnArguments(value, shape), shape, host);
  if (input === undefined) return [];
  (input as Draft).open = true;
  const named = nodeAtPath(task, ["name"]) ?? nodeAtPath(value, [isService ? "name" : "family"]);
  const id = named?.type === "string" ? String(named.value) : String(key.value);
  const name = { start: key.offset, end: key.offset + key.length };
  const kind = isService ? "service" : "taskDefinition";
  return [{ id, kind, host: "ansible", input, name, definitionId: undefined }];
}

/** The arguments that the API has: others are those of the module, which checks them itself. */
function withoutOwnArguments(value: Node, shape: string): Node {
  const known = shapeNamed(shape).members ?? {};
  const children = (value.children ?? []).filter((it) => {
    const name = String(it.children?.[0]?.value);
    return !nested.has(name) && Object.hasOwn(known, host.nameOf(shape, name)) && name !== "tags";
  });
  return { ...value, children, origin: { node: value, base: 0 } };
}

/** The placement of `run_params` in ecs-params.yml. */
function placementOf(root: Node | undefined): readonly HostedInput[] {
  const placement = nodeAtPath(root, ["run_params", "task_placement"]);
  if (placement?.type !== "object") return [];
  const children = (placement.children ?? []).flatMap((it) => {
    const [key, value] = it.children ?? [];
    const name = placementNames[String(key?.value)];
    return key && value && name
      ? [{ ...it, children: [{ ...key, value: name }, value], origin: { node: it, base: 0 } }]
      : [];
  });
  const own: Node = { ...placement, children, open: true, origin: { node: placement, base: 0 } };
  const input = toApiTree(own, "CreateServiceRequest", host);
  if (input === undefined) return [];
  const { offset, length } = placement;
  return [
    {
      id: "task_placement",
      kind: "service",
      host: "ecsParams",
      input,
      name: { start: offset, end: offset + Math.min(1, length) },
      definitionId: undefined,
    },
  ];
}

const placementNames: Readonly<Record<string, string>> = {
  constraints: "placementConstraints",
  strategy: "placementStrategy",
};
