// The requests that change something at ECS: deploy or a part of it, delete a service; and what they would touch.

import type { EcsDocument } from "../core/documents/document";
import { withoutSecretParts } from "../core/secrets/secretText";
import { pathOf } from "../core/source/node";
import type { Pairing } from "../core/workspace/pairing";
import { deleteService } from "../ecs/delete";
import { type DeployRequest, runDeployment } from "../ecs/deploy";
import { nothingReached } from "../ecs/deploySteps";
import type { JsonObject } from "../ecs/port";
import type { DeployEvent } from "../ecs/report";
import { type EndedDeployment, undo, undoOf } from "../ecs/undo";
import type { ServerContext } from "./context";
import { requests } from "./customRequests";
import { type DeployTarget, deployTarget, ecsChanged, withEcs } from "./ecsTarget";
import { failure, isFailure } from "./failure";
import { onAsk, signalOf } from "./onAsk";
import { pairingOf, undecided } from "./pairing";
import { beginProgress, type Progress } from "./progress";
import type {
  DeleteServiceAnswer,
  DeleteServiceParams,
  DeployAnswer,
  DeployParams,
  DescribeTargetParams,
  Failure,
  TargetAnswer,
  TextDocumentReference,
  UndoAnswer,
  UndoParams,
} from "./protocol";

export function registerDeployRequests(context: ServerContext): void {
  onAsk(context, requests.deploy, (params, token) => deploy(context, params, signalOf(token)));
  onAsk(context, requests.describeTarget, (params, token) =>
    describeTarget(context, params, signalOf(token)),
  );
  onAsk(context, requests.undo, (params, token) => undoDeployment(context, params, signalOf(token)));
  onAsk(context, requests.deleteService, (params, token) => removeService(context, params, signalOf(token)));
}

async function deploy(
  context: ServerContext,
  params: DeployParams,
  signal: AbortSignal,
): Promise<DeployAnswer> {
  const inputs = await deployInputs(context, params);
  if (isFailure(inputs)) return inputs;
  const { serviceName, timeoutSeconds, steps, agreed, onFailure, workDoneToken } = params;
  return withEcs(context, params.cluster, async (ecs, target) => {
    const { cluster } = target;
    const progress = beginProgress(context, workDoneToken, "Deploying");
    const request: DeployRequest = {
      cluster,
      steps,
      serviceName,
      timeoutSeconds,
      agreed,
      onFailure,
      ...inputs,
    };
    try {
      const deployment = { request, reached: { ...nothingReached } };
      const report = await runDeployment(request, ecs, progressOf(progress), signal, deployment.reached);
      const way = onFailure === undefined ? undoOf(deployment, report) : undefined;
      if (way === undefined) return report;
      remember(context, keyOf(target, way.service), deployment);
      return { ...report, undo: way };
    } finally {
      progress.done();
      ecsChanged(context);
    }
  });
}

/** The last deployments that can be undone, by where and what they are; they are forgotten with the server. */
const undoable = new WeakMap<ServerContext, Map<string, EndedDeployment>>();
const mostUndoable = 20;

function remember(context: ServerContext, key: string, deployment: EndedDeployment): void {
  const known = undoable.get(context) ?? new Map<string, EndedDeployment>();
  undoable.set(context, known);
  known.delete(key);
  known.set(key, deployment);
  const [oldest] = known.keys();
  if (known.size > mostUndoable && oldest !== undefined) known.delete(oldest);
}

const keyOf = ({ cluster, target }: DeployTarget, service: string): string =>
  JSON.stringify([cluster, target.endpointUrl, target.profile, target.region, service]);

const progressOf = (progress: Progress) => (event: DeployEvent) =>
  progress.report(event.kind === "finished" ? event.report.detail : event.message);

async function undoDeployment(
  context: ServerContext,
  { service, action, cluster: choice, workDoneToken }: UndoParams,
  signal: AbortSignal,
): Promise<UndoAnswer> {
  return withEcs(context, choice, async (ecs, target) => {
    const key = keyOf(target, service);
    const deployment = undoable.get(context)?.get(key);
    if (deployment === undefined)
      return failure(
        "nothing-to-undo",
        `No deployment of the service ${service} is known here that could be undone.`,
        "Deploy the task definition of before, or delete the service.",
      );
    undoable.get(context)?.delete(key);
    const progress = beginProgress(context, workDoneToken, "Undoing the deployment");
    try {
      return await undo(deployment, action, ecs, progressOf(progress), signal);
    } finally {
      progress.done();
      ecsChanged(context);
    }
  });
}

export type DeployInputs = Pick<DeployRequest, "taskDefinition" | "service">;

/** The inputs as plain JSON, exactly as written. A verification by name alone needs none. */
export async function deployInputs(
  context: ServerContext,
  params: TextDocumentReference & Pick<DeployParams, "serviceName" | "steps">,
): Promise<DeployInputs | Failure> {
  if (params.textDocument.uri === "") {
    if (params.serviceName !== undefined) return {};
    return failure("no-document", "Neither a document nor the name of a service is given.");
  }
  const pair = await pairingOf(context, params);
  if (isFailure(pair)) return pair;
  const open = needsDecision(pair, params) ? undecided(pair) : undefined;
  if (open !== undefined) return open;
  const taskDefinition = pair.taskDefinition === undefined ? {} : plainInput(pair.taskDefinition);
  const service = pair.service === undefined ? {} : plainInput(pair.service);
  for (const input of [taskDefinition, service]) if (isFailure(input)) return input;
  return {
    taskDefinition: pair.taskDefinition === undefined ? undefined : (taskDefinition as JsonObject),
    service: pair.service === undefined ? undefined : (service as JsonObject),
  };
}

/**
 * To register a task definition no service is needed, to verify a service nothing but its name, and to create one no file
 * of its task definition.
 */
function needsDecision(
  { question }: Pairing,
  { steps, serviceName }: Pick<DeployParams, "serviceName" | "steps">,
): boolean {
  if (question === "taskDefinition") return steps.includes("register");
  return steps.some((it) => it === "createService" || (it === "verify" && serviceName === undefined));
}

function plainInput(document: EcsDocument): JsonObject | Failure {
  const what = document.kind === "service" ? "service" : "task definition";
  try {
    let value: unknown = JSON.parse(document.text);
    const path = document.input === undefined ? [] : pathOf(document.input);
    for (const step of path) value = (value as Readonly<Record<string, unknown>>)[String(step)];
    return value as JsonObject;
  } catch {
    if (document.templates.length > 0)
      return failure(
        "placeholders",
        `The ${what} holds placeholders, such as ${placeholderOf(document)}, that must be filled in first.`,
        "Deploy the file that your template tool writes.",
      );
    // The words of Node's own error quote the text around the mistake, which may be a secret.
    const why = document.syntaxErrors[0]?.message ?? "It has comments, which ECS does not read.";
    return failure("broken-document", `The ${what} is not valid JSON: ${why}`, "Fix the syntax error.");
  }
}

function placeholderOf({ text, templates }: EcsDocument): string {
  const [first] = templates;
  return first === undefined ? "" : withoutSecretParts(text.slice(first.start, first.end));
}

async function describeTarget(
  context: ServerContext,
  { cluster: choice }: DescribeTargetParams,
  signal: AbortSignal,
): Promise<TargetAnswer> {
  const found = deployTarget(context, choice);
  if (isFailure(found)) return found;
  const { cluster, target, isLoopback } = found;
  const answer = {
    loopback: isLoopback,
    account: undefined,
    region: target.region,
    cluster,
    endpointUrl: target.endpointUrl,
  };
  // Nothing leaves this machine, so nothing needs to be looked up for a confirmation.
  if (isLoopback) return answer;
  return withEcs(context, choice, async (ecs) => {
    const clusters = await ecs.listClusters(signal);
    const arn = clusters.find((it) => it.name === cluster || it.arn === cluster)?.arn;
    if (arn === undefined)
      return failure(
        "ClusterNotFoundException",
        `The account has no cluster “${cluster}” in this region.`,
        "Check ecsDaemon.aws.cluster, .profile and .region.",
      );
    const [, , , region, account] = arn.split(":");
    return { ...answer, account, region };
  });
}

async function removeService(
  context: ServerContext,
  { cluster: choice, serviceName }: DeleteServiceParams,
  signal: AbortSignal,
): Promise<DeleteServiceAnswer> {
  return withEcs(context, choice, async (ecs, { cluster }) => {
    const { service, status } = await deleteService(ecs, { cluster, service: serviceName }, signal);
    ecsChanged(context);
    return { service, status };
  });
}
