// The requests that plan and run the deployment of a managed daemon: both files as written, once they are sound.

import type { Resource } from "../../core/resources/resource";
import { sendableInput } from "../../core/workspace/sendableInput";
import {
  type CheckedDocument,
  countsByFile,
  diagnosticLines,
  isFilledByDeployment,
  withSeverity,
} from "../../core/workspace/soundness";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import { managedCommands } from "../../ecs/managed/managedCommands";
import type { ManagedRequest } from "../../ecs/managed/managedReport";
import { planManaged } from "../../ecs/managed/planManaged";
import { runManagedDeployment } from "../../ecs/managed/runManaged";
import { unknownInFile, unknownPropertiesText } from "../../ecs/unknownProperties";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import { beginProgress } from "../base/progress";
import { ecsChanged, withEcs } from "../clusters/ecsTarget";
import { managedPair } from "../preview/managedPreview";
import { requests } from "../protocol/customRequests";
import type {
  ManagedDeployAnswer,
  ManagedDeployParams,
  ManagedPlanAnswer,
  ManagedPlanParams,
} from "../protocol/managedProtocol";
import type { Failure } from "../protocol/protocol";

export function registerManagedDeployment(context: ServerContext): void {
  onAsk(context, requests.managedPlan, (params, token) => plan(context, params, signalOf(token)));
  onAsk(context, requests.managedDeploy, (params, token) => deploy(context, params, signalOf(token)));
}

async function plan(
  context: ServerContext,
  params: ManagedPlanParams,
  signal: AbortSignal,
): Promise<ManagedPlanAnswer> {
  const inputs = await readInputs(context, params);
  if (isFailure(inputs)) return inputs;
  return withEcs(context, params.cluster, async (ecs, { cluster, target }) => {
    const found = await planManaged({ ...inputs, cluster }, ecs, signal);
    const lines = found.sections.flatMap(({ title, lines: all }) => all.map((it) => `${title}: ${it}`));
    return {
      sentence: found.sentence,
      lines,
      seen: found.seen,
      commands: managedCommands(found, cluster, target),
    };
  });
}

async function deploy(
  context: ServerContext,
  params: ManagedDeployParams,
  signal: AbortSignal,
): Promise<ManagedDeployAnswer> {
  const inputs = await readInputs(context, params);
  if (isFailure(inputs)) return inputs;
  return withEcs(context, params.cluster, async (ecs, { cluster }) => {
    const progress = beginProgress(context, params.workDoneToken, "Deploying the managed daemon");
    try {
      const { newPlan, ...report } = await runManagedDeployment({ ...inputs, cluster }, ecs, {
        agreed: params.agreed,
        say: (line) => progress.report(line),
        signal,
      });
      return { ...report, isOutdated: newPlan !== undefined };
    } finally {
      progress.done();
      ecsChanged(context);
    }
  });
}

async function readInputs(
  context: ServerContext,
  params: ManagedPlanParams,
): Promise<Omit<ManagedRequest, "cluster"> | Failure> {
  await context.ready();
  const pair = managedPair(context, params.textDocument.uri);
  if (isFailure(pair)) return pair;
  const { daemon, definition } = pair;
  if (daemon === undefined || definition === undefined)
    return failure(
      "no-managed-daemon",
      daemon === undefined
        ? "No file of a managed daemon refers to this daemon task definition."
        : "The daemon task definition is not in the workspace.",
      "Create NAME.daemon.json next to NAME.daemon-taskdef.json.",
    );
  const inputs = { taskDefinition: inputOf(definition), daemon: inputOf(daemon) };
  for (const it of [inputs.taskDefinition, inputs.daemon]) if (isFailure(it)) return it;
  const checked = [definition, daemon].map((document): CheckedDocument => {
    const all = validateInWorkspace(document, context.index.workspace, {}, true);
    return { document, all, diagnostics: all.filter((it) => !isFilledByDeployment(it)) };
  });
  const errors = withSeverity(checked, "error");
  if (errors.length > 0 && params.despiteErrors !== true)
    return failure("errors-in-files", `${countsByFile(errors, "error")}. Nothing was sent.`);
  const unknown = [
    ...unknownInFile("daemonTaskDefinition", inputs.taskDefinition as Input),
    ...unknownInFile("daemon", inputs.daemon as Input),
  ];
  if (unknown.length > 0)
    return failure("unknown-property", `${unknownPropertiesText(unknown)} Nothing was sent.`);
  const notes = {
    errors: diagnosticLines(errors),
    warnings: diagnosticLines(withSeverity(checked, "warning")),
  };
  return { taskDefinition: inputs.taskDefinition as Input, daemon: inputs.daemon as Input, notes };
}

type Input = Readonly<Record<string, unknown>>;

function inputOf(document: Resource): Input | Failure {
  if (document.hosted !== undefined)
    return failure("deployed-elsewhere", "What is in a template or module is deployed with its own tool.");
  const found = sendableInput(document);
  if (found.kind === "input") return found.input;
  return failure(
    "not-sendable",
    found.kind === "placeholder"
      ? "A placeholder is not filled in: deploy the file that your template tool writes."
      : "The file is not a JSON object.",
  );
}
