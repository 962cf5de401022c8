// Configurations of the Serverless Framework: below `resources` they have a CloudFormation template, or a list of parts of one.

import { type Node, nodeAtPath } from "../../../source/node";

/** The part of a text that has the resources, and where it begins. */
export interface ServerlessPart {
  readonly text: string;
  readonly start: number;
}

/** The lines of `resources`; `undefined` where the text has no such block, or has to be read as a whole. */
export function serverlessPart(text: string): ServerlessPart | undefined {
  const opening = /^resources:[ \t]*(?:#.*)?\r?$/m.exec(text);
  if (opening === null || /^(?:---|%)/m.test(text.slice(opening.index))) return undefined;
  const rest = opening.index + opening[0].length;
  // A list may begin at the beginning of its lines.
  const length = text.slice(rest).search(/\n[^\s#-]/);
  return {
    text: text.slice(opening.index, length < 0 ? text.length : rest + length + 1),
    start: opening.index,
  };
}

/** The parts of the template, those of the text alone: others are read from files. */
export function templatesOfServerless(root: Node | undefined): readonly Node[] {
  const resources = nodeAtPath(root, ["resources"]);
  const parts = resources?.type === "array" ? (resources.children ?? []) : resources ? [resources] : [];
  return parts.filter((it) => it.type === "object" && !it.unknown);
}

/** A section of a template that is written in parts. */
export function joinedSection(parts: readonly Node[], name: string): Node | undefined {
  const found = parts.flatMap((it) => nodeAtPath(it, [name]) ?? []).filter((it) => it.type === "object");
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return first;
  return { ...first, children: found.flatMap((it) => it.children ?? []) };
}

/** Resources that are written once: parts of several that have one name are merged, which is not done here. */
export function onceWritten(resources: readonly Node[]): readonly Node[] {
  const counts = new Map<unknown, number>();
  for (const { children: [key] = [] } of resources) counts.set(key?.value, (counts.get(key?.value) ?? 0) + 1);
  return resources.filter(({ children: [key] = [] }) => counts.get(key?.value) === 1);
}
