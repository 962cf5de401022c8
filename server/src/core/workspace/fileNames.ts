// What the path of a file says about its partners: the stem that two files share, and how near two folders are.

import type { DocumentKind } from "../resources/kinds/kindSigns";

/** The words by which a file name says what the file is; what is left of the name says whose it is. */
const kindWords: Readonly<Partial<Record<DocumentKind, RegExp>>> = {
  taskDefinition: /task[-_. ]?def(?:inition)?s?/gi,
  service: /(?:service|svc)s?(?:[-_. ]?def(?:inition)?s?)?/gi,
};

/**
 * The part of a file name that a task definition and its service share: `agent-test` of `agent-test.taskdef.json`,
 * `prod` of `service-def.prod.json`; empty where the name only says what the file is.
 */
export function stemOf(path: string, kind: DocumentKind): string {
  const name = lastPart(path).replace(/\.(?:jsonc?|ya?ml)$/i, "");
  const word = [...name.matchAll(kindWords[kind] ?? /$^/g)].at(-1);
  const rest =
    word === undefined ? name : `${name.slice(0, word.index)}-${name.slice(word.index + word[0].length)}`;
  return rest
    .toLowerCase()
    .replace(/[-_. ]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** The file's name without its folders. */
export function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

export interface Nearness {
  /** How many folders both files are in. */
  readonly shared: number;
  /** How many folders have to be left or entered to get from one file's folder to the other's. */
  readonly steps: number;
}

/** How near a file is to another; both paths are absolute and spelled alike. */
export function nearness(path: string, other: string): Nearness {
  const from = foldersOf(path);
  const to = foldersOf(other);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return { shared, steps: from.length + to.length - 2 * shared };
}

/** Whether `left` is nearer by every measure; neither is where the measures disagree. */
export function isNearer(left: Nearness, right: Nearness): boolean {
  const isNotFarther = left.shared >= right.shared && left.steps <= right.steps;
  return isNotFarther && (left.shared > right.shared || left.steps < right.steps);
}

function foldersOf(path: string): readonly string[] {
  return path.split(/[\\/]/).slice(0, -1);
}
