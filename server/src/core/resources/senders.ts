// Who sends a file to ECS: the AWS CLI, unless something shows that it is another tool, which leaves out some of what
// the AWS CLI refuses. One table says what each sender leaves out.

import { rememberByText } from "../text/remembered";
import { traitsOf } from "./kinds/registry";
import type { Resource } from "./resource";

export type Sender =
  | "awsCli"
  | "ecspresso"
  | "codePipeline"
  | "githubAction"
  | "githubRender"
  | "githubRenderLogs";

export interface SenderHabits {
  readonly name: string;
  /** Leaves out properties that are null; or takes files that have some, though no document says what becomes of them. */
  readonly dropsNulls: boolean | "unsaid";
  /** Leaves out an empty text: where the API has an enumeration, or everywhere. */
  readonly dropsEmptyTexts: "nowhere" | "enumerations" | "everywhere";
  /** Leaves out lists that are empty in a task definition; or everywhere lists and objects that have nothing but empty values. */
  readonly dropsEmptyLists: "nowhere" | "inTaskDefinitions" | "everywhere";
  /** Leaves out properties that it does not know, with a warning in its log. */
  readonly dropsUnknownNames: boolean;
  /** Takes names of properties in any case. */
  readonly takesAnyCase: boolean;
  /** Takes a number for a text and the like, as files in use show. */
  readonly takesAnyScalar: boolean;
  /** Takes a task definition out of what describe-task-definition answers. */
  readonly unwraps: boolean;
  /** Sends the desired count of a DAEMON service, which ECS refuses. */
  readonly sendsDaemonCount: boolean;
  /** Sends the zero value of a required property that is missing, where its type has no absence. */
  readonly sendsZeroValues: boolean;
  /** What becomes of properties that only answers of ECS have: refused, or left out, with or without need to say so. */
  readonly outputOnly: "refused" | "dropped" | "expected";
  /** Gets the names of service and task definition elsewhere, so that a service file need not have them. */
  readonly namesServices: boolean;
  /** Writes the image of a container into the file before it is sent. */
  readonly fillsImages: boolean;
  /** Writes the driver and the options of log configurations into the file before it is sent. */
  readonly fillsLogs: boolean;
}

/**
 * ecspresso decodes files into the types of the Go SDK, which has members such as `runningCount`, knows no null, and
 * leaves empty enumerations out, but sends empty lists (aws-sdk-go-v2 service/ecs/serializers.go); those of a task
 * definition it removes itself, takes it out of its wrapper, and only warns of names that no type has (json.go,
 * ecspresso.go and deploy.go of kayac/ecspresso). The SDK refuses a required text, list or object that is missing, and
 * sends false or 0 for a truth value or number (validators.go). The GitHub action
 * drops nulls, empty texts and lists, and properties of answers (aws-actions/amazon-ecs-deploy-task-definition). Where a
 * step renders the file first, it writes the image of the container that its workflow names, often by a variable, and its
 * log configuration where the step has inputs for that (aws-actions/amazon-ecs-render-task-definition). CodePipeline reads
 * `taskdef.json` into the types of an SDK before CodeDeploy uses it: files with nulls, as the console shows them, and with
 * numbers for texts are in use, and what it makes of properties of answers is not documented.
 */
export const senderHabits: Readonly<Record<Sender, SenderHabits>> = {
  awsCli: {
    name: "The AWS CLI",
    dropsNulls: false,
    dropsEmptyTexts: "nowhere",
    dropsEmptyLists: "nowhere",
    dropsUnknownNames: false,
    takesAnyCase: false,
    takesAnyScalar: false,
    unwraps: false,
    sendsDaemonCount: true,
    sendsZeroValues: false,
    outputOnly: "refused",
    namesServices: false,
    fillsImages: false,
    fillsLogs: false,
  },
  ecspresso: {
    name: "ecspresso",
    dropsNulls: true,
    dropsEmptyTexts: "enumerations",
    dropsEmptyLists: "inTaskDefinitions",
    dropsUnknownNames: true,
    takesAnyCase: true,
    takesAnyScalar: false,
    unwraps: true,
    sendsDaemonCount: false,
    sendsZeroValues: true,
    outputOnly: "expected",
    namesServices: true,
    fillsImages: false,
    fillsLogs: false,
  },
  codePipeline: {
    name: "CodePipeline",
    dropsNulls: "unsaid",
    dropsEmptyTexts: "nowhere",
    dropsEmptyLists: "nowhere",
    dropsUnknownNames: false,
    takesAnyCase: false,
    takesAnyScalar: true,
    unwraps: false,
    sendsDaemonCount: true,
    sendsZeroValues: false,
    outputOnly: "expected",
    namesServices: false,
    fillsImages: false,
    fillsLogs: false,
  },
  githubAction: {
    name: "The GitHub action",
    dropsNulls: true,
    dropsEmptyTexts: "everywhere",
    dropsEmptyLists: "everywhere",
    dropsUnknownNames: false,
    takesAnyCase: false,
    takesAnyScalar: false,
    unwraps: false,
    sendsDaemonCount: true,
    sendsZeroValues: false,
    outputOnly: "dropped",
    namesServices: false,
    fillsImages: false,
    fillsLogs: false,
  },
  get githubRender() {
    return { ...this.githubAction, fillsImages: true };
  },
  get githubRenderLogs() {
    return { ...this.githubRender, fillsLogs: true };
  },
};

/** The files around a document that show who sends it. */
export interface SenderEvidence {
  /** Names of the files in the document's folder. */
  readonly neighbors: readonly string[];
  /** Texts of the GitHub workflows of the repository. */
  readonly workflows: readonly string[];
}

export const noEvidence: SenderEvidence = { neighbors: [], workflows: [] };

/** Whether a file of that name beside a document shows that ecspresso sends it. */
export function isEcspressoConfig(fileName: string): boolean {
  return /(?:^|[._-])ecspresso[\w.-]*\.(?:ya?ml|json|jsonnet)$/i.test(fileName);
}

/** Whether a path is that of a GitHub workflow. */
export function isWorkflow(path: string): boolean {
  return /(?:^|[/\\])\.github[/\\]workflows[/\\][^/\\]+\.ya?ml$/i.test(path);
}

/** Template functions that ecspresso has. */
const ecspressoFunctions =
  /\{\{-?\s*(?:\(\s*)?(?:must_env|env|json_escape|tfstatef?|(?:\w+_)?tfstate|ssm|secretsmanager_arn|cfn_(?:output|export))\b[^}]*\}\}/;

/** All resources of a file are asked about its one text. */
const hasEcspressoFunctions = rememberByText(
  8,
  (text) => text.includes("{{") && ecspressoFunctions.test(text),
);

/** What `ecspresso init` names its files, and the Go zero values that nothing else writes into them. */
const ecspressoNames = /ecs-(?:task|service)-def\.jsonc?$/i;
const zeroValues = /"(?:ipcMode|pidMode|appProtocol|launchType|propagateTags|platformFamily)"\s*:\s*""/;

/** The image that CodePipeline fills in, as AWS's tutorials call it. */
const pipelineImage = "<IMAGE\\d{0,2}(?:_NAME)?>";
const imageOfPipeline = new RegExp(`"image"\\s*:\\s*"${pipelineImage}"`);
const fromPipelineImage = new RegExp(pipelineImage, "y");

/** Whether CodePipeline's placeholder for an image begins at an offset. */
export function isPipelineImage(text: string, at: number): boolean {
  fromPipelineImage.lastIndex = at;
  return fromPipelineImage.test(text);
}

/**
 * Who sends the document; its own text counts before the files around it. What a template or module defines reaches ECS
 * by CloudFormation or Terraform, whatever stands beside it.
 */
export function senderOf(
  { kind, hosted, source: { file: fileName, text, takesPlaceholders } }: Resource,
  { neighbors, workflows }: SenderEvidence,
): Sender {
  const { ofService } = traitsOf({ kind });
  if (ofService === undefined || hosted !== undefined) return "awsCli";
  if (takesPlaceholders && hasEcspressoFunctions(text)) return "ecspresso";
  if (neighbors.some(isEcspressoConfig)) return "ecspresso";
  if (ecspressoNames.test(fileName) && zeroValues.test(text)) return "ecspresso";
  if (ofService === "service") return "awsCli";
  const sending = workflows.filter((it) => deploys(it, fileName));
  const rendering = sending.filter((it) => it.includes(renderAction));
  if (rendering.some((it) => logInputs.test(it))) return "githubRenderLogs";
  if (rendering.length > 0) return "githubRender";
  if (sending.length > 0) return "githubAction";
  return takesPlaceholders && imageOfPipeline.test(text) ? "codePipeline" : "awsCli";
}

const action = "aws-actions/amazon-ecs-deploy-task-definition";
const renderAction = "aws-actions/amazon-ecs-render-task-definition";

const logInputs = /^\s*log-configuration-(?:log-driver|options)\s*:/m;

/** Whether a workflow has the action and names the file, by a path that leads to it from some folder above. */
function deploys(workflow: string, fileName: string): boolean {
  if (!workflow.includes(action)) return false;
  const path = decoded(fileName).replaceAll("\\", "/");
  const base = path.slice(path.lastIndexOf("/") + 1);
  if (!workflow.includes(base)) return false;
  return workflow
    .split("\n")
    .filter((it) => it.includes(base) && !/^\s*#/.test(it))
    .flatMap((it) => it.replace(/\$\{\{[^{}]*\}\}\/?/g, "").split(/[\s"'`,=:]+/))
    .map((it) => it.replace(/^(?:\.\/)+/, ""))
    .some((it) => it === base || (it.endsWith(`/${base}`) && `/${path}`.endsWith(`/${it}`)));
}

function decoded(uriOrPath: string): string {
  try {
    return decodeURIComponent(uriOrPath);
  } catch {
    return uriOrPath;
  }
}
