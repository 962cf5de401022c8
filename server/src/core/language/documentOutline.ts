// The outline of a task definition, service or fleet: what one looks for in it, by the names its author gave.

import { fleetShape } from "../api/fleetShapes";
import { traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { withoutQuerySecrets } from "../secrets/querySecrets";
import { get, items, type JsonNode, keyOf, looseNumberOf, members, spanOf, stringOf } from "../source/tree";
import type { Span } from "../text/span";

export type OutlineKind = "document" | "list" | "container" | "volume" | "port" | "constraint" | "member";

export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  readonly kind: OutlineKind;
  readonly span: Span;
  /** What is marked when the entry is chosen; inside of `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineEntry[];
}

export function outlineOf(document: Resource): readonly OutlineEntry[] {
  const { input } = document;
  const { label, ofService, shape } = traitsOf(document);
  if (shape === fleetShape) return fleetOutline(document);
  if (input === undefined || ofService === undefined || label === undefined) return [];
  const name = stringOf(get(input, "family") ?? get(input, "serviceName") ?? get(input, "service"));
  const parts = [
    listOf(input, "containerDefinitions", containerEntry),
    listOf(input, "volumes", (it) => namedEntry(it, "volume", volumeDetail(it))),
    listOf(input, "placementConstraints", constraintEntry),
    listOf(input, "loadBalancers", (it) =>
      entry(it, stringOf(get(it, "containerName")) ?? "load balancer", "", "member"),
    ),
  ].filter((it) => it !== undefined);
  const { hosted } = document;
  const root = entry(input, hosted?.id ?? name ?? label, label, "document");
  return [{ ...root, ...(hosted && { nameSpan: hosted.name }), children: parts }];
}

function fleetOutline({ source: { root } }: Resource): readonly OutlineEntry[] {
  const groups = listOf(root, "groups", groupEntry);
  return root === undefined || groups === undefined
    ? []
    : [{ ...entry(root, "fleet", "", "document"), children: [groups] }];
}

/** `40 × m5.large`, with what tells the group from others of its type. */
function groupEntry(group: JsonNode): OutlineEntry {
  const type = stringOf(get(group, "instanceType")) ?? "container instances";
  const zones = items(get(group, "zones")).flatMap((it) => stringOf(it) ?? []);
  const attributes = members(get(group, "attributes")).map((it) =>
    [it.name, ...[stringOf(it.value)].filter((value) => value !== undefined)].join("="),
  );
  const detail = [...zones, ...attributes].slice(0, 10).join(", ");
  return entry(group, `${looseNumberOf(get(group, "count")) ?? 1} × ${type}`, detail, "container");
}

function listOf(
  input: JsonNode | undefined,
  member: string,
  toEntry: (item: JsonNode) => OutlineEntry,
): OutlineEntry | undefined {
  const list = get(input, member);
  if (list === undefined || items(list).length === 0) return undefined;
  const { span } = entry(list, member, "", "list");
  return {
    name: member,
    detail: "",
    kind: "list",
    span,
    nameSpan: spanOf(keyOf(list)),
    children: items(list).map(toEntry),
  };
}

function containerEntry(container: JsonNode): OutlineEntry {
  const children = [
    ...items(get(container, "portMappings")).map((it) => {
      const port = looseNumberOf(get(it, "containerPort"));
      return entry(
        it,
        `port ${port ?? stringOf(get(it, "containerPortRange")) ?? "?"}`,
        stringOf(get(it, "name")) ?? "",
        "port",
      );
    }),
    ...members(container)
      .filter((it) => it.name === "healthCheck" || it.name === "logConfiguration")
      .map((it) => entry(it.value, it.name, stringOf(get(it.value, "logDriver")) ?? "", "member")),
  ];
  return { ...namedEntry(container, "container", stringOf(get(container, "image")) ?? ""), children };
}

function volumeDetail(volume: JsonNode): string {
  return stringOf(get(get(volume, "host"), "sourcePath")) ?? "";
}

function constraintEntry(constraint: JsonNode): OutlineEntry {
  const expression = stringOf(get(constraint, "expression"));
  return entry(
    constraint,
    (expression && withoutQuerySecrets(expression)) || (stringOf(get(constraint, "type")) ?? "constraint"),
    "",
    "constraint",
  );
}

function namedEntry(node: JsonNode, kind: OutlineKind, detail: string): OutlineEntry {
  const nameNode = get(node, "name");
  const made = entry(node, stringOf(nameNode) || kind, detail, kind);
  return nameNode === undefined ? made : { ...made, nameSpan: spanOf(nameNode) };
}

function entry(node: JsonNode, name: string, detail: string, kind: OutlineKind): OutlineEntry {
  const key = keyOf(node);
  const span = { start: Math.min(key.offset, node.offset), end: node.offset + node.length };
  // The protocol wants a name, whatever is in the document.
  return {
    name: name.trim() === "" ? kind : name,
    detail,
    kind,
    span,
    nameSpan: key === node ? { start: span.start, end: Math.min(span.end, span.start + 1) } : spanOf(key),
    children: [],
  };
}
