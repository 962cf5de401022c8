// The preview: on which container instances the daemon of an open document would land, and why not on the others.

import { expressionsOf } from "../../core/language/expressions/expressions";
import { daemonOfQuery, type PreviewSubject } from "../../core/language/previewSubject";
import { serviceNamesOf } from "../../core/resources/documentNames";
import { type GivenValues, givenTexts } from "../../core/resources/hosts/givenValues";
import { traitsOf } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import type { Pairing } from "../../core/workspace/pairing";
import { pairingWithValues } from "../../core/workspace/pairingWithValues";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import { pathOfUri } from "../base/uris";
import { requests } from "../protocol/customRequests";
import { packPreview } from "../protocol/packedPreview";
import type { Failure, PreviewParams, PreviewResult, TextDocumentReference } from "../protocol/protocol";
import { pairingOf, undecided } from "../workspace/pairing";
import { pathsOf } from "../workspace/workspace";
import { brokenSubject, isBroken, notInTheLanguage, placeOfError } from "./brokenSubject";
import { daemonOf } from "./daemonPlacements";
import { type SubjectWithValues, subjectWithValues } from "./previewedValues";
import { type Previewed, withoutClauses } from "./previewResult";
import { type FileValues, readFileValues } from "./valuesFiles";
import { whatIf } from "./whatIf";

export function registerPreview(context: ServerContext): void {
  onAsk(context, requests.preview, (params) => preview(context, params));
  onAsk(context, requests.packedPreview, async (params) => {
    await quickAnswers();
    const result = await preview(context, params);
    return isFailure(result) ? result : packPreview(result, params.fleet);
  });
}

/**
 * A keystroke asks for the preview and for diagnostics in one go. What is quick is answered first: one turn takes the
 * next message from the channel, the other one begins with the answer.
 */
async function quickAnswers(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function preview(context: ServerContext, params: PreviewParams): Promise<PreviewResult | Failure> {
  if (params.fresh === true) context.clusters.forgetAccounts();
  const found = await readPreviewed(context, params);
  if (isFailure(found)) return found;
  const result = whatIf(found, params);
  if (isFailure(result)) return result;
  return params.clauses === false ? withoutClauses(result) : result;
}

/** The daemon service of the documents and the cluster to judge, or what is in the way of both. */
export async function readPreviewed(
  context: ServerContext,
  params: TextDocumentReference,
): Promise<Previewed | Failure> {
  const open = context.documents.get(params.textDocument.uri);
  if (open !== undefined && traitsOf(open).isExpression) return readQuery(context, open, params);
  const before = await previewSubject(context, params);
  if (isFailure(before)) return before;
  const cluster = await context.clusters.resolve(
    params.cluster,
    searchFolders(context, before.taskDefinition),
  );
  if (isFailure(cluster)) return cluster;
  // The text may have changed while the cluster was read.
  const subject = await previewSubject(context, params);
  if (isFailure(subject)) return subject;
  const { taskDefinition, service } = subject;
  return {
    daemon: daemonOf(subject),
    cluster,
    service,
    pairing: subject,
    values: subject.values,
    given: subject.given,
    valuesFiles: subject.valuesFiles,
    documents: [taskDefinition, ...(service === undefined ? [] : [service])],
  };
}

/** A query file is previewed as a daemon service that asks for nothing else. */
async function readQuery(
  context: ServerContext,
  document: Resource,
  { cluster: choice }: TextDocumentReference,
): Promise<Previewed | Failure> {
  const [expression] = expressionsOf(document);
  if (expression === undefined || isBroken(expression.query()))
    return notInTheLanguage(expression?.text ?? "", expression && placeOfError(document, expression));
  const cluster = await context.clusters.resolve(choice, searchFolders(context, document));
  if (isFailure(cluster)) return cluster;
  return { daemon: daemonOfQuery(document), cluster, service: undefined, documents: [document] };
}

/** The folders a relative path of a cluster file is looked for in: the document's own, then the workspace's. */
export function searchFolders({ index }: ServerContext, document: Resource): readonly string[] {
  const path = pathOfUri(document.source.file);
  const own = path === undefined ? [] : [path.slice(0, path.lastIndexOf("/")) || "/"];
  return [...own, ...pathsOf(index.folders())];
}

/** Both documents, found from either; a failure where one is missing or cannot be read. */
export async function previewSubject(
  context: ServerContext,
  params: TextDocumentReference,
): Promise<DecidedPairing | Failure> {
  const found = await pairingOf(context, params);
  if (isFailure(found)) return found;
  const fromFiles = await readFileValues(context, params.valuesFiles ?? []);
  const asked = params.values ?? {};
  const given = new Map([...fromFiles.given, ...givenTexts(asked)]);
  const withValues = (it: Resource, values: GivenValues) => context.index.withValues(it, values);
  const pairing = pairingWithValues(found, context.index.workspace(), (it) => withValues(it, given));
  const { taskDefinition, service } = pairing;
  if (taskDefinition === undefined) return undecided(pairing) ?? noTaskDefinition(service);
  const { subject, ...values } = subjectWithValues(
    { taskDefinition, service },
    { asked, fromFiles, pairedBy: found.service?.hosted?.definitions?.needs ?? [] },
    withValues,
  );
  return brokenSubject(subject) ?? { ...pairing, ...subject, ...values, valuesFiles: fromFiles.files };
}

/** One whose task definition is known; its service may be undecided. */
type DecidedPairing = Pairing &
  PreviewSubject &
  Omit<SubjectWithValues, "subject"> & { readonly valuesFiles: FileValues["files"] };

function noTaskDefinition(service: Resource | undefined): Failure {
  const reference = service === undefined ? undefined : serviceNamesOf(service)?.taskDefinition?.name;
  return failure(
    "no-task-definition",
    reference === undefined
      ? "The service names no task definition."
      : `The task definition '${reference}' of the service is not in the workspace.`,
    "Open the folder that has it, or preview the task definition itself.",
  );
}
