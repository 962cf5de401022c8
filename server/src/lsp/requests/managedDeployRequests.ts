// The requests that plan, run, verify and delete a managed daemon.

import { documentValue } from "../../core/resources/documentValue";
import { asObject } from "../../core/text/plainValue";
import { isInputFile, variablesOf } from "../../ecs/deploy/awsCliCommands";
import { deleteManaged, deletionText, planDeleteManaged } from "../../ecs/managed/deleteManaged";
import { managedCommands } from "../../ecs/managed/managedCommands";
import type { ManagedRequest, RegistrationPlan } from "../../ecs/managed/managedReport";
import { daemonNameOf, planManaged, planRegistration } from "../../ecs/managed/planManaged";
import { runManagedDeployment, runRegistration } from "../../ecs/managed/runManaged";
import { type DaemonName, watchManaged } from "../../ecs/managed/verifyManaged";
import type { JsonObject } from "../../ecs/port";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, failureOf, isFailure } from "../base/failure";
import { beginProgress } from "../base/progress";
import { pathOfUri } from "../base/uris";
import { ecsChanged, withEcs } from "../clusters/ecsTarget";
import { managedPair } from "../preview/managedPreview";
import { requests } from "../protocol/customRequests";
import type {
  ManagedDeleteAnswer,
  ManagedDeleteParams,
  ManagedDeletePlanAnswer,
  ManagedDeployAnswer,
  ManagedDeployParams,
  ManagedPlanAnswer,
  ManagedPlanParams,
  ManagedVerifyAnswer,
  ManagedVerifyParams,
  NamedManagedParams,
} from "../protocol/managedProtocol";
import type { Failure } from "../protocol/protocol";
import { type ManagedInputs, managedInputs } from "./managedInputs";

export function registerManagedDeployment(context: ServerContext): void {
  onAsk(context, requests.managedPlan, (params, token) => plan(context, params, signalOf(token)));
  onAsk(context, requests.managedDeploy, (params, token) => deploy(context, params, signalOf(token)));
  onAsk(context, requests.managedVerify, (params, token) => verify(context, params, signalOf(token)));
  onAsk(context, requests.managedDeletePlan, (params, token) => planDelete(context, params, signalOf(token)));
  onAsk(context, requests.managedDelete, (params, token) => remove(context, params, signalOf(token)));
}

async function plan(
  context: ServerContext,
  params: ManagedPlanParams,
  signal: AbortSignal,
): Promise<ManagedPlanAnswer> {
  const inputs = await managedInputs(context, params);
  if (isFailure(inputs)) return inputs;
  return withEcs(context, params.cluster, async (ecs, { cluster, target }) => {
    const request = requestOf(inputs, cluster);
    if (request === undefined) return planned(await planRegistration(inputs, ecs, signal), inputs, []);
    const found = await planManaged(request, ecs, signal);
    const file = await inputFile(context, inputs);
    return planned(found, inputs, managedCommands(found, cluster, target, file));
  });
}

function planned(
  { sentence, sections, seen }: RegistrationPlan,
  { errors }: ManagedInputs,
  commands: readonly string[],
): Exclude<ManagedPlanAnswer, Failure> {
  return {
    sentence,
    lines: sections.flatMap(({ title, lines: all }) => all.map((it) => `${title}: ${it}`)),
    seen,
    commands,
    variables: variablesOf(commands),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** `undefined`: the definition alone is registered. */
function requestOf(
  { taskDefinition, daemon, notes, usesRegistered }: ManagedInputs,
  cluster: string,
): ManagedRequest | undefined {
  if (daemon === undefined) return undefined;
  return {
    cluster,
    taskDefinition,
    daemon,
    ...(notes === undefined ? {} : { notes }),
    ...(usesRegistered === true ? { usesRegistered } : {}),
  };
}

/** A text that is not saved, or that has comments, is no file that the AWS CLI could read instead of it. */
async function inputFile(
  { environment }: ServerContext,
  { taskDefinition, definitionFile }: ManagedInputs,
): Promise<string | undefined> {
  const path = definitionFile === undefined ? undefined : pathOfUri(definitionFile);
  if (path === undefined || taskDefinition === undefined) return undefined;
  const saved = await environment.readFile(path).catch(() => "");
  return isInputFile(saved, taskDefinition) ? path : undefined;
}

async function deploy(
  context: ServerContext,
  params: ManagedDeployParams,
  signal: AbortSignal,
): Promise<ManagedDeployAnswer> {
  const inputs = await managedInputs(context, params);
  if (isFailure(inputs)) return inputs;
  const { agreed, part = "all", timeoutSeconds, workDoneToken } = params;
  return withEcs(context, params.cluster, async (ecs, { cluster }) => {
    const progress = beginProgress(context, workDoneToken, "Deploying the managed daemon");
    const options = { agreed, say: (line: string) => progress.report(line), signal };
    try {
      const request = requestOf(inputs, cluster);
      const { newPlan, ...report } =
        request === undefined || part === "register"
          ? await runRegistration(inputs, ecs, options)
          : await runManagedDeployment({ ...request, timeoutSeconds }, ecs, { ...options, part });
      return { ...report, isOutdated: newPlan !== undefined };
    } finally {
      progress.done();
      ecsChanged(context);
    }
  });
}

/** Seconds that a verification waits, as on the command line. */
const usualVerification = 60;

async function verify(
  context: ServerContext,
  params: ManagedVerifyParams,
  signal: AbortSignal,
): Promise<ManagedVerifyAnswer> {
  return named(context, params, async (ecs, name) => {
    const progress = beginProgress(context, params.workDoneToken, `Verifying ${name.daemon}`);
    try {
      const looks = watchManaged(ecs, name, params.timeoutSeconds ?? usualVerification, signal);
      for (;;) {
        const look = await looks.next();
        if (look.done === true) return { name: name.daemon, ...look.value };
        progress.report(look.value);
      }
    } finally {
      progress.done();
    }
  });
}

async function planDelete(
  context: ServerContext,
  params: NamedManagedParams,
  signal: AbortSignal,
): Promise<ManagedDeletePlanAnswer> {
  return named(context, params, async (ecs, name) => {
    const found = await planDeleteManaged(ecs, name, signal);
    return {
      name: name.daemon,
      sentence: deletionText(found),
      replaced: found.replaced,
      seen: found.seen,
    };
  });
}

async function remove(
  context: ServerContext,
  params: ManagedDeleteParams,
  signal: AbortSignal,
): Promise<ManagedDeleteAnswer> {
  return named(context, params, async (ecs, name) => {
    try {
      const done = await deleteManaged(ecs, name, params.agreed, signal);
      return { name: name.daemon, isOutdated: "newPlan" in done };
    } finally {
      ecsChanged(context);
    }
  });
}

type Ecs = Parameters<Parameters<typeof withEcs>[2]>[0];

/** Does something with the daemon that is named, or that the document is about. */
async function named<Answer extends object>(
  context: ServerContext,
  { daemonName, textDocument, cluster: choice }: NamedManagedParams,
  act: (ecs: Ecs, name: DaemonName) => Promise<Answer>,
): Promise<Answer | Failure> {
  const daemon = daemonName ?? (await nameIn(context, textDocument?.uri));
  if (typeof daemon !== "string") return daemon;
  return withEcs(context, choice, (ecs, { cluster }) => act(ecs, { cluster, daemon }));
}

async function nameIn(context: ServerContext, uri: string | undefined): Promise<string | Failure> {
  if (uri === undefined)
    return failure("no-document", "Neither a document nor the name of a managed daemon is given.");
  await context.ready();
  const pair = managedPair(context, uri);
  if (isFailure(pair)) return pair;
  const objectOf = (it: typeof pair.daemon): JsonObject => asObject(it && documentValue(it)) ?? {};
  try {
    return daemonNameOf({ daemon: objectOf(pair.daemon), taskDefinition: objectOf(pair.definition) });
  } catch (error) {
    return failureOf(error);
  }
}
