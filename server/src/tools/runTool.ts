// Runs a tool for an assistant: reads its input, asks the door, and answers a bounded text without secrets.

import { readClusterText } from "../core/cluster/readClusterText";
import { documentValue } from "../core/resources/documentValue";
import type { Resource } from "../core/resources/resource";
import { secretsIn } from "../core/secrets/hideSecrets";
import { redactor } from "../core/secrets/redact";
import { answerText } from "./bounds";
import { coverageAnswer } from "./coverageAnswer";
import { expressionAnswer } from "./expressionAnswer";
import { previewAnswer } from "./previewAnswer";
import { type NamedCluster, ToolError, type ToolPort } from "./toolPort";
import { type ToolName, tools } from "./toolTable";
import { validationAnswer } from "./validationAnswer";

export type ToolInput = Readonly<Record<string, unknown>>;

/** Characters; Amazon ECS takes 64 KiB, CloudFormation 1 MiB. */
const mostOfInput = 2_000_000;
/** Ten times what ECS takes. */
const mostOfExpression = 20_000;

/** Answers JSON for a model; rejects with an error whose message says what is wrong with the input. */
export async function runTool(
  name: string,
  input: ToolInput,
  port: ToolPort,
  signal?: AbortSignal,
): Promise<string> {
  if (!isToolName(name)) throw new ToolError(`Unknown tool '${name}'.`);
  refuseUnknown(name, input);
  return runners[name](input, port, signal);
}

function isToolName(name: string): name is ToolName {
  return Object.hasOwn(tools, name);
}

const runners: Readonly<
  Record<ToolName, (input: ToolInput, port: ToolPort, signal?: AbortSignal) => Promise<string>>
> = {
  validate: async (input, port) => {
    const file = textOf(input, "file");
    const text = textOf(input, "text", mostOfInput);
    if ((file === undefined) === (text === undefined)) throw new ToolError("Give either 'file' or 'text'.");
    const checked =
      text === undefined
        ? await port.checkFile(file ?? "")
        : await port.checkText(textOf(input, "fileName") ?? "task-definition.json", text);
    if (checked.length === 0)
      throw new ToolError(
        `${file ?? "The text"} is not a task definition, service, daemon, cluster snapshot, fleet or placement expression.`,
      );
    return answer(
      validationAnswer(checked),
      checked.map((it) => it.document),
    );
  },
  explain_expression: async (input, port) => {
    const expression = textOf(input, "expression", mostOfExpression);
    if (expression === undefined) throw new ToolError("Missing parameter 'expression'.");
    return answer(expressionAnswer(expression, await clusterOf(input, port)));
  },
  preview_placement: async (input, port) => {
    const taskDefinition = textOf(input, "taskDefinition");
    if (taskDefinition === undefined) throw new ToolError("Missing parameter 'taskDefinition'.");
    const daemon = await port.daemon(taskDefinition, textOf(input, "service"));
    const cluster = await clusterOf(input, port);
    if (cluster === undefined)
      throw new ToolError("Missing parameter 'cluster': the path of a snapshot or fleet file, or its text.");
    return answer(previewAnswer(daemon, cluster), daemon.documents);
  },
  coverage: async (input, port, signal) => {
    const request = { clusters: textsOf(input, "clusters"), daemons: textsOf(input, "daemons") };
    return answer(coverageAnswer(await port.coverage(request, signal)));
  },
};

/** What the documents hide is hidden in the answer, however it is quoted. */
function answer(value: object, documents: readonly Resource[] = []): string {
  return answerText(value, redactor(documents.flatMap((it) => secretsIn(documentValue(it)))));
}

async function clusterOf(input: ToolInput, port: ToolPort): Promise<NamedCluster | undefined> {
  const choice = textOf(input, "cluster", mostOfInput);
  if (choice === undefined || !/^\s*[{[]/.test(choice)) return port.cluster(choice);
  const { cluster, problems } = readClusterText("cluster.json", choice);
  const error = problems.find((it) => it.severity === "error");
  if (error !== undefined)
    throw new ToolError(`The text of 'cluster' cannot be used: ${`${error.path} ${error.message}`.trim()}`);
  return { cluster, label: "the given cluster" };
}

// Parameters ------------------------------------------------------------------------------------------------------

function refuseUnknown(name: ToolName, input: ToolInput): void {
  const known = Object.keys(tools[name].inputSchema.properties);
  const unknown = Object.keys(input).find((it) => !known.includes(it));
  if (unknown !== undefined)
    throw new ToolError(`Unknown parameter '${unknown}'. Parameters: ${known.join(", ")}.`);
}

function textOf(input: ToolInput, name: string, longest = 4_096): string | undefined {
  const value = input[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw new ToolError(`The parameter '${name}' must be a string.`);
  if (value.length > longest)
    throw new ToolError(`The parameter '${name}' is longer than ${longest} characters.`);
  return value;
}

function textsOf(input: ToolInput, name: string): readonly string[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || value.length > 100 || !value.every((it) => typeof it === "string"))
    throw new ToolError(`The parameter '${name}' must be a list of at most 100 strings.`);
  return value;
}
