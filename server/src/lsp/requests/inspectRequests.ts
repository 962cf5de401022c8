// Answers what a reader of a preview asks next: about one instance, about a clause, about another text.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { applicableRemedies } from "../../core/language/applicableRemedies";
import {
  type DocumentExpression,
  expressionAt,
  expressionsOf,
} from "../../core/language/expressions/expressions";
import { expressionPath } from "../../core/language/expressions/querySelection";
import { daemonOfQuery, daemonServiceOf, type PreviewSubject } from "../../core/language/previewSubject";
import { compileQuery } from "../../core/query/evaluate";
import { isTaskDefinition, traitsOf } from "../../core/resources/kinds/registry";
import { openResource, type Resource } from "../../core/resources/resource";
import { daemonServiceOf as plainDaemonServiceOf } from "../../core/scheduler/daemonServiceOf";
import { instanceDetail } from "../../core/scheduler/instanceDetail";
import { placeDaemon } from "../../core/scheduler/placeDaemon";
import type { DaemonService } from "../../core/scheduler/placement";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { toLspEdit, toRange, toSpan } from "../base/convert";
import { failure, isFailure } from "../base/failure";
import { fileUri, uriKey } from "../base/uris";
import { withEcs } from "../clusters/ecsTarget";
import { brokenSubject } from "../preview/brokenSubject";
import { readPreviewed } from "../preview/preview";
import type { Previewed } from "../preview/previewResult";
import { asTried } from "../preview/previewTrial";
import { requests } from "../protocol/customRequests";
import type {
  ApplicableRemedy,
  BaselineAnswer,
  BaselineParams,
  ExplainAnswer,
  ExplainParams,
  LocateClauseAnswer,
  LocateClauseParams,
  MatchClauseAnswer,
  MatchClauseParams,
} from "../protocol/inspectProtocol";
import type { Failure, PreviewParams } from "../protocol/protocol";

export function registerInspection(context: ServerContext): void {
  onAsk(context, requests.explain, (params) => explain(context, params));
  onAsk(context, requests.locateClause, (params) => locateClause(context, params));
  onAsk(context, requests.matchClause, (params) => matchClause(context, params));
  onAsk(context, requests.baseline, (params, token) => baseline(context, params, signalOf(token)));
}

/** The preview's subject with the changes of What if. */
async function readChanged(context: ServerContext, params: PreviewParams): Promise<Previewed | Failure> {
  const found = await readPreviewed(context, params);
  return isFailure(found) ? found : asTried(found, params);
}

async function explain(context: ServerContext, params: ExplainParams): Promise<ExplainAnswer> {
  const found = await readChanged(context, params);
  if (isFailure(found)) return found;
  const instance = found.cluster.cluster.instances.find((it) => it.id === params.instance);
  if (instance === undefined)
    return failure("no-such-instance", `The cluster has no container instance ${params.instance}.`);
  return {
    id: instance.id,
    ...instanceDetail(found.daemon, instance),
    attributes: [...instance.attributes]
      .filter(([name]) => !isCapability(name))
      .map(([name, value]) => [name, value ?? null] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    remedies: remediesOf(found, instance),
  };
}

function isCapability(name: string): boolean {
  return name.startsWith("ecs.capability.") || name.startsWith("com.amazonaws.");
}

function remediesOf({ documents }: Previewed, instance: ContainerInstance): readonly ApplicableRemedy[] {
  const subject = subjectOf(documents);
  if (subject === undefined) return [];
  return applicableRemedies(subject, instance).map((it) => {
    if (it.kind === "attributes") return it;
    const { kind, filter, value, document, edits } = it;
    return {
      kind,
      filter,
      value,
      uri: document.source.file,
      edits: edits.map((edit) => toLspEdit(document, edit)),
    };
  });
}

/** A query file alone has no definition. */
function subjectOf(documents: readonly Resource[]): PreviewSubject | undefined {
  const [taskDefinition, service] = documents;
  return taskDefinition !== undefined && isTaskDefinition(taskDefinition)
    ? { taskDefinition, service }
    : undefined;
}

async function locateClause(context: ServerContext, params: LocateClauseParams): Promise<LocateClauseAnswer> {
  const found = await readPreviewed(context, params);
  if (isFailure(found)) return found;
  for (const document of found.documents) {
    const { isExpression, ofService } = traitsOf(document);
    if (!isExpression && ofService !== params.from) continue;
    const expression = expressionsOf(document).find((it) => it.index === params.index);
    if (expression !== undefined)
      return { uri: document.source.file, range: toRange(document, expression.toDocumentSpan(params.span)) };
  }
  return failure("no-such-clause", "The text no longer has this clause.", "Let the preview follow it first.");
}

async function matchClause(context: ServerContext, params: MatchClauseParams): Promise<MatchClauseAnswer> {
  const found = await readChanged(context, params);
  if (isFailure(found)) return found;
  const file = uriKey(fileUri(params.uri));
  const [selected] = found.documents
    .filter((it) => uriKey(it.source.file) === file)
    .flatMap((it) => selectedClause(it, params) ?? []);
  if (selected === undefined) return { matched: [], unknown: [] };
  const holds = compileQuery(selected.tree);
  const matched: string[] = [];
  const unknown: string[] = [];
  for (const instance of found.cluster.cluster.instances) {
    const truth = holds(instance);
    if (truth !== false) (truth === true ? matched : unknown).push(instance.id);
  }
  return { clause: selected.text, matched, unknown };
}

/** The smallest clause around what is selected, white space at its ends left out. */
function selectedClause(document: Resource, { range }: MatchClauseParams) {
  const span = toSpan(document, range);
  const expression: DocumentExpression | undefined = expressionAt(document, span.start);
  if (expression === undefined || expression.template || span.end > expression.span.end) return undefined;
  const from = expression.toTextOffset(span.start);
  const selected = expression.text.slice(from, expression.toTextOffset(span.end));
  const start = from + selected.length - selected.trimStart().length;
  const end = start + selected.trim().length;
  if (start === end) return undefined;
  const tree = expressionPath(expression.query().tree, start).findLast(
    (it) => it.kind !== "missing" && end <= it.span.end,
  );
  return tree === undefined
    ? undefined
    : { tree, text: expression.text.slice(tree.span.start, tree.span.end) };
}

async function baseline(
  context: ServerContext,
  params: BaselineParams,
  signal: AbortSignal,
): Promise<BaselineAnswer> {
  const found = await readPreviewed(context, params);
  if (isFailure(found)) return found;
  const daemon =
    params.against === "deployed"
      ? await deployedDaemon(context, params, found, signal)
      : daemonOfTexts(context, found, params.texts ?? {});
  if (isFailure(daemon)) return daemon;
  const { instances } = placeDaemon(daemon, found.cluster.cluster);
  return { verdicts: Object.fromEntries(instances.map(({ id, verdict }) => [id, verdict])) };
}

function deployedDaemon(
  context: ServerContext,
  { cluster: choice }: BaselineParams,
  { daemon }: Previewed,
  signal: AbortSignal,
): Promise<DaemonService | Failure> {
  return withEcs(context, choice, async (ecs, { cluster }): Promise<DaemonService | Failure> => {
    const state = await ecs.describeService(cluster, daemon.name, signal);
    if (state === undefined || state.status !== "ACTIVE")
      return failure("not-deployed", `The service ${daemon.name} is not deployed on ${cluster}.`);
    const registered = await ecs.describeTaskDefinition(state.taskDefinitionArn, signal);
    const { name: serviceName, placementConstraints, described } = state;
    const networkConfiguration = described?.networkConfiguration;
    return plainDaemonServiceOf(registered?.definition, {
      serviceName,
      placementConstraints,
      networkConfiguration,
    });
  });
}

/** What was given for the preview counts for the other texts too: they are compared, not the values. */
function daemonOfTexts(
  { index }: ServerContext,
  { documents, given = new Map() }: Previewed,
  texts: Readonly<Record<string, string>>,
): DaemonService | Failure {
  const byKey = new Map(Object.entries(texts).map(([uri, text]) => [uriKey(uri), text]));
  const then = documents.map((it) => {
    const text = byKey.get(uriKey(it.source.file));
    if (text === undefined || text === it.source.text) return it;
    return index.inText(it, text, given) ?? openResource(it.source.file, "");
  });
  const [first] = then;
  if (first !== undefined && traitsOf(first).isExpression) return daemonOfQuery(first);
  const subject = subjectOf(then);
  if (subject === undefined)
    return failure("not-a-task-definition", "The text to compare with is not a task definition.");
  return brokenSubject(subject) ?? daemonServiceOf(subject);
}
