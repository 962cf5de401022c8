// The signs of all kinds, by which a document is found without parsing it. Small, so that the client can decide with them
// whether the server is needed (the recognizers behind the signs are not in its bundle); what a document really is, the
// registry decides.

import { containsNearly } from "../../text/spelling";
import { capacityProviderSigns } from "./capacityProvider";
import { clusterSnapshotSigns } from "./clusterSnapshot";
import { daemonSigns } from "./daemon";
import { daemonTaskDefinitionSigns } from "./daemonTaskDefinition";
import { fleetSigns } from "./fleet";
import type { KindSigns } from "./kind";
import { querySigns } from "./query";
import { serviceSigns } from "./service";
import { taskDefinitionSigns } from "./taskDefinition";

/** In the order in which names are tried. */
const signs = [
  querySigns,
  clusterSnapshotSigns,
  fleetSigns,
  daemonTaskDefinitionSigns,
  daemonSigns,
  capacityProviderSigns,
  taskDefinitionSigns,
  serviceSigns,
] as const;

/** The kinds of documents that are ours. */
export type DocumentKind = (typeof signs)[number]["kind"];

export const kindSigns: readonly (KindSigns & { readonly kind: DocumentKind })[] = signs;

/** The kind that a file name promises. */
export function kindByName(fileName: string): DocumentKind | undefined {
  const lastPart = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return kindSigns.find(({ names }) => names.test(lastPart))?.kind;
}

/** Without quotes: one may be missing in a text that is being typed. */
const wordsOf = (members: readonly string[]) => new RegExp(`\\b(?:${members.join("|")})\\b`);
const anyWord = wordsOf(kindSigns.flatMap((it) => it.members));
/** An escape in place of a letter, as in `"t\u0061skDefinition"`: the word cannot be searched for. */
const escapedLetter = /\\u00[4-7]/i;

/** So many slips make a misspelling of a long name. */
const mostSlips = 3;

const lookalikes = kindSigns.flatMap(({ lookalike }) =>
  lookalike === undefined ? [] : [{ word: lookalike, parts: partsOf(lookalike) }],
);
/** Two parts more than slips, of which one that swaps letters may break two: one part is whole in a misspelling. */
function partsOf(word: string): RegExp {
  const size = Math.ceil(word.length / (mostSlips + 2));
  return new RegExp((word.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join("|"), "gi");
}

/** Whether the name occurs in the text, misspelt, or with a quote or blank inside. */
function hasLookalike(text: string): boolean {
  return lookalikes.some(({ word, parts }) =>
    [...text.matchAll(parts)].some(({ index }) => {
      const around = text.slice(Math.max(0, index - 2 * word.length), index + 2 * word.length);
      return containsNearly(around.toLowerCase().replace(/[^a-z]/g, ""), word.toLowerCase(), mostSlips);
    }),
  );
}

/** What a file of another format has where ECS is in it, by the ending of its name. */
const hostSigns: readonly { readonly names: RegExp; readonly sign: RegExp }[] = [
  {
    names: /\.(?:tf|tofu)$/i,
    sign: /aws_ecs_|container_definitions|terraform-aws-modules\/(?:terraform-aws-)?ecs\b/,
  },
  {
    names: /\.(?:ya?ml|template|ya?ml\.\w+)$/i,
    // Of CloudFormation, of Ansible's modules, and of ecs-params.yml.
    sign: /AWS::ECS::|\becs_(?:taskdefinition|service)\s*:|\btask_placement\s*:/,
  },
  // Lists of containers that Terraform fills in.
  { names: /\.(?:tpl|tftpl)$/i, sign: /"image"\s*:/ },
];
const templateSign = /AWS::ECS::/;

/** The names of those files, as the glob of an editor: their language depends on which extensions there are. */
export const hostFileGlob = "**/*.{tf,tofu,yaml,yml,template,yaml.*,yml.*,tpl,tftpl}";

/** Whether a file is of a format that describes ECS's inputs in its own way: YAML, HCL. */
export function isHostFile(fileName: string): boolean {
  return hostSigns.some(({ names }) => names.test(fileName));
}

/**
 * Rejects unrelated files without parsing them: false only where neither name nor content can make the file one of ours.
 */
export function mayBeOurs(fileName: string, text: string): boolean {
  const host = hostSigns.find(({ names }) => names.test(fileName));
  if (host !== undefined) return host.sign.test(text);
  if (kindByName(fileName) !== undefined || templateSign.test(text)) return true;
  return anyWord.test(text) || escapedLetter.test(text) || hasLookalike(text);
}

const wordsByKind = kindSigns
  .filter((it) => it.members.length > 0)
  .map(({ kind, members }) => ({ kind, words: wordsOf(members) }));

/** What a document seems to be, until somebody has parsed it. */
export function likelyKind(fileName: string, text: string): DocumentKind | undefined {
  return kindByName(fileName) ?? wordsByKind.find(({ words }) => words.test(text))?.kind;
}
