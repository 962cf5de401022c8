// Calls of the module terraform-aws-modules/ecs: the containers and placement constraints that are written in them.

import { shapeNamed } from "../../../api/apiModel";
import type { HclBlock } from "../../../source/hcl/readHcl";
import { type Draft, type Node, nodeAtPath } from "../../../source/node";
import { spanOf } from "../../../source/tree";
import { isService } from "../../kinds/registry";
import type { HostedInput } from "../hostedInput";
import { type Host, toApiTree } from "../hostTree";

/** The sources of the module, from the registry and from its repository. */
export const moduleSource = /terraform-aws-modules\/(?:terraform-aws-)?ecs\b/;

const lists = [
  ["placement_constraints", "service", "CreateServiceRequest"],
  ["task_definition_placement_constraints", "taskDefinition", "RegisterTaskDefinitionRequest"],
] as const;

/** The inputs that a call of the module has a part of; their other properties are the module's. */
export function moduleInputs({ type, labels, body }: HclBlock, host: Host): readonly HostedInput[] {
  const source = nodeAtPath(body, ["source"]);
  if (type !== "module" || !moduleSource.test(String(source?.value))) return [];
  const id = `module.${labels[0] ?? ""}`;
  const services = nodeAtPath(body, ["services"])?.children ?? [];
  const calls = services.flatMap(({ children: [key, value] = [] }) =>
    key && value?.type === "object" ? [[`${id}.services.${String(key.value)}`, value] as const] : [],
  );
  return [[id, body] as const, ...calls].flatMap(([id, node]) => inputsOf(id, node, host));
}

/** The inputs that one service of the module has a part of. */
function inputsOf(id: string, body: Node, host: Host): readonly HostedInput[] {
  const part = (argument: string, name: string, read: (value: Node) => Node | undefined) => {
    const property = body.children?.find((it) => it.children?.[0]?.value === argument);
    const [key, written] = property?.children ?? [];
    const value = written?.children === undefined || written.tag !== undefined ? undefined : read(written);
    if (property === undefined || key === undefined || value === undefined) return undefined;
    const renamed: Draft = {
      ...property,
      children: [{ ...key, value: name }, value],
      origin: { node: property, base: 0 },
    };
    const origin = { node: body, base: 0, isGroup: true } as const;
    const own: Node = { ...body, children: [renamed], open: true, origin };
    return { own, id: `${id}.${argument}`, name: spanOf(key) };
  };
  const containers = part("container_definitions", "containerDefinitions", containersOf);
  const constraints = lists.flatMap(([argument, kind, shape]): readonly HostedInput[] => {
    const found = part(argument, "placementConstraints", (it) => (it.type === "array" ? it : valuesOf(it)));
    const input = found && toApiTree(found.own, shape, host);
    if (found === undefined || input === undefined) return [];
    const definitionId = isService({ kind }) ? containers?.id : undefined;
    return [{ id: found.id, kind, host: "terraform", input, name: found.name, definitionId }];
  });
  // The module converts values to the types that it declares.
  const converting: Host = { ...host, keepsTypes: () => false };
  const input = containers && toApiTree(containers.own, "RegisterTaskDefinitionRequest", converting);
  if (containers === undefined || input === undefined) return constraints;
  return [
    ...constraints,
    {
      id: containers.id,
      kind: "taskDefinition",
      host: "terraform",
      input,
      name: containers.name,
      definitionId: undefined,
    },
  ];
}

/** Later versions of the module have a map of constraints. */
function valuesOf(map: Node): Node {
  const children = (map.children ?? []).flatMap((it) => it.children?.[1] ?? []);
  return { ...map, type: "array", children, sealed: true };
}

/** The module's map of containers by their names as a list; it adds what is not given. */
function containersOf(map: Node): Node | undefined {
  if (map.type !== "object") return undefined;
  const children = (map.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key !== undefined && value?.type === "object" && value.tag === undefined ? [containerOf(key, value)] : [],
  );
  const isWhole = children.length === (map.children ?? []).length && !map.open;
  return { ...map, type: "array", children, sealed: true, ...(!isWhole && { open: true as const }) };
}

/** Its arguments have other names in other versions of the module: only the values of those that are there are changed. */
function containerOf(key: Node, value: Node): Node {
  const known = shapeNamed("ContainerDefinition").members ?? {};
  const children = (value.children ?? []).flatMap((property): readonly Node[] => {
    const [written, inner] = property.children ?? [];
    const name = String(written?.value).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    // What ECS has no property for is the module's.
    if (written === undefined || inner === undefined || !Object.hasOwn(known, name)) return [];
    return [{ ...property, children: [{ ...written, value: name }, inner] }];
  });
  const isNamed = children.some((it) => it.children?.[0]?.value === "name");
  const { offset, length } = key;
  const name: Node = {
    type: "property",
    offset,
    length,
    children: [
      { ...key, value: "name" },
      { ...key, locked: true },
    ],
  };
  return { ...value, open: true, sealed: true, children: isNamed ? children : [name, ...children] };
}
