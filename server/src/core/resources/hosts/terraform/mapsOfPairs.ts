// What the AWS provider has as blocks, and as maps where the API has lists of pairs: tags, and the properties of a proxy.

import { shapeNamed } from "../../../api/apiModel";
import type { Draft, Node } from "../../../source/node";

/** The shapes of such lists, with the names that the two parts of a pair have there. */
const pairParts: Readonly<Record<string, readonly [name: string, value: string]>> = {
  Tags: ["key", "value"],
  ProxyConfigurationProperties: ["name", "value"],
};

/** Whether the API has a list of pairs of the shape where Terraform has a map. */
export function isListOfPairs(shape: string): boolean {
  return Object.hasOwn(pairParts, shape);
}

/** The list of pairs for a map: each pair at its entry, which no change is written to. */
export function listOfPairs(map: Node, shape: string): Node {
  const parts = pairParts[shape] ?? ["name", "value"];
  const { offset, length } = map;
  const list: Draft = { type: "array", offset, length, children: [], locked: true };
  if (map.open) list.open = true;
  for (const entry of map.children ?? []) {
    const [key, value] = entry.children ?? [];
    if (key === undefined || value === undefined || key.unknown) {
      list.open = true;
      continue;
    }
    const pair: Draft = { type: "object", offset: entry.offset, length: entry.length, children: [] };
    pair.parent = list;
    pair.children = [part(parts[0], key, key, pair), part(parts[1], key, value, pair)];
    list.children?.push(pair);
  }
  return list;
}

function part(name: string, key: Node, value: Node, parent: Node): Node {
  const { offset, length } = key;
  const made: Draft = { type: "property", offset, length, parent };
  made.children = [
    { type: "string", offset, length, value: name, parent: made },
    { ...value, parent: made },
  ];
  return made;
}

/** Whether every name and every value of a map is written there. */
export function isWhole(map: Node): boolean {
  const parts = (map.children ?? []).flatMap((it) => it.children ?? []);
  return !map.open && map.type === "object" && parts.every((it) => !it.unknown && it.children === undefined);
}

/** Structures and lists of them are blocks, but for pairs that the provider has as a map. */
export function isBlockShape(shapeName: string): boolean {
  const shape = shapeNamed(shapeName);
  if (isListOfPairs(shapeName) || shapeName === "ContainerDefinitions") return false;
  return (
    shape.type === "structure" || (shape.type === "list" && shapeNamed(shape.item ?? "").type === "structure")
  );
}
