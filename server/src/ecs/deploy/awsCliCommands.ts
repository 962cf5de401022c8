// The AWS CLI commands that do what a deployment would do, for a dry run and for the clipboard.

import { withoutSecrets } from "../../core/secrets/hideSecrets";
import { holdsQuerySecret } from "../../core/secrets/querySecrets";
import { append } from "../../core/text/lists";
import { aroundLogin } from "../../core/text/loopbackEndpoint";
import { isPrintable, printableJson } from "../../core/text/printable";
import type { EcsTarget, JsonObject } from "../port";
import { registrationInput } from "./sameDefinition";
import type { DeployRequest, RegisterPlan, ServicePlan } from "./stepPlans";
import { serviceNameOf } from "./stepPlans";

/** What is known of the target; without it the commands register and create. */
export interface KnownPlan {
  readonly register?: RegisterPlan | undefined;
  readonly service?: ServicePlan | undefined;
}

/** Where the inputs are to be found. */
export interface InputFiles {
  /** Absolute path of a file that holds exactly the input of RegisterTaskDefinition, as the AWS CLI can read it. */
  readonly taskDefinition?: string | undefined;
}

/** A word that a shell has to quote, or a part of a command that is quoted already. */
type Word = string | { readonly quoted: string };

/**
 * One command per line of a POSIX shell, in order, each word quoted where it needs to be. The service gets the family's
 * name, which ECS reads as its latest revision: the one that the first command registers. Values that may be secrets are
 * in no command: it reads them from the file, or else from variables that whoever runs it has to set.
 */
export function awsCliCommands(
  request: DeployRequest,
  target: EcsTarget = {},
  known: KnownPlan = {},
  files: InputFiles = {},
): readonly string[] {
  const commands: (readonly Word[])[] = [];
  if (request.steps.includes("register")) append(commands, registerCommand(request, known.register, files));
  if (request.steps.includes("createService")) append(commands, serviceCommand(request, known));
  if (request.steps.includes("verify")) append(commands, verifyCommands(request));
  return commands.map((words) => posixCommand(["aws", "ecs", ...words, ...targetWords(target)]));
}

/** A word, or a part of a command that is quoted already. */
export type Shell = Word;

/** One command: words, the input as JSON (without values that may be secrets), and words behind it. */
export function cliLine(
  words: readonly string[],
  input: JsonObject | undefined,
  target: EcsTarget,
  file?: string,
  behind: readonly Word[] = [],
): string {
  const given = input === undefined ? [] : inputWords(input, file);
  return posixCommand(["aws", "ecs", ...words, ...given, ...behind, ...targetWords(target)]);
}

/** The shell variables that have to be set before the commands are run. */
export function variablesOf(commands: readonly string[]): readonly string[] {
  return [
    ...new Set(commands.flatMap((it) => [...it.matchAll(/\$\{(TASK_\w*):\?/g)].map(([, name = ""]) => name))),
  ];
}

/** Whether a file with this text can stand for `input`: the AWS CLI reads plain JSON only, and every member counts. */
export function isInputFile(text: string, input: JsonObject): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(input);
  } catch {
    return false;
  }
}

/** The words as one command line that a POSIX shell takes apart into exactly these words. */
export function posixCommand(words: readonly Word[]): string {
  return words.map((it) => (typeof it === "string" ? posixQuote(it) : it.quoted)).join(" ");
}

function posixQuote(word: string): string {
  if (!isPrintable(word.replace(/[\n\t]/g, ""))) return quotedByParts(word);
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What cannot be seen is written by its bytes, so that the command stays one readable line and means the same. */
function quotedByParts(word: string): string {
  const parts = [...word].map((it) => {
    if (isPrintable(it) || it === "\n" || it === "\t") return it === "'" ? `"'"` : `'${it}'`;
    const bytes = [...new TextEncoder().encode(it)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`);
    return `"$(printf '${bytes.join("")}')"`;
  });
  // What is quoted twice in a row is quoted once.
  return parts.join("").replaceAll("''", "");
}

/** The options of the AWS CLI that choose this target. */
export function targetWords({ endpointUrl, profile, region }: EcsTarget): readonly Word[] {
  return [
    ...(endpointUrl === undefined ? [] : ["--endpoint-url", endpointWord(endpointUrl)]),
    ...(profile === undefined ? [] : ["--profile", profile]),
    ...(region === undefined ? [] : ["--region", region]),
  ];
}

/** The user name and password of an endpoint are in no command. */
function endpointWord(url: string): Word {
  const [beginning, end] = aroundLogin(url);
  if (end === undefined) return url;
  const login = expansionOf("TASK_ENDPOINT_LOGIN", "the user name and password of the endpoint");
  return { quoted: `${posixQuote(beginning)}"${login}"${posixQuote(end)}` };
}

function registerCommand(
  request: DeployRequest,
  plan: RegisterPlan | undefined,
  { taskDefinition: file }: InputFiles,
): readonly (readonly Word[])[] {
  if (request.taskDefinition === undefined || plan?.kind === "unchanged") return [];
  return [["register-task-definition", ...inputWords(registrationInput(request.taskDefinition), file)]];
}

function serviceCommand(
  request: DeployRequest,
  { service: plan, register }: KnownPlan,
): readonly (readonly Word[])[] {
  if (plan?.kind === "unchanged") return [];
  const taskDefinition =
    register?.kind === "unchanged"
      ? register.current.arn
      : (request.taskDefinition?.family ?? request.service?.taskDefinition);
  if (plan !== undefined) {
    const { clientToken: _token, ...input } = plan.input;
    const command = plan.kind === "create" ? "create-service" : "update-service";
    return [[command, ...inputWords({ ...input, taskDefinition })]];
  }
  const { service: _name, forceNewDeployment: _force, ...rest } = request.service ?? {};
  const input = {
    launchType: "EC2",
    ...rest,
    cluster: request.cluster,
    serviceName: serviceNameOf(request),
    taskDefinition,
    schedulingStrategy: "DAEMON",
  };
  return [["create-service", ...inputWords(input)]];
}

/** The two sets that a verification compares: the instances that match, and the tasks that run. */
function verifyCommands(request: DeployRequest): readonly (readonly Word[])[] {
  const expressions = [request.taskDefinition, request.service].flatMap(expressionsOf);
  const filter = expressions.length > 1 ? expressions.map((it) => `(${it})`).join(" and ") : expressions[0];
  const { cluster } = request;
  const isHidden = filter !== undefined && holdsQuerySecret(filter);
  const hidden = `"${expansionOf("TASK_FILTER", "the expression of the placement constraints")}"`;
  return [
    [
      ...optionWords("list-container-instances", {
        cluster,
        status: "ACTIVE",
        ...(filter === undefined || isHidden ? {} : { filter }),
      }),
      ...(isHidden ? ["--filter", { quoted: hidden }] : []),
    ],
    optionWords("list-tasks", { cluster, serviceName: serviceNameOf(request), desiredStatus: "RUNNING" }),
  ];
}

/** `--service-name x` for each option; as JSON where a value has characters that cannot be seen. */
function optionWords(command: string, options: Readonly<Record<string, string>>): readonly string[] {
  if (!Object.values(options).every(isPrintable))
    return [command, "--cli-input-json", printableJson(JSON.stringify(options))];
  const words = Object.entries(options).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)}`,
    value,
  ]);
  return [command, ...words];
}

function expressionsOf(document: JsonObject | undefined): readonly string[] {
  const constraints = document?.placementConstraints;
  if (!Array.isArray(constraints)) return [];
  return constraints.flatMap((it: unknown) => {
    const expression =
      typeof it === "object" && it !== null && "expression" in it ? it.expression : undefined;
    return typeof expression === "string" && expression !== "" ? [expression] : [];
  });
}

function inputWords(input: JsonObject, file?: string): readonly Word[] {
  const text = printableJson(JSON.stringify(input));
  const variables = shellVariables();
  const mark = unusedMark(text);
  const shown = withoutSecrets(input, (name, value) => `${mark}${variables.nameFor(name, value)}.`);
  if (variables.names.length === 0) return ["--cli-input-json", text];
  if (file !== undefined) return ["--cli-input-json", `file://${file}`];
  const quoted = variables.names.reduce(
    (command, name) => command.replaceAll(`${mark}${name}.`, () => `'"${expansionOf(name)}"'`),
    posixQuote(printableJson(JSON.stringify(shown))),
  );
  return ["--cli-input-json", { quoted }];
}

/** A shell refuses to run the command while the variable is not set. */
function expansionOf(variable: string, value = "the value in the file"): string {
  return `\${${variable}:?is not shown here: set it to ${value}}`;
}

/** One variable for each name and value. Their prefix keeps them apart from the user's own AWS_SECRET_ACCESS_KEY. */
function shellVariables() {
  const names: string[] = [];
  const known = new Map<string, string>();
  return {
    names,
    nameFor(name: string, value: unknown): string {
      const key = JSON.stringify([name, value]);
      const found = known.get(key);
      if (found !== undefined) return found;
      const plain = `TASK_${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
      let free = plain;
      for (let next = 2; names.includes(free); next += 1) free = `${plain}_${next}`;
      known.set(key, free);
      names.push(free);
      return free;
    },
  };
}

/** A text that can be told apart from everything in `text`, and that JSON and shells leave alone. */
function unusedMark(text: string): string {
  let mark = "hidden.";
  while (text.includes(mark)) mark = `x${mark}`;
  return mark;
}
