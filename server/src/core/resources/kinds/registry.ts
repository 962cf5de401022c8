// The registry of document kinds, and which kind a document is: by its content, then by its name.

import type { Node } from "../../source/node";
import { get, items } from "../../source/tree";
import { isNearMiss } from "../../text/spelling";
import { capacityProvider } from "./capacityProvider";
import { clusterSnapshot } from "./clusterSnapshot";
import { daemon } from "./daemon";
import { daemonTaskDefinition } from "./daemonTaskDefinition";
import { fleet } from "./fleet";
import type { Kind } from "./kind";
import { type DocumentKind, kindByName } from "./kindSigns";
import { firstMembers } from "./membersOf";
import { isOtherInput } from "./otherInputs";
import { query } from "./query";
import { service } from "./service";
import { taskDefinition } from "./taskDefinition";

/** In the order in which content is tried. */
export const kinds: Readonly<Record<DocumentKind, Kind>> = {
  daemon,
  daemonTaskDefinition,
  capacityProvider,
  taskDefinition,
  service,
  clusterSnapshot,
  fleet,
  query,
};

/** What is true of a document because of its kind; nothing of one that is none of ours. */
export function traitsOf({ kind }: { readonly kind: DocumentKind | undefined }): Partial<Kind> {
  return kind === undefined ? noTraits : kinds[kind];
}

const noTraits: Partial<Kind> = {};

/** Whether a document is the task definition that a DAEMON service runs; that of a managed daemon is another kind. */
export function isTaskDefinition(document: { readonly kind: DocumentKind | undefined }): boolean {
  return traitsOf(document).ofService === "taskDefinition";
}

/** Whether a document is the service itself, whatever its scheduling strategy. */
export function isService(document: { readonly kind: DocumentKind | undefined }): boolean {
  return traitsOf(document).ofService === "service";
}

const inOrder = Object.entries(kinds) as readonly (readonly [DocumentKind, Kind])[];

/**
 * The kind of a document; `damagedText` is its text where that is no JSON. Content decides; a promising name helps where
 * the content is `{}`, cannot be read, or has a member of that kind (misspelt ones count), so that a stranger's
 * `user.service.json` is left alone.
 */
export function kindOf(file: string, root: Node | undefined, damagedText?: string): DocumentKind | undefined {
  const promised = kindByName(file);
  const kind = promised === undefined ? undefined : kinds[promised];
  if (kind?.signs.isPlainText) return promised;
  if (foreignNames.test(file) || (root?.type === "object" && isForeign(root))) return undefined;
  const isBroken = damagedText !== undefined;
  const shown = kindByContent(root) ?? (isBroken ? kindByText(damagedText) : undefined);
  if (shown !== undefined && shown === kind?.resembles)
    return kind.recognizesNamed?.(file, root) ? promised : shown;
  if (shown !== undefined) return shown;
  return kind !== undefined && (isBroken || keepsPromise(kind, root)) ? promised : undefined;
}

/** Whether the name promises a document that is no JSON. */
export function isPlainText(file: string): boolean {
  const promised = kindByName(file);
  return promised !== undefined && kinds[promised].signs.isPlainText === true;
}

/** Files of other tools, whatever they contain. */
const foreignNames = /(?:^|[/\\])Dockerrun\.aws\.json$/i;

/** Elastic Beanstalk's `Dockerrun.aws.json` has `containerDefinitions` of its own format. */
const foreignMember = "AWSEBDockerrunVersion";

function isForeign(root: Node): boolean {
  return get(root, foreignMember) !== undefined || isOtherInput(root) || isOfConsul(root);
}

/** Consul's definition of a service is an object under the name that ECS has for the name of one. */
function isOfConsul(root: Node): boolean {
  const inner = get(root, "service");
  return inner?.type === "object" && get(inner, "name") !== undefined && !isRecognized(root);
}

const isRecognized = (root: Node) => inOrder.some(([, it]) => it.recognizes?.(root) === true);

/** The kind that a document's members show, whatever it is called. */
function kindByContent(root: Node | undefined): DocumentKind | undefined {
  if (root?.type !== "object") return undefined;
  const found =
    inOrder.find(([, it]) => it.recognizes?.(root)) ??
    inOrder.find(([, it]) => it.recognizesMisspelt?.(root));
  return found?.[0];
}

/** The kind whose names a damaged text shows: one slip can cost the tree any of its members. */
function kindByText(text: string): DocumentKind | undefined {
  const has = (name: string) => new RegExp(`(?<![\\w\\\\])(?:"${name}\\b|${name}"|${name}\\s*:)`).test(text);
  if (has(foreignMember)) return undefined;
  return inOrder.find(([, it]) => it.recognizesText?.(has))?.[0];
}

function keepsPromise(kind: Kind, root: Node | undefined): boolean {
  if (root === undefined) return true;
  const { isPart = () => false } = kind;
  if (root.type === "array") return kind.isPart !== undefined && items(root).every(isPart);
  if (root.type !== "object") return false;
  const found = firstMembers(root).map((it) => it.name);
  if (found.length === 0) return root.children?.length === 0;
  if (isPart(root)) return true;
  const distinctive = kind.distinctive?.() ?? [];
  if (found.some((name) => distinctive.includes(name) || distinctive.some((it) => isNearMiss(name, it))))
    return true;
  const known = kind.properties?.() ?? [];
  return found.every((name) => known.includes(name));
}
