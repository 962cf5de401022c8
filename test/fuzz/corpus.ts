// Real files and expressions to start from: the sample workspace and the fixtures, the same on every machine; and, for
// a target of their own, task definitions of other projects where they are at hand.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { factsAt } from "../support/facts";
import { readFixture } from "../support/markers";
import { fixturesFolder, sampleWorkspace } from "../support/paths";
import { validationFixtures, validationFolder } from "../support/validationFixtures";

export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

/** Larger files make every edit slow and teach no more. Characters. */
const largest = 40_000;

function filesBelow(folder: string, names = /\.(?:jsonc?|ecsquery)$/): readonly CorpusFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((it) => join(folder, String(it)))
    .filter((it) => names.test(it) && statSync(it).isFile())
    .sort()
    .map((it) => ({ name: basename(it), text: readFileSync(it, "utf8") }))
    .filter((it) => it.text.length <= largest);
}

/** Files of every kind, by a name that says which. */
export const documents: readonly CorpusFile[] = [
  ...filesBelow(sampleWorkspace),
  ...filesBelow(validationFolder),
];

const realFolder = factsAt("task-definitions");

/** Task definitions of other projects under their own names; none where they are not at hand. */
export const realDefinitions: readonly CorpusFile[] = realFolder === undefined ? [] : filesBelow(realFolder);

const templateFolder = factsAt("templates");
const anyHost = /\.(?:ya?ml|tf|json|template|tpl|tftpl|py|ts|sh|go|cs|java|jsonnet)$/;

/** Files of other tools in which definitions and expressions are written. */
export const hostFiles: readonly CorpusFile[] = filesBelow(join(fixturesFolder, "hosts"), anyHost);

/** The same of other projects; none where they are not at hand. */
export const realTemplates: readonly CorpusFile[] =
  templateFolder === undefined ? [] : filesBelow(templateFolder, anyHost);

const managedFolder = factsAt("managed-daemons");

/** Managed daemons, their definitions and the answers about them, out of the documentation; none where not at hand. */
export const managedFiles: readonly CorpusFile[] =
  managedFolder === undefined ? [] : filesBelow(managedFolder, /\.(?:json|ya?ml|tf)$/);

/** What the fixtures of the rules are about: their text without markers, under the name that they give it. */
export const fixtureFiles: readonly (CorpusFile & { readonly topic: string })[] = validationFixtures.map(
  (it) => {
    const { fileName, text } = readFixture(it.source, "agent.taskdef.json");
    return { topic: it.name.split("/")[0] ?? "", name: fileName, text };
  },
);

export const clusterFiles: readonly CorpusFile[] = [
  ...filesBelow(sampleWorkspace).filter((it) => /\.ecs-(?:cluster|fleet)\.json$/.test(it.name)),
  ...filesBelow(join(fixturesFolder, "clusters")),
];

/** Every expression that occurs in the files, and those of the query language's own fixtures. */
export const expressions: readonly string[] = [
  ...new Set([
    ...documents.flatMap((it) =>
      [...it.text.matchAll(/"expression"\s*:\s*"((?:[^"\\\n]|\\.)*)"/g)].map(decoded),
    ),
    ...filesBelow(join(fixturesFolder, "query")).flatMap((it) =>
      [...it.text.matchAll(/"(?:expr|expression|text|query)"\s*:\s*"((?:[^"\\\n]|\\.)*)"/g)].map(decoded),
    ),
  ]),
];

function decoded(match: RegExpMatchArray): string {
  try {
    return String(JSON.parse(`"${match[1]}"`));
  } catch {
    return match[1] ?? "";
  }
}
