// Holds the fixes of templates and Terraform files to those of JSON: the same input with the same fix comes to the same
// value, whatever format it is written in, and the fixed file is read by parsers that are not ours.

import { isDeepStrictEqual } from "node:util";
import { parse as parseHcl } from "@cdktf/hcl2json";
import { parse as parseYaml } from "yaml";
import { openResources } from "../../server/src/core/resources/openResources";
import { openResource, type Resource } from "../../server/src/core/resources/resource";
import type { Fix } from "../../server/src/core/rules/diagnostic";
import { validateDocument } from "../../server/src/core/rules/validate";
import type { TextEdit } from "../../server/src/core/source/change";
import { readHcl } from "../../server/src/core/source/hcl/readHcl";
import type { Node } from "../../server/src/core/source/node";
import { readYaml } from "../../server/src/core/source/yaml/readYaml";
import { plain } from "../unit/source/trees";

export interface CheckedFixes {
  /** Fixes that have an equal in JSON. */
  readonly compared: number;
  readonly problems: readonly string[];
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce((it, { span, newText }) => it.slice(0, span.start) + newText + it.slice(span.end), text);
}

/** What is wrong with the fixes of a file. */
export async function checkFixes(fileName: string, text: string): Promise<CheckedFixes> {
  const resources = openResources(fileName, text);
  const problems: string[] = [];
  let compared = 0;
  for (const resource of resources) {
    if (resource.input === undefined || resource.hosted === undefined) continue;
    const asJson = jsonOf(resource);
    const expected = fixesOf(asJson);
    for (const [key, fix] of fixesOf(resource)) {
      const fixed = applied(text, fix.edits);
      const name = `${fileName}#${resource.hosted.id}: ${key}`;
      const unread = (await whyUnread(fileName, fixed)) ?? (await whyOtherwiseRead(fileName, fixed));
      if (unread !== undefined) problems.push(`${name}: ${unread}\n${changedLines(text, fixed)}`);
      const after = openResources(fileName, fixed);
      for (const [index, other] of resources.entries()) {
        if (other !== resource && shown(other.input) !== shown(after[index]?.input))
          problems.push(`${name} changes ${other.hosted?.id}`);
      }
      const inJson = expected.get(key);
      if (inJson === undefined) continue;
      compared += 1;
      const { host } = resource.hosted;
      const wanted = shown(
        openResource(asJson.source.file, applied(asJson.source.text, inJson.edits)).input,
        host,
      );
      const found = shown(after[resources.indexOf(resource)]?.input, host);
      // A misspelt block is an object until it has its name, and then an item of a list.
      const isRename = resource.hosted.host === "terraform" && key.startsWith("misspelt-member");
      if (wanted !== found && !(isRename && changedLines(text, fixed).split("\n").length <= 2))
        problems.push(`${name}\n  expected ${wanted}\n  found    ${found}\n${changedLines(text, fixed)}`);
    }
  }
  return { compared, problems };
}

/** Fixes by code, title without the spelling of names in it, and the number of their like before them. */
export function fixesOf(resource: Resource): ReadonlyMap<string, Fix> {
  const found = new Map<string, Fix>();
  const counts = new Map<string, number>();
  for (const { code, fixes } of validateDocument(resource))
    for (const fix of fixes ?? []) {
      const key = `${code}: ${fix.title.replace(/["'_=:\s]/g, "").toLowerCase()}`;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      found.set(`${key} (${count})`, fix);
    }
  return found;
}

/** The input as a JSON file. */
function jsonOf({ input, kind }: Resource): Resource {
  const name = kind === "service" ? "a.service.json" : "a.taskdef.json";
  return openResource(name, JSON.stringify(plainValueOf(input), undefined, 2));
}

export function plainValueOf(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.unknown) return "${u}";
  if (node.type === "array") return (node.children ?? []).map(plainValueOf);
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).map((it) => [
    it.children?.[0]?.value,
    plainValueOf(it.children?.[1]),
  ]);
  return Object.fromEntries(entries);
}

/** As text; numbers as texts, because hosts convert them. In Terraform no block is an empty list. */
function shown(node: Node | undefined, host?: string): string {
  return JSON.stringify(plainValueOf(node), (_, it: unknown) => {
    if (host === "terraform" && typeof it === "object" && Object.keys(it ?? {}).length === 0)
      return undefined;
    if (typeof it === "number" || typeof it === "boolean") return String(it);
    return isPlainObject(it) ? sorted(it) : it;
  });
}

function sorted(value: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Why a parser that is not ours cannot read a text. */
export async function whyUnread(fileName: string, text: string): Promise<string | undefined> {
  try {
    if (/\.json$/.test(fileName)) JSON.parse(text);
    else if (/\.ya?ml$/.test(fileName)) parseYaml(text, { logLevel: "error", uniqueKeys: false });
    else await parseHcl(fileName, text);
    return undefined;
  } catch (error) {
    return String(error).split("\n")[0];
  }
}

/** Where a parser that is not ours reads another value than our reader; texts with aliases are left out. */
export async function whyOtherwiseRead(fileName: string, text: string): Promise<string | undefined> {
  const [ours, theirs] = /\.tf$/.test(fileName)
    ? [hclValue(text), await theirHclValue(fileName, text)]
    : [plain(readYaml(text).root), parseYaml(text, { logLevel: "error", uniqueKeys: false, customTags })];
  // What is computed has another shape there.
  if (/\bdynamic\b|\bjsonencode\([^[{]/.test(text)) return undefined;
  const isSame = /[ []&\w/.test(text) || isDeepStrictEqual(normal(ours), normal(theirs));
  return isSame ? undefined : `read as ${JSON.stringify(ours)}\n      not ${JSON.stringify(theirs)}`;
}

const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const tagNames =
  "Ref Sub GetAtt If Join FindInMap Select Split ImportValue Base64 GetAZs Equals Not And Or Condition";
const customTags = tagNames.split(" ").flatMap((name) => {
  const tag = `!${name}`;
  const leaf = { tag, resolve: (value: string) => ({ [tag]: value }) };
  return [
    leaf,
    ...(["map", "seq"] as const).map((collection) => ({ tag, collection, resolve: tagged(tag) })),
  ];
});

function tagged(tag: string) {
  return (value: { toJSON(): unknown }) => ({ [tag]: value.toJSON() });
}

/** Attributes and blocks as hcl2json has them: blocks by their labels, in lists. */
function hclValue(text: string): unknown {
  const { blocks } = readHcl(text);
  return blocks
    .filter((it) => it.type === "resource")
    .map(({ labels, body }) => [...labels, bodyValue(body)]);
}

function bodyValue(body: Node): unknown {
  const value: Record<string, unknown> = {};
  for (const { children = [], colonOffset } of body.children ?? []) {
    const name = String(children[0]?.value);
    if (colonOffset !== undefined) value[name] = attributeValue(children[1]);
    else value[name] = [...((value[name] as unknown[] | undefined) ?? []), bodyValue(children[1] as Node)];
  }
  return value;
}

/** What is computed is only that: its text may be laid out in another way. */
function attributeValue(node: Node | undefined): unknown {
  if (node?.tag === "jsonencode") return attributeValue(node.children?.[0]);
  if (node === undefined || node.unknown || node.tag !== undefined) return "?";
  if (node.type === "array") return (node.children ?? []).map(attributeValue);
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).map((it) => [
    it.children?.[0]?.value,
    attributeValue(it.children?.[1]),
  ]);
  return Object.fromEntries(entries);
}

async function theirHclValue(fileName: string, text: string): Promise<unknown> {
  const { resource = {} } = await parseHcl(fileName, text);
  const found: unknown[] = [];
  // With one label or with three, which Terraform refuses, they nest otherwise, and are not read as ours.
  for (const [type, named] of Object.entries<Record<string, unknown>>(resource))
    for (const [name, bodies] of Object.entries(named))
      found.push([type, name, Array.isArray(bodies) ? await evaluated(bodies[0]) : "?"]);
  const places = readHcl(text).blocks.map(({ labels }) => labels.join(" "));
  const placeOf = (it: unknown) => places.indexOf((it as readonly string[]).slice(0, 2).join(" "));
  return found.sort((left, right) => placeOf(left) - placeOf(right));
}

/** Expressions are texts in braces: `jsonencode` is read once more, others are computed. */
async function evaluated(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(evaluated));
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(async ([name, it]) => [name, await evaluated(it)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  const encoded = typeof value === "string" ? /^\$\{jsonencode\(([\s\S]*)\)\}$/.exec(value)?.[1] : undefined;
  if (encoded !== undefined) return evaluated((await parseHcl("a.tf", `a = ${encoded}\n`)).a);
  return typeof value === "string" && /(?<![$%])[$%]\{/.test(value) ? "?" : value;
}

function changedLines(before: string, after: string): string {
  const old = new Set(before.split("\n"));
  const now = new Set(after.split("\n"));
  return [
    ...before
      .split("\n")
      .filter((it) => !now.has(it))
      .map((it) => `- ${it}`),
    ...after
      .split("\n")
      .filter((it) => !old.has(it))
      .map((it) => `+ ${it}`),
  ].join("\n");
}
