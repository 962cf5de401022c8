// The requests that look at an account before something is changed there, and those that write down what was seen.

import { deletePlanLines, planDelete } from "../../ecs/delete";
import { awsCliCommands, type InputFiles, isInputFile, variablesOf } from "../../ecs/deploy/awsCliCommands";
import { planDeployment } from "../../ecs/deploy/deployPlan";
import { summarizePlan } from "../../ecs/deploy/describePlan";
import { checkRequest, type DeployRequest } from "../../ecs/deploy/stepPlans";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failureOf, isFailure, untrusted } from "../base/failure";
import { pathOfUri } from "../base/uris";
import { deployTarget, withEcs } from "../clusters/ecsTarget";
import type {
  AwsCliAnswer,
  AwsCliParams,
  DeletePlanAnswer,
  DeletePlanParams,
  ListClustersAnswer,
  ListClustersParams,
  PlanAnswer,
  PlanParams,
} from "../protocol/accountProtocol";
import { requests } from "../protocol/customRequests";
import { pairingOf } from "../workspace/pairing";
import { commandInputs, type DeployInputs, deployInputs } from "./deployInputs";

export function registerAccountRequests(context: ServerContext): void {
  onAsk(context, requests.plan, (params, token) => plan(context, params, signalOf(token)));
  onAsk(context, requests.deletePlan, (params, token) => describeDelete(context, params, signalOf(token)));
  onAsk(context, requests.awsCli, (params, token) => awsCli(context, params, signalOf(token)));
  onAsk(context, requests.listClusters, (params, token) => listClusters(context, params, signalOf(token)));
}

async function plan(context: ServerContext, params: PlanParams, signal: AbortSignal): Promise<PlanAnswer> {
  const found = await deployInputs(context, params);
  if (isFailure(found)) return found;
  const { checked: _checked, ...inputs } = found;
  return withEcs(context, params.cluster, async (ecs, { cluster }) => {
    const request: DeployRequest = { cluster, steps: params.steps, ...inputs };
    checkRequest(request);
    return summarizePlan(await planDeployment(request, ecs, signal), params.onFailure);
  });
}

async function describeDelete(
  context: ServerContext,
  { cluster: choice, serviceName }: DeletePlanParams,
  signal: AbortSignal,
): Promise<DeletePlanAnswer> {
  return withEcs(context, choice, async (ecs, { cluster }) => {
    const found = await planDelete(ecs, { cluster, service: serviceName }, signal);
    const { service, stops, tasks } = found;
    return { service: service.name, stops, tasks, lines: deletePlanLines(found) };
  });
}

/** Where no account can be asked, the commands create everything. */
async function awsCli(
  context: ServerContext,
  params: AwsCliParams,
  signal: AbortSignal,
): Promise<AwsCliAnswer> {
  const found = await commandInputs(context, params);
  if (isFailure(found)) return found;
  const { errors, ...inputs } = found;
  const { steps } = params;
  const withVariables = (commands: readonly string[]) => ({
    commands,
    variables: variablesOf(commands),
    ...(errors === undefined ? {} : { errors }),
  });
  const files = await inputFiles(context, params, inputs);
  const target = deployTarget(context, params.cluster);
  if (isFailure(target)) {
    const { cluster = "default", ...where } = context.settings.aws();
    try {
      return withVariables(awsCliCommands({ cluster, steps, ...inputs }, where, {}, files));
    } catch (error) {
      return failureOf(error);
    }
  }
  const request: DeployRequest = { cluster: target.cluster, steps, ...inputs };
  return withEcs(context, params.cluster, async (ecs) => {
    const known = await planDeployment(request, ecs, signal);
    return withVariables(awsCliCommands(request, target.target, known, files));
  });
}

/** A text that is not saved, or that has comments, is no file that the AWS CLI could read instead of it. */
async function inputFiles(
  context: ServerContext,
  params: AwsCliParams,
  { taskDefinition }: Pick<DeployInputs, "taskDefinition">,
): Promise<InputFiles> {
  const pair = await pairingOf(context, params);
  const path = isFailure(pair) ? undefined : pathOfUri(pair.taskDefinition?.source.file ?? "");
  if (path === undefined || taskDefinition === undefined) return {};
  const saved = await context.environment.readFile(path).catch(() => "");
  return isInputFile(saved, taskDefinition) ? { taskDefinition: path } : {};
}

async function listClusters(
  { environment, options }: ServerContext,
  { profile, region, endpointUrl }: ListClustersParams,
  signal: AbortSignal,
): Promise<ListClustersAnswer> {
  if (options().trusted === false) return untrusted;
  try {
    const ecs = await environment.connectEcs({ profile, region, endpointUrl });
    try {
      const clusters = await ecs.listClusters(signal);
      return { clusters: [...clusters].sort((left, right) => (left.name < right.name ? -1 : 1)) };
    } finally {
      ecs.close();
    }
  } catch (error) {
    return failureOf(error);
  }
}
