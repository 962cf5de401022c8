// The requests that change something at ECS: deploy or a part of it, delete a service; and what they would touch.

import { deleteService } from "../../ecs/delete";
import { type DeployRequest, runDeployment } from "../../ecs/deploy/deploy";
import { nothingReached } from "../../ecs/deploy/deploySteps";
import { placeRefusals } from "../../ecs/deploy/placeRefusals";
import { type EndedDeployment, undoDeployment, undoOf } from "../../ecs/deploy/undoDeployment";
import type { DeployEvent } from "../../ecs/report";
import { withRemedies, withRemedy } from "../../ecs/report";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { toRange } from "../base/convert";
import { failure, isFailure } from "../base/failure";
import { beginProgress, type Progress } from "../base/progress";
import { editorWords } from "../base/remedyText";
import { type DeployTarget, deployTarget, ecsChanged, withEcs } from "../clusters/ecsTarget";
import { requests } from "../protocol/customRequests";
import type {
  DeleteServiceAnswer,
  DeleteServiceParams,
  DeployAnswer,
  DeployParams,
  DescribeTargetParams,
  TargetAnswer,
  UndoAnswer,
  UndoParams,
} from "../protocol/protocol";
import { deployInputs } from "./deployInputs";

export function registerDeployRequests(context: ServerContext): void {
  onAsk(context, requests.deploy, (params, token) => deploy(context, params, signalOf(token)));
  onAsk(context, requests.describeTarget, (params, token) =>
    describeTarget(context, params, signalOf(token)),
  );
  onAsk(context, requests.undo, (params, token) => answerUndo(context, params, signalOf(token)));
  onAsk(context, requests.deleteService, (params, token) => removeService(context, params, signalOf(token)));
}

async function deploy(
  context: ServerContext,
  params: DeployParams,
  signal: AbortSignal,
): Promise<DeployAnswer> {
  const found = await deployInputs(context, params);
  if (isFailure(found)) return found;
  const { checked, ...inputs } = found;
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
      const ended = await runDeployment(request, ecs, progressOf(progress), signal, deployment.reached);
      const report = withRemedies(placeRefusals(ended, checked, toRange), editorWords);
      const way = onFailure === undefined ? undoOf(deployment, report) : undefined;
      if (way === undefined) return report;
      // The local endpoint knows its Region only after the first signed call.
      const reached = deployTarget(context, params.cluster);
      remember(context, keyOf(isFailure(reached) ? target : reached, way.service), deployment);
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

async function answerUndo(
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
      return withRemedy(
        await undoDeployment(deployment, action, ecs, progressOf(progress), signal),
        editorWords,
      );
    } finally {
      progress.done();
      ecsChanged(context);
    }
  });
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
        `The account has no cluster '${cluster}' in this Region.`,
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
