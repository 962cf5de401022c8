// The requests that study a cluster at ECS: a snapshot of it, its reading of an expression, its attributes.

import { expressionsOf } from "../../core/language/expressions/expressions";
import { maskAccounts } from "../../ecs/accountData";
import { attributeEffects, effectLines } from "../../ecs/attributeEffects";
import { compareExpression } from "../../ecs/compareExpression";
import type { AttributeChange } from "../../ecs/port";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import type {
  AttributeChangeParams,
  AttributeEffectsAnswer,
  AttributeEffectsParams,
  CaptureAnswer,
  CaptureParams,
  CompareAnswer,
  CompareParams,
  DeleteAttributesAnswer,
} from "../protocol/accountProtocol";
import { requests } from "../protocol/customRequests";
import type { Failure } from "../protocol/protocol";
import { loadCluster } from "../workspace/workspace";
import { ecsChanged, withEcs } from "./ecsTarget";

export function registerClusterStudies(context: ServerContext): void {
  onAsk(context, requests.capture, (params, token) => capture(context, params, signalOf(token)));
  onAsk(context, requests.compare, (params, token) => compare(context, params, signalOf(token)));
  onAsk(context, requests.attributeEffects, (params, token) => effects(context, params, signalOf(token)));
  onAsk(context, requests.deleteAttributes, (params, token) =>
    deleteAttributes(context, params, signalOf(token)),
  );
}

async function capture(
  context: ServerContext,
  { cluster: choice, maskAccounts: isMasked }: CaptureParams,
  signal: AbortSignal,
): Promise<CaptureAnswer> {
  return withEcs(context, choice, async (ecs, { cluster }) => {
    const snapshot = await ecs.captureCluster(cluster, signal);
    const text = `${JSON.stringify(snapshot, undefined, 2)}\n`;
    const name = cluster.slice(cluster.lastIndexOf("/") + 1).replace(/[^\w.-]+/g, "-");
    return {
      text: isMasked === true ? maskAccounts(text) : text,
      fileName: `${name}.ecs-cluster.json`,
      instances: lengthOf(snapshot.containerInstances),
      tasks: lengthOf(snapshot.tasks),
    };
  });
}

async function compare(
  context: ServerContext,
  params: CompareParams,
  signal: AbortSignal,
): Promise<CompareAnswer> {
  const expressions = await expressionsToCompare(context, params);
  if (isFailure(expressions)) return expressions;
  return withEcs(context, params.cluster, async (ecs, { cluster }) => {
    const comparisons = [];
    const version = params.version === undefined ? {} : { version: params.version };
    for (const expression of expressions)
      comparisons.push(await compareExpression(ecs, { cluster, expression, ...version }, signal));
    return { comparisons };
  });
}

async function expressionsToCompare(
  { index }: ServerContext,
  { expression, textDocument }: CompareParams,
): Promise<readonly string[] | Failure> {
  if (expression !== undefined) return [expression];
  const document = textDocument === undefined ? undefined : await index.load(textDocument.uri);
  const found = document === undefined ? [] : expressionsOf(document).filter((it) => !it.template);
  const texts = [...new Set(found.map((it) => it.text.trim()))].filter((it) => it !== "");
  if (texts.length > 0) return texts;
  return failure(
    "no-expression",
    "The document has no expression of the cluster query language.",
    "Open a query file, or a task definition or service with a memberOf placement constraint.",
  );
}

async function effects(
  context: ServerContext,
  { cluster: choice, remove, ...params }: AttributeEffectsParams,
  signal: AbortSignal,
): Promise<AttributeEffectsAnswer> {
  return withEcs(context, choice, async (ecs, { cluster }) => {
    const changes = changesOf(params);
    const request = remove === true ? { cluster, remove: changes } : { cluster, put: changes };
    const found = await attributeEffects(ecs, request, signal);
    return { ...found, lines: effectLines(found) };
  });
}

async function deleteAttributes(
  context: ServerContext,
  params: AttributeChangeParams,
  signal: AbortSignal,
): Promise<DeleteAttributesAnswer> {
  return withEcs(context, params.cluster, async (ecs, { cluster }) => {
    const changes = changesOf(params);
    await ecs.deleteAttributes(cluster, changes, signal);
    await loadCluster(context);
    ecsChanged(context);
    return { changed: changes.length };
  });
}

function changesOf({ instances, attributes }: AttributeChangeParams): readonly AttributeChange[] {
  return instances.flatMap((instance) => attributes.map((attribute) => ({ instance, ...attribute })));
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
