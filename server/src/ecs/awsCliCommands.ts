// The AWS CLI commands that do what a deployment would do, for a dry run and for the clipboard.

import type { DeployRequest, RegisterPlan, ServicePlan } from "./plan";
import { serviceNameOf } from "./plan";
import type { EcsTarget, JsonObject } from "./port";
import { registrationInput } from "./sameDefinition";

/** What is known of the target; without it the commands register and create. */
export interface KnownPlan {
  readonly register?: RegisterPlan | undefined;
  readonly service?: ServicePlan | undefined;
}

/**
 * One command per line of a POSIX shell, in order, each word quoted where it needs to be. The service gets the family's
 * name, which ECS reads as its latest revision: the one that the first command registers.
 */
export function awsCliCommands(
  request: DeployRequest,
  target: EcsTarget = {},
  known: KnownPlan = {},
): readonly string[] {
  const commands: (readonly string[])[] = [];
  if (request.steps.includes("register")) commands.push(...registerCommand(request, known.register));
  if (request.steps.includes("createService")) commands.push(...serviceCommand(request, known));
  if (request.steps.includes("verify")) commands.push(...verifyCommands(request));
  return commands.map((words) => posixCommand(["aws", "ecs", ...words, ...targetWords(target)]));
}

/** The words as one command line that a POSIX shell takes apart into exactly these words. */
export function posixCommand(words: readonly string[]): string {
  return words.map(posixQuote).join(" ");
}

function posixQuote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function targetWords({ endpointUrl, profile, region }: EcsTarget): readonly string[] {
  return [
    ...(endpointUrl === undefined ? [] : ["--endpoint-url", endpointUrl]),
    ...(profile === undefined ? [] : ["--profile", profile]),
    ...(region === undefined ? [] : ["--region", region]),
  ];
}

function registerCommand(
  request: DeployRequest,
  plan: RegisterPlan | undefined,
): readonly (readonly string[])[] {
  if (request.taskDefinition === undefined || plan?.kind === "unchanged") return [];
  return [["register-task-definition", ...inputWords(registrationInput(request.taskDefinition))]];
}

function serviceCommand(
  request: DeployRequest,
  { service: plan, register }: KnownPlan,
): readonly (readonly string[])[] {
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
function verifyCommands(request: DeployRequest): readonly (readonly string[])[] {
  const expressions = [request.taskDefinition, request.service].flatMap(expressionsOf);
  const filter = expressions.length > 1 ? expressions.map((it) => `(${it})`).join(" and ") : expressions[0];
  const { cluster } = request;
  return [
    [
      "list-container-instances",
      "--cluster",
      cluster,
      "--status",
      "ACTIVE",
      ...(filter === undefined ? [] : ["--filter", filter]),
    ],
    [
      "list-tasks",
      "--cluster",
      cluster,
      "--service-name",
      serviceNameOf(request),
      "--desired-status",
      "RUNNING",
    ],
  ];
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

function inputWords(input: JsonObject): readonly string[] {
  return ["--cli-input-json", JSON.stringify(input)];
}
