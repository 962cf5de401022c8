// What a deployment of a document would send: the inputs exactly as written, and what the diagnostics report of them.

import { traitsOf } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { nodeAtPath } from "../../core/source/node";
import { keyOf, spanOf } from "../../core/source/tree";
import type { Pairing } from "../../core/workspace/pairing";
import { sendableInput, unwrappedInput } from "../../core/workspace/sendableInput";
import {
  type CheckedDocument,
  checkDaemon,
  countsByFile,
  type DaemonDocuments,
  diagnosticLines,
  sentDocuments,
  shortName,
  withSeverity,
} from "../../core/workspace/soundness";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import type { DeployRequest } from "../../ecs/deploy/stepPlans";
import type { JsonObject } from "../../ecs/port";
import { unknownInFile, unknownPropertiesText } from "../../ecs/unknownProperties";
import type { ServerContext } from "../base/context";
import { placeOf } from "../base/convert";
import { failure, isFailure } from "../base/failure";
import type { PairingParams } from "../protocol/pairingProtocol";
import type { DeployParams, Failure } from "../protocol/protocol";
import { pairingOf, undecided } from "../workspace/pairing";

export type DeployInputs = Pick<DeployRequest, "taskDefinition" | "service" | "notes"> & {
  /** The documents that are sent. */
  readonly checked: readonly CheckedDocument[];
};

type InputParams = PairingParams &
  Pick<DeployParams, "cluster"> &
  Pick<DeployParams, "steps" | "serviceName" | "despiteErrors">;

/**
 * The inputs as plain JSON, exactly as written, once their files are sound: a failure where they have errors, unless
 * these are overridden. A verification by name alone needs no file.
 */
export async function deployInputs(
  context: ServerContext,
  params: InputParams,
): Promise<DeployInputs | Failure> {
  if (params.textDocument.uri === "") {
    if (params.serviceName !== undefined) return { checked: [] };
    return failure("no-document", "Neither a document nor the name of a service is given.");
  }
  const pair = await decidedPair(context, params);
  if (isFailure(pair)) return pair;
  const inputs = inputsOf(context, pair);
  if (isFailure(inputs)) return inputs;
  const checked = checkedPair(context, pair, params);
  const errors = withSeverity(checked, "error");
  if (errors.length > 0 && params.despiteErrors !== true) return errorsInFiles(errors);
  const unknown = unknownIn(checked, inputs);
  if (unknown !== undefined) return unknown;
  const warnings = withSeverity(checked, "warning");
  const notes = { errors: diagnosticLines(errors), warnings: diagnosticLines(warnings) };
  return { ...inputs, checked, notes };
}

/** The inputs for commands that somebody else runs: without the wrapper of a `describe-…` answer, whatever the errors. */
export async function commandInputs(
  context: ServerContext,
  params: InputParams,
): Promise<
  (Pick<DeployInputs, "taskDefinition" | "service"> & { readonly errors: string | undefined }) | Failure
> {
  const pair = await decidedPair(context, params);
  if (isFailure(pair)) return pair;
  const inputs = inputsOf(context, pair);
  if (isFailure(inputs)) return inputs;
  const errors = withSeverity(checkedPair(context, pair, params), "error");
  const { taskDefinition, service } = inputs;
  return {
    taskDefinition: unwrapped(pair.taskDefinition, taskDefinition),
    service: unwrapped(pair.service, service),
    errors: errors.length === 0 ? undefined : countsByFile(errors, "error"),
  };
}

async function decidedPair(context: ServerContext, params: InputParams): Promise<Pairing | Failure> {
  const pair = await pairingOf(context, params);
  if (isFailure(pair)) return pair;
  return (
    (needsDecision(pair, params) ? undecided(pair) : undefined) ??
    deployedElsewhere(context, pair, params) ??
    pair
  );
}

/** What is in a template or module belongs to its own tool; the local cluster takes it to try it out. */
function deployedElsewhere(
  { clusters }: ServerContext,
  { taskDefinition, service }: Pairing,
  { cluster }: InputParams,
): Failure | undefined {
  const hosted = [taskDefinition, service].find((it) => it?.hosted !== undefined);
  if (hosted === undefined || (cluster ?? clusters.chosen()) === "local") return undefined;
  return failure(
    "deployed-elsewhere",
    `${shortName(hosted)} is deployed with ${hosted.hosted?.host === "terraform" ? "Terraform" : "CloudFormation"}.`,
    "To try it out, select the local cluster.",
  );
}

/**
 * To register a task definition no service is needed, to verify a service nothing but its name, and to create one no file
 * of its task definition.
 */
function needsDecision({ question }: Pairing, { steps, serviceName }: InputParams): boolean {
  if (question === "taskDefinition") return steps.includes("register");
  return steps.some((it) => it === "createService" || (it === "verify" && serviceName === undefined));
}

const unwrapped = (document: Resource | undefined, input: JsonObject | undefined) =>
  document === undefined || input === undefined ? undefined : unwrappedInput(document, input);

/** The pair as it is shown: with the severities of the settings. */
function checkedPair(
  { index, clusters, settings, fence }: ServerContext,
  pair: DaemonDocuments,
  { steps }: InputParams,
): readonly CheckedDocument[] {
  const cluster = clusters.current()?.cluster;
  const contextOf = (document: Resource) => ({
    sender: index.senderOf(document),
    onRuleFault: (codes: readonly string[], fault: unknown) =>
      fence.report(`the rule of ${codes.join(", ")}`, fault),
    ...(cluster === undefined ? {} : { cluster }),
  });
  const checked = checkDaemon(pair, {
    severities: settings.severities(),
    contextOf,
    alone: (document) => validateInWorkspace(document, index.workspace, contextOf(document)),
  });
  return sentDocuments(checked, {
    registers: steps.includes("register"),
    createsService: steps.includes("createService"),
  });
}

export function errorsInFiles(errors: readonly CheckedDocument[]): Failure {
  const places = errors.flatMap(({ document, diagnostics }) =>
    diagnostics.slice(0, 1).map((it) => placeOf(document, it.span)),
  );
  return failure("errors-in-files", `${countsByFile(errors, "error")}. Nothing was sent.`, undefined, places);
}

/** Properties that ECS would never see: they are refused whatever was overridden. */
function unknownIn(
  checked: readonly CheckedDocument[],
  inputs: Pick<DeployInputs, "taskDefinition" | "service">,
): Failure | undefined {
  for (const { document } of checked) {
    const kind = traitsOf(document).ofService ?? "taskDefinition";
    const found = unknownInDocument(document, kind, inputs[kind] ?? {});
    if (found !== undefined) return found;
  }
  return undefined;
}

export function unknownInDocument(
  document: Resource,
  kind: Parameters<typeof unknownInFile>[0],
  input: JsonObject,
): Failure | undefined {
  const found = unknownInFile(kind, input);
  const [first] = found;
  if (first === undefined) return undefined;
  const node = nodeAtPath(document.source.root, first.steps) ?? document.source.root;
  const span = node === undefined ? { start: 0, end: 1 } : spanOf(keyOf(node));
  return failure(
    "unknown-property",
    `${unknownPropertiesText(found)} Nothing was sent (${shortName(document)}).`,
    undefined,
    [placeOf(document, span)],
  );
}

function inputsOf(
  context: ServerContext,
  { taskDefinition, service }: DaemonDocuments,
): Pick<DeployInputs, "taskDefinition" | "service"> | Failure {
  const inputs: (JsonObject | undefined)[] = [];
  for (const document of [taskDefinition, service]) {
    const found = document === undefined ? undefined : inputOf(context, document);
    if (found !== undefined && isFailure(found)) return found;
    inputs.push(found?.input);
  }
  return { taskDefinition: inputs[0], service: inputs[1] };
}

/** What is sent of a document: exactly what is written. */
export function inputOf(
  { index }: ServerContext,
  document: Resource,
): { readonly input: JsonObject } | Failure {
  const found = sendableInput(document, index.senderOf(document));
  if (found.kind === "input") return found;
  const name = shortName(document);
  const places = [placeOf(document, found.span)];
  if (found.kind === "unknown")
    return failure(
      "unknown-values",
      `Values of ${name}#${document.hosted?.id} are not known: ${found.names.map((it) => withoutSecretParts(it)).join(", ")}.`,
      "Copy it as task definition JSON, which asks for them, or deploy it with its own tool.",
      places,
    );
  return found.kind === "placeholder"
    ? failure(
        "placeholders",
        `${name} has placeholders, for example ${withoutSecretParts(found.placeholder)}, that must be filled in first.`,
        "Deploy the file that your template tool writes.",
        places,
      )
    : failure(
        "broken-document",
        `${name} is not valid JSON: ${found.message}`,
        "Fix the syntax error.",
        places,
      );
}
