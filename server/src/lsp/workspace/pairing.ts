// Which task definition and service a request is about: what the workspace decides, and a failure where it cannot.

import { familyOf, serviceNamesOf } from "../../core/resources/documentNames";
import { givenTexts } from "../../core/resources/hosts/givenValues";
import { isService, traitsOf } from "../../core/resources/kinds/registry";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { counted } from "../../core/text/counts";
import { distinctName } from "../../core/text/distinctName";
import { lastPart } from "../../core/workspace/fileNames";
import { hostedInput } from "../../core/workspace/hostedInput";
import { inItsKind, isOfManagedDaemon } from "../../core/workspace/managedFiles";
import type { Pair, Pairing } from "../../core/workspace/pairing";
import { subjectsOf } from "../../core/workspace/subjects";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { toOffset } from "../base/convert";
import { failure, isFailure } from "../base/failure";
import { pathOfUri, resourceIdOf } from "../base/uris";
import { requests } from "../protocol/customRequests";
import type {
  DocumentKindAnswer,
  DocumentKindParams,
  ListDocumentsAnswer,
  ListDocumentsParams,
  PairingAnswer,
  PairingParams,
  ResourceInputAnswer,
  ResourceInputParams,
} from "../protocol/pairingProtocol";
import type { Failure } from "../protocol/protocolBasics";

export function registerPairing(context: ServerContext): void {
  onAsk(context, requests.pairing, (params) => describePairing(context, params));
  onAsk(context, requests.setPairs, async ({ pairs }) => {
    context.index.setPairs(readPairs(pairs));
    context.surroundingsChanged();
    return null;
  });
  onAsk(context, requests.listDocuments, (params) => listDocuments(context, params ?? {}));
  onAsk(context, requests.resourceInput, (params) => resourceInput(context, params));
  onAsk(context, requests.documentKind, (params) => documentKind(context, params));
}

/** The remembered answers as a client sent them; what is not one is left out. */
export function readPairs(value: unknown): readonly Pair[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((it: Partial<Record<keyof Pair, unknown>> | null): readonly Pair[] => {
    const { taskDefinition, service } = it ?? {};
    if (typeof taskDefinition !== "string" || (service !== null && typeof service !== "string")) return [];
    return [{ taskDefinition, service }];
  });
}

/**
 * The task definition and the service that belong together, from whichever of the two is asked for. It may be
 * undecided: `undecided` says so to whoever cannot go on then.
 */
export async function pairingOf(
  { index }: ServerContext,
  { textDocument, service: given }: PairingParams,
): Promise<Pairing | Failure> {
  await index.ready();
  const asked = await subjectOf(index, textDocument.uri);
  if (asked !== undefined && isFailure(asked)) return asked;
  if (asked === undefined || traitsOf(asked).ofService === undefined)
    return notATaskDefinition(asked, textDocument.uri);
  if (isService(asked)) return index.workspace().pairingOf(asked);
  if (given === undefined || given === null) return index.workspace().pairingOf(asked, given);
  const service = await index.load(given);
  if (service !== undefined && isService(service)) return index.workspace().pairingOf(asked, service);
  return failure(
    "not-a-service",
    `${lastPart(given)} is not the input of a service.`,
    "Choose a file with serviceName and taskDefinition.",
  );
}

/** The resource that a URI names, or the only one of its file that can be meant. */
async function subjectOf(
  index: ServerContext["index"],
  uri: string,
): Promise<Resource | Failure | undefined> {
  const subjects = resourceIdOf(uri) === undefined ? subjectsOf(index.all(uri)) : [];
  if (subjects.length < 2) return subjects[0] ?? index.load(uri);
  return failure(
    "several-resources",
    `${fileName(uri)} has several resources: ${listed(subjects.map((it) => it.hosted?.id ?? ""))}.`,
    "Place the cursor in one of them.",
  );
}

/** The failure of a request that needs both documents where nobody has chosen one of several. */
export function undecided({
  by,
  question,
  taskDefinition,
  service,
  candidates,
}: Pairing): Failure | undefined {
  if (by !== "undecided") return undefined;
  const files = listed(candidates.map((it) => shownName(it, candidates)));
  const remedy = "Choose one with the command Choose Service or Task Definition.";
  if (question === "service") {
    const family = taskDefinition === undefined ? undefined : familyOf(taskDefinition)?.name;
    const verb = candidates.length === 1 ? "may refer" : "refer";
    return failure(
      "ambiguous-service",
      `${counted(candidates.length, "service file")} ${verb} to the task definition '${family ?? ""}': ${files}.`,
      remedy,
    );
  }
  const family = service === undefined ? undefined : serviceNamesOf(service)?.family;
  const why =
    service?.hosted?.definitions === undefined
      ? `${candidates.length} task definition files have the family '${family ?? ""}'`
      : "A condition chooses the task definition of the service, and its value is not known";
  return failure("ambiguous-task-definition", `${why}: ${files}.`, remedy);
}

/**
 * How the other document of a pair was found, for a lens or a hint: "Service: agent-b.service.json". `undefined` where
 * there is nothing to choose.
 */
export function pairingText(pairing: Pairing): string | undefined {
  const { by, question, taskDefinition, service, candidates } = pairing;
  if (question === undefined) return undefined;
  const [noun, other] =
    question === "service" ? (["service", service] as const) : (["task definition", taskDefinition] as const);
  if (by === "undecided") return `Choose from ${counted(candidates.length, noun)}`;
  if (other === undefined) return "New service, on every instance";
  return `${noun === "service" ? "Service" : "Task definition"}: ${shownName(other, candidates)}`;
}

/** `agent.service.json`, `main.tf#aws_ecs_service.agent`, with the folders that tell it from the other candidates. */
function shownName(resource: Resource, others: readonly Resource[]): string {
  const nameOfAny = ({ source, hosted }: Resource) =>
    hosted === undefined ? source.file : `${source.file}#${hosted.id}`;
  return decoded(distinctName(nameOfAny(resource), others.map(nameOfAny)));
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** The file's name as a reader knows it. */
function fileName(uri: string): string {
  return lastPart(pathOfUri(uri) ?? uri);
}

/** More names than a message has room for. */
const mostNames = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

function notATaskDefinition(document: Resource | undefined, uri: string): Failure {
  if (document !== undefined && traitsOf(document).isManaged)
    return failure(
      "managed-daemon",
      "This file belongs to a managed daemon, which has a preview of its own.",
    );
  const what =
    document === undefined
      ? `${fileName(uri)} was moved or deleted, or is not a task definition.`
      : "This document is not a task definition.";
  return failure("not-a-task-definition", what, "Open a file with containerDefinitions.");
}

async function describePairing(context: ServerContext, params: PairingParams): Promise<PairingAnswer> {
  const pairing = await pairingOf(context, params);
  if (isFailure(pairing)) return pairing;
  const { taskDefinition, service, by, question, candidates } = pairing;
  const asked = await subjectOf(context.index, params.textDocument.uri);
  return {
    of: (asked && !isFailure(asked) && traitsOf(asked).ofService) || "taskDefinition",
    ...(taskDefinition !== undefined && { taskDefinition: nameOfResource(taskDefinition) }),
    ...(service !== undefined && { service: nameOfResource(service) }),
    by,
    ...(question !== undefined && { question }),
    candidates: candidates.map((it) => ({ uri: nameOfResource(it), name: nameOf(it) })),
    newService: (taskDefinition === undefined ? undefined : familyOf(taskDefinition)?.name) ?? "daemon",
  };
}

function nameOf(document: Resource): string {
  const named = serviceNamesOf(document)?.service?.name ?? familyOf(document)?.name;
  return named ?? document.hosted?.id ?? fileName(document.source.file);
}

async function listDocuments(
  { index }: ServerContext,
  { kinds }: ListDocumentsParams,
): Promise<ListDocumentsAnswer> {
  await index.ready();
  const documents = index.workspace().documents.flatMap((it) => {
    const { kind } = it;
    if (kind === undefined || (kinds !== undefined && !kinds.includes(kind))) return [];
    return [{ uri: nameOfResource(it), kind, ...(it.hosted && { host: it.hosted.host }) }];
  });
  return { documents };
}

async function resourceInput(
  { index }: ServerContext,
  { textDocument, values }: ResourceInputParams,
): Promise<ResourceInputAnswer> {
  await index.ready();
  const found = await subjectOf(index, textDocument.uri);
  if (found !== undefined && isFailure(found)) return found;
  const kind = found && traitsOf(found).ofService;
  if (found?.hosted === undefined || kind === undefined) return notATaskDefinition(found, textDocument.uri);
  const { input, unknown, assumptions } = hostedInput(index.withValues(found, givenTexts(values ?? {})));
  return {
    kind,
    resource: found.hosted.id,
    json: `${JSON.stringify(input, undefined, 2)}\n`,
    unknown: unknown.map((it) => it.name),
    defaults: assumptions.map(({ name, value }) => ({ name, value })),
  };
}

async function documentKind(
  context: ServerContext,
  { textDocument, position }: DocumentKindParams,
): Promise<DocumentKindAnswer> {
  await context.ready();
  const { index } = context;
  const [written, ...others] = resourcesOf(context, textDocument.uri);
  const first = written && inItsKind(written, index.workspace);
  const kind = first?.kind ?? null;
  if (first?.hosted === undefined)
    return { kind, ...(first !== undefined && isOfManagedDaemon(first) && { isManagedDaemon: true }) };
  const at = position === undefined ? undefined : toOffset(first, position);
  const all = [first, ...others];
  const under = at === undefined ? undefined : all.find((it) => holds(it, at));
  const previewed = previewedOf(under === undefined ? all : [under]) ?? previewedOf(all);
  return {
    ...{ kind, host: first.hosted.host },
    ...(under && { resource: nameOfResource(under) }),
    ...(previewed && { previewed: nameOfResource(previewed) }),
  };
}

/** What says where tasks run comes before what they are. */
function previewedOf(resources: readonly Resource[]): Resource | undefined {
  return resources.find(isService) ?? resources.find((it) => traitsOf(it).ofService !== undefined);
}

/** Of a document that is not open what the workspace knows. */
function resourcesOf({ documents, index }: ServerContext, uri: string): readonly Resource[] {
  const open = documents.all(uri);
  if (open.length > 0) return open;
  const found = index.find(uri);
  return found === undefined ? [] : [found];
}

/** Whether an offset is in a resource: from its name to the end of what describes it. */
function holds({ hosted, input }: Resource, offset: number): boolean {
  const start = hosted?.name.start ?? 0;
  const end = input === undefined ? start : input.offset + input.length;
  return start <= offset && offset <= end;
}
