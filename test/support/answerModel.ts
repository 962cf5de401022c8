// Holds answers of the endpoint to the API model: names, types, enumerations, required members, exceptions.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesFolder } from "./paths";

interface AnswerShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly item?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
}

interface AnswerModel {
  readonly operations: Readonly<
    Record<string, { readonly output: string; readonly errors: readonly string[] }>
  >;
  readonly shapes: Readonly<Record<string, AnswerShape>>;
}

const model = JSON.parse(readFileSync(join(fixturesFolder, "answer-model.json"), "utf8")) as AnswerModel;

/** What is wrong with an operation's answer, each with its path; nothing for an operation that is not ECS's. */
export function answerProblems(operation: string, answer: unknown): readonly string[] {
  const found = model.operations[operation];
  return found === undefined ? [] : problems(answer, found.output, operation);
}

const jsonTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (it) => typeof it === "string",
  boolean: (it) => typeof it === "boolean",
  integer: (it) => Number.isInteger(it),
  long: (it) => Number.isInteger(it),
  double: (it) => typeof it === "number",
  float: (it) => typeof it === "number",
  timestamp: (it) => typeof it === "number",
};

function problems(value: unknown, shapeName: string, path: string): readonly string[] {
  const shape = model.shapes[shapeName];
  if (shape === undefined || shape.type === "document") return [];
  switch (shape.type) {
    case "structure":
      return isRecord(value) ? membersProblems(value, shape, path) : [`${path} is not an object`];
    case "map":
      if (!isRecord(value)) return [`${path} is not a map`];
      return Object.entries(value).flatMap(([name, it]) =>
        problems(it, shape.value ?? "", `${path}.${name}`),
      );
    case "list":
      if (!Array.isArray(value)) return [`${path} is not a list`];
      return value.flatMap((it, index) => problems(it, shape.item ?? "", `${path}[${index}]`));
    default:
      return scalarProblems(value, shape, path);
  }
}

function scalarProblems(value: unknown, shape: AnswerShape, path: string): readonly string[] {
  if (jsonTypes[shape.type]?.(value) === false) return [`${path} is not a ${shape.type}`];
  if (shape.enum !== undefined && typeof value === "string" && !shape.enum.includes(value))
    return [`${path} is ${value}, which is not one of ${shape.enum.join(", ")}`];
  return [];
}

function membersProblems(
  value: Readonly<Record<string, unknown>>,
  { members = {}, required = [] }: AnswerShape,
  path: string,
): readonly string[] {
  const missing = required.filter((it) => value[it] === undefined).map((it) => `${path} lacks ${it}`);
  const inside = Object.entries(value).flatMap(([name, it]) => {
    const shape = members[name];
    return shape === undefined
      ? [`${path}.${name} is not in the model`]
      : problems(it, shape, `${path}.${name}`);
  });
  return [...missing, ...inside];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Exceptions that every operation of the protocol can have. */
const common = new Set([
  "AccessDeniedException",
  "ClientException",
  "InvalidParameterException",
  "SerializationException",
  "ServerException",
  "ThrottlingException",
  "UnsupportedFeatureException",
]);

/** Exceptions that people have seen though the model does not list them (getmoto/moto, test_list_tags_exceptions). */
const seen = /^(ListTagsFor|Tag|Untag)Resource ServiceNotFoundException$/;

/** Whether the operation can answer the exception. */
export function canAnswer(operation: string, exception: string): boolean {
  const found = model.operations[operation];
  if (seen.test(`${operation} ${exception}`)) return true;
  return found === undefined || common.has(exception) || found.errors.includes(exception);
}
