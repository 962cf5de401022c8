// Lists of containers: `[{ "name", "image", … }]`, the containers of a task definition that is written elsewhere, as
// JSON with the placeholders of Terraform's templates.

import { parseJson } from "../../source/json/parseJson";
import type { Draft, Node } from "../../source/node";
import type { Damage } from "../../source/source";
import { items, members } from "../../source/tree";
import type { HostedInput } from "./hostedInput";
import { apiNameOf } from "./hostNames";
import { type Host, toApiTree } from "./hostTree";

/** Properties of a container of ECS that items of other tools' lists with names and images do not have. */
const distinctive =
  "essential portMappings mountPoints volumesFrom logConfiguration memoryReservation environmentFiles linuxParameters firelensConfiguration dockerLabels repositoryCredentials healthCheck ulimits entryPoint dependsOn".split(
    " ",
  );
const anyDistinctive = new RegExp(`"(?:${distinctive.join("|")})"`);

/** Whether a text may be a list of containers: one cheap look. */
export function mayBeContainerList(file: string, text: string): boolean {
  return (
    /\.(?:json|json\.\w+|tpl|tftpl)$/i.test(file) && /^\ufeff?\s*\[/.test(text) && anyDistinctive.test(text)
  );
}

const host: Host = {
  // Terraform's AWS provider matches names without regard to case.
  nameOf: apiNameOf,
  meaningOf: (node) => {
    if (node.unknown) return { is: "unknown" };
    return node.type === "null" ? { is: "absent" } : { is: "value", node };
  },
  keepsTypes: () => true,
};

/** The list in a text; `undefined` where it is none, or is not JSON before it is filled in. */
export function listOfContainers(text: string): Node | undefined {
  return wholeList(text)?.root;
}

/** The list with what is wrong with it as JSON: comments and commas too many leave it whole. */
function wholeList(text: string): { readonly root: Node; readonly damage: Damage | undefined } | undefined {
  const json = withoutDirectives(text);
  if (json === undefined) return undefined;
  const { root, isDamaged, problems } = parseJson(json, true);
  if (root?.type !== "array" || isDamaged) return undefined;
  // Directives write commas, and comments may be among them.
  if (json === text) return { root, damage: problems.length > 0 ? { problems } : undefined };
  root.open = true;
  return { root, damage: undefined };
}

/** A string of JSON, one that is not closed to the end of its line, or a directive of Terraform outside strings. */
const stringOrDirective = /"(?:[^"\\\n]|\\.)*"?|%\{~?\s*(?:for|endfor|if|endif)\b[^{}\n]*\}|%\{/g;

/** Directives of Terraform (`%{ for … }`) repeat or leave out what is between them; `undefined` with other directives. */
function withoutDirectives(text: string): string | undefined {
  if (!text.includes("%{")) return text;
  let isReadable = true;
  const blank = text.replace(stringOrDirective, (found) => {
    if (found === "%{") isReadable = false;
    return found.startsWith('"') ? found : " ".repeat(found.length);
  });
  return isReadable ? blank : undefined;
}

/** Whether all containers of a list that is read as a whole are written in its text: directives repeat some. */
export function isWrittenOut(text: string): boolean {
  return withoutDirectives(text) === text;
}

export interface ContainerListFile {
  readonly inputs: readonly HostedInput[];
  /** What is wrong with the text as JSON. */
  readonly damage: Damage | undefined;
}

/** The containers as an input whose other properties nobody can see here; none where the list is another one's. */
export function readContainerList(text: string): ContainerListFile {
  const whole = wholeList(text);
  // A slip leaves the list a list; where a template fills it in, it may be no JSON before.
  const repaired = whole === undefined && !/[$%]\{|\{\{/.test(text) ? parseJson(text, true) : undefined;
  const root = whole?.root ?? repaired?.root;
  if (root?.type !== "array" || !isContainerList(root)) return { inputs: [], damage: undefined };
  const list = toApiTree(root, "ContainerDefinitions", host);
  return { inputs: list === undefined ? [] : inputsOf(list, root), damage: whole?.damage ?? repaired };
}

function inputsOf(list: Node, root: Node): readonly HostedInput[] {
  return [
    {
      id: "containerDefinitions",
      kind: "taskDefinition",
      host: "containerList",
      input: definitionOf(list),
      name: { start: root.offset, end: root.offset + 1 },
      definitionId: undefined,
    },
  ];
}

function isContainerList(root: Node): boolean {
  const found = items(root).filter((it) => it.type === "object");
  if (found.length === 0 || found.length < items(root).filter((it) => !it.unknown).length) return false;
  const namesOf = (item: Node) => members(item).map((it) => it.name);
  const isContainer = (item: Node) => ["name", "image"].every((it) => namesOf(item).includes(it));
  return (
    found.some(isContainer) && found.some((item) => namesOf(item).some((it) => distinctive.includes(it)))
  );
}

/**
 * The definition around the list: open, because its other properties are written elsewhere. So may be more containers:
 * what reads the list can add some.
 */
function definitionOf(list: Node): Node {
  const { offset, length } = list;
  (list as Draft).open = true;
  const origin = { node: list, base: 0, isGroup: true } as const;
  const input: Draft = { type: "object", offset, length, open: true, children: [], origin };
  const key: Draft = { type: "string", offset, length: 0, value: "containerDefinitions" };
  const property: Draft = { type: "property", offset, length, children: [key, list], parent: input };
  key.parent = property;
  (list as Draft).parent = property;
  input.children?.push(property);
  return input;
}
