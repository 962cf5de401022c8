// Which task definition a service means, where several files have the family that it names.

import type { Resource } from "../resources/resource";
import type { Need } from "../source/node";
import { get, stringOf } from "../source/tree";
import { isNearer, nearness, stemOf } from "./fileNames";

/** A document of the workspace with its path: absolute, and spelled alike for every file. */
export interface WorkspaceFile {
  readonly path: string;
  readonly document: Resource;
}

export interface DefinitionChoice {
  /** The one that is meant; `undefined` where none has the family, or where nobody can know which. */
  readonly decided: WorkspaceFile | undefined;
  /** Those that could be meant: one where it is decided by the files alone. */
  readonly candidates: readonly WorkspaceFile[];
  /** Every definition of the family, for a person who knows better. */
  readonly all: readonly WorkspaceFile[];
  /** Where nothing is decided: the one that defaults of the service's file choose. */
  readonly byDefault?: DefaultDefinition;
}

export interface DefaultDefinition {
  readonly file: WorkspaceFile;
  /** The names whose defaults choose it. */
  readonly needs: readonly Need[];
}

export const noDefinition: DefinitionChoice = { decided: undefined, candidates: [], all: [] };

/**
 * Decides by the file names and folders: the revision that the reference names, else the same stem as the service's
 * file, else the nearest folder. Where stem and folder disagree, or several are equal, nothing is decided.
 * `reference` is `family`, `family:revision` or an ARN; `namesakes` are the definitions of that family.
 */
export function chooseDefinition(
  servicePath: string,
  reference: string,
  namesakes: readonly WorkspaceFile[],
): DefinitionChoice {
  const revision = revisionOf(reference);
  const all = withoutCopies(namesakes).filter((it) => !isOtherRevision(it.document, revision));
  const candidates = best(servicePath, revision, all);
  return { decided: candidates.length === 1 ? candidates[0] : undefined, candidates, all };
}

function best(
  servicePath: string,
  revision: string | undefined,
  all: readonly WorkspaceFile[],
): readonly WorkspaceFile[] {
  const exact = revision === undefined ? [] : all.filter((it) => statesRevision(it, revision));
  if (exact.length > 0) return nearestOf(servicePath, exact);
  const stem = stemOf(servicePath, "service");
  const alike = stem === "" ? [] : all.filter((it) => stemOf(it.path, "taskDefinition") === stem);
  if (alike.length === 0) return nearestOf(servicePath, all);
  const chosen = nearestOf(servicePath, alike);
  // A file of another name that is nearer speaks against the stem.
  const nearer = all.filter(
    (it) =>
      !alike.includes(it) &&
      chosen.every((other) => isNearer(nearness(it.path, servicePath), nearness(other.path, servicePath))),
  );
  return [...chosen, ...nearestOf(servicePath, nearer)];
}

/** Those that no other one is nearer than. */
function nearestOf(path: string, files: readonly WorkspaceFile[]): readonly WorkspaceFile[] {
  const measured = files.map((file) => ({ file, near: nearness(file.path, path) }));
  return measured
    .filter((it) => !measured.some((other) => isNearer(other.near, it.near)))
    .map((it) => it.file);
}

/** The first of several files with the same text: it makes no difference which of them is meant. */
function withoutCopies(files: readonly WorkspaceFile[]): readonly WorkspaceFile[] {
  const seen = new Set<string>();
  return files.filter(({ document }) => {
    const isNew = !seen.has(document.source.text);
    seen.add(document.source.text);
    return isNew;
  });
}

/** The revision in `family:revision` or an ARN. */
function revisionOf(reference: string): string | undefined {
  return /^(?:.*\/)?[^:/]+:(\d+)$/.exec(reference)?.[1];
}

/** The revision that an answer of ECS states of itself. */
function ownRevision({ input }: Resource): string | undefined {
  const value: unknown = get(input, "revision")?.value;
  if (typeof value === "number") return String(value);
  const arn = stringOf(get(input, "taskDefinitionArn"));
  return arn === undefined ? undefined : revisionOf(arn);
}

function isOtherRevision(document: Resource, revision: string | undefined): boolean {
  const own = ownRevision(document);
  return revision !== undefined && own !== undefined && own !== revision;
}

/** By its content, or by a name such as `agent-7.taskdef.json`. */
function statesRevision({ document, path }: WorkspaceFile, revision: string): boolean {
  const own = ownRevision(document);
  if (own !== undefined) return own === revision;
  const family = stringOf(get(document.input, "family"))?.toLowerCase().replace(/[-_]+/g, "-");
  const stem = stemOf(path, "taskDefinition");
  const rest = family !== undefined && stem.startsWith(`${family}-`) ? stem.slice(family.length + 1) : "";
  return /^(?:r|v|rev)?-?(\d+)$/.exec(rest)?.[1] === revision;
}
