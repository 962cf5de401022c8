// Calls of the module terraform-aws-modules/ecs: the placement constraints that are written in them.

import type { HclBlock } from "../../../source/hcl/readHcl";
import { type Node, nodeAtPath } from "../../../source/node";
import type { HostedInput } from "../hostedInput";
import { type Host, toApiTree } from "../hostTree";

type Draft = { -readonly [K in keyof Node]: Node[K] };

/** The sources of the module, from the registry and from its repository. */
export const moduleSource = /terraform-aws-modules\/(?:terraform-aws-)?ecs\b/;

const lists = [
  ["placement_constraints", "service", "CreateServiceRequest"],
  ["task_definition_placement_constraints", "taskDefinition", "RegisterTaskDefinitionRequest"],
] as const;

/** The inputs that a call of the module has a part of; their other properties are the module's. */
export function moduleInputs(
  { type, labels, body }: HclBlock,
  host: Host,
  base: number,
): readonly HostedInput[] {
  const source = nodeAtPath(body, ["source"]);
  if (type !== "module" || !moduleSource.test(String(source?.value))) return [];
  return lists.flatMap(([name, kind, shape]): readonly HostedInput[] => {
    const property = body.children?.find((it) => it.children?.[0]?.value === name);
    const [key, value] = property?.children ?? [];
    if (
      property === undefined ||
      key === undefined ||
      value?.children === undefined ||
      value.tag !== undefined
    )
      return [];
    const list = value.type === "array" ? value : valuesOf(value);
    const renamed: Draft = {
      ...property,
      children: [{ ...key, value: "placementConstraints" }, list],
      origin: { node: property, base: 0 },
    };
    const own: Node = {
      ...body,
      children: [renamed],
      open: true,
      origin: { node: body, base: 0, isGroup: true },
    };
    const input = toApiTree(own, shape, host, base);
    if (input === undefined) return [];
    const start = key.offset + base;
    const span = { start, end: start + key.length };
    const id = `module.${labels[0] ?? ""}.${name}`;
    return [{ id, kind, host: "terraform", input, name: span, definitionId: undefined }];
  });
}

/** Later versions of the module have a map of constraints. */
function valuesOf(map: Node): Node {
  const children = (map.children ?? []).flatMap((it) => it.children?.[1] ?? []);
  return { ...map, type: "array", children, locked: true };
}
