// The names that parts of a document give each other (containers, volumes, ports, families), where each is declared
// and where it is used: what "go to definition", "find references" and "rename" work on.

import { attributeName } from "../query/subjects";
import type { Expression, Subject } from "../query/syntax";
import { familyOfReference } from "../resources/documentNames";
import { traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { contentMapOf, get, items, type JsonNode, members, stringOf } from "../source/tree";
import { append } from "../text/lists";
import type { Span } from "../text/span";
import { expressionsOf } from "./expressions/expressions";

const nameKinds = ["container", "volume", "port", "family", "attribute"] as const;
export type NameKind = (typeof nameKinds)[number];

export interface NameUse {
  readonly kind: NameKind;
  readonly name: string;
  /** The name itself, without quotes: of `"agent:3"` the `agent`. */
  readonly span: Span;
  readonly isDeclaration: boolean;
}

/** Every use of a name in a task definition or service, in the order of their kinds. */
export function namesIn(document: Resource): readonly NameUse[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const found = [...declaredNames(document), ...attributeNames(document)];
  remembered.set(document, found);
  return found;
}

function declaredNames(document: Resource): readonly NameUse[] {
  const { hasContainers, ofService } = traitsOf(document);
  if (hasContainers) return taskDefinitionNames(document);
  return ofService === "service" ? serviceNames(document) : [];
}

/** Attributes in expressions, and those that a fleet gives its container instances. */
function attributeNames(document: Resource): readonly NameUse[] {
  if (traitsOf(document).hasGroups) return fleetAttributes(document);
  return expressionsOf(document).flatMap((expression) =>
    subjectsIn(expression.query().tree).flatMap((subject): NameUse[] => {
      if (subject.kind !== "attribute" || subject.template || subject.name === "") return [];
      const span = expression.toDocumentSpan(subject.nameSpan);
      return [{ kind: "attribute", name: subject.name, span, isDeclaration: false }];
    }),
  );
}

function fleetAttributes({ source: { root } }: Resource): readonly NameUse[] {
  return items(get(root, "groups")).flatMap((group) =>
    members(get(group, "attributes")).map(({ name, key }): NameUse => {
      const span = { start: key.offset + 1, end: key.offset + key.length - 1 };
      return { kind: "attribute", name, span, isDeclaration: true };
    }),
  );
}

function subjectsIn(tree: Expression): readonly Subject[] {
  const found: Subject[] = [];
  const open: Expression[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "comparison") found.push(node.subject);
    else if (node.kind === "and" || node.kind === "or") append(open, [...node.operands].reverse());
    else if (node.kind === "not" || node.kind === "group") open.push(node.operand);
  }
  return found;
}

const remembered = new WeakMap<Resource, readonly NameUse[]>();

/** The name that stands at an offset; its end counts, so that a cursor behind the last letter finds it. */
export function nameAt(document: Resource, offset: number): NameUse | undefined {
  return namesIn(document).find((it) => it.span.start <= offset && offset <= it.span.end);
}

function taskDefinitionNames({ input, source: { text } }: Resource): readonly NameUse[] {
  const uses = collector(text);
  uses.add("family", get(input, "family"), true);
  for (const volume of items(get(input, "volumes"))) uses.add("volume", get(volume, "name"), true);
  uses.add("container", get(get(input, "proxyConfiguration"), "containerName"), false);
  for (const container of items(get(input, "containerDefinitions"))) {
    uses.add("container", get(container, "name"), true);
    for (const mapping of items(get(container, "portMappings"))) uses.add("port", get(mapping, "name"), true);
    for (const mount of items(get(container, "mountPoints")))
      uses.add("volume", get(mount, "sourceVolume"), false);
    for (const from of items(get(container, "volumesFrom")))
      uses.add("container", get(from, "sourceContainer"), false);
    for (const dependency of items(get(container, "dependsOn")))
      uses.add("container", get(dependency, "containerName"), false);
    // A link is `name` or `name:alias`.
    for (const link of items(get(container, "links")))
      uses.add("container", link, false, (it) => it.split(":")[0]);
  }
  return uses.all();
}

function serviceNames({ input, source: { text } }: Resource): readonly NameUse[] {
  const uses = collector(text);
  uses.add("family", get(input, "taskDefinition"), false, familyOfReference);
  for (const list of ["loadBalancers", "serviceRegistries"])
    for (const entry of items(get(input, list))) uses.add("container", get(entry, "containerName"), false);
  for (const volume of items(get(input, "volumeConfigurations")))
    uses.add("volume", get(volume, "name"), false);
  for (const service of items(get(get(input, "serviceConnectConfiguration"), "services")))
    uses.add("port", get(service, "portName"), false);
  for (const lattice of items(get(input, "vpcLatticeConfigurations")))
    uses.add("port", get(lattice, "portName"), false);
  return uses.all();
}

function collector(text: string) {
  const uses: NameUse[] = [];
  return {
    all: () => uses,
    add: (
      kind: NameKind,
      node: JsonNode | undefined,
      isDeclaration: boolean,
      part: (whole: string) => string | undefined = (it) => it,
    ) => {
      const whole = stringOf(node);
      if (node === undefined || whole === undefined) return;
      const name = part(whole);
      if (name === undefined || name === "") return;
      // The family of an ARN stands behind its last slash; every other name begins its string.
      const start = whole.startsWith("arn:") ? whole.lastIndexOf("/") + 1 : 0;
      const end = start + name.length;
      const inner = { start: node.offset + 1 + start, end: node.offset + 1 + end };
      // Escapes make the text longer than the name; most names have none.
      const span =
        node.content === undefined && node.length === whole.length + 2
          ? inner
          : contentMapOf(text, node).toDocument({ start, end });
      uses.push({ kind, name, span, isDeclaration });
    },
  };
}

/** Why a text cannot be such a name; `undefined` where it can. Source: the API reference. */
export function problemOfName(kind: NameKind, name: string): string | undefined {
  if (kind === "attribute")
    return attributeName.test(name)
      ? undefined
      : `'${name}' cannot name an attribute: write up to 128 letters, digits, hyphens, underscores, slashes, backslashes and periods.`;
  if (kind === "port")
    return /^(?!-)[a-z0-9_-]{1,64}$/.test(name)
      ? undefined
      : `'${name}' cannot name a port: write up to 64 lowercase letters, digits, hyphens and underscores, not beginning with a hyphen.`;
  return /^[A-Za-z0-9_-]{1,255}$/.test(name)
    ? undefined
    : `'${name}' cannot name a ${kind}: write up to 255 letters, digits, hyphens and underscores.`;
}

/** Whether somebody else gave the name, so that it cannot be changed here: an attribute of ECS itself. */
export function isFixedName({ kind, name }: NameUse): boolean {
  return kind === "attribute" && /^(?:ecs\.|com\.amazonaws\.)/.test(name);
}
