// Finds the properties of an input that ECS's API does not have. The AWS client leaves them out without a word, so that
// less would be sent than was shown; the AWS CLI refuses them, and so does this.

import { shapeNamed } from "../core/api/apiModel";
import type { Shape } from "../core/api/apiShape";
import { nearest } from "../core/text/spelling";
import { EcsError, type JsonObject } from "./port";

export interface UnknownProperty {
  readonly name: string;
  /** Of the object that has it: `containerDefinitions[0]`; empty for the input itself. */
  readonly path: string;
  /** The way to it from the input. */
  readonly steps: readonly (string | number)[];
  /** A property of the API that it may be a slip of. */
  readonly suggestion: string | undefined;
}

/** Input shapes of the operations whose input comes from files; every other input is made here. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  RegisterTaskDefinition: ["RegisterTaskDefinitionRequest"],
  CreateService: ["CreateServiceRequest"],
  UpdateService: ["UpdateServiceRequest"],
  RegisterDaemonTaskDefinition: ["RegisterDaemonTaskDefinitionRequest"],
  CreateDaemon: ["CreateDaemonRequest"],
  UpdateDaemon: ["UpdateDaemonRequest"],
  daemon: ["CreateDaemonRequest", "UpdateDaemonRequest"],
  /** A file of either shape; which operation it is for depends on what ECS has already. */
  service: ["CreateServiceRequest", "UpdateServiceRequest"],
};

/** Every property that the operation does not have, in the order of the input, by the API model. */
function unknownProperties(operation: string, input: JsonObject): readonly UnknownProperty[] {
  const [first, ...others] = (shapes[operation] ?? []).map(shapeNamed);
  if (first === undefined) return [];
  const members = Object.assign({}, ...others.map((it) => it.members), first.members);
  const found: UnknownProperty[] = [];
  walk(input, { ...first, members }, [], found);
  return found;
}

const fileShapes = {
  taskDefinition: "RegisterTaskDefinition",
  service: "service",
  daemonTaskDefinition: "RegisterDaemonTaskDefinition",
  daemon: "daemon",
} as const;

/** The same for a task definition or service file, whichever operation a service file is for. */
export function unknownInFile(
  kind: "taskDefinition" | "service" | "daemonTaskDefinition" | "daemon",
  input: JsonObject,
): readonly UnknownProperty[] {
  return unknownProperties(fileShapes[kind], input);
}

/** Throws an EcsError that names the properties the operation does not have. Nothing has been sent then. */
export function refuseUnknownProperties(operation: string, input: JsonObject): void {
  const found = unknownProperties(operation, input);
  if (found.length > 0)
    throw new EcsError(
      "UnknownProperty",
      `${unknownPropertiesText(found)} ECS would never see ${found.length === 1 ? "it" : "them"}, so nothing was sent.`,
      "Correct the name, or remove it.",
    );
}

/** More than these are only counted. */
const most = 5;

/** `Unknown property 'essental' in containerDefinitions[0]. Did you mean 'essential'?` */
export function unknownPropertiesText(found: readonly UnknownProperty[]): string {
  const [first] = found;
  const named = found.slice(0, most).map(({ name, path }) => `'${name}'${path === "" ? "" : ` in ${path}`}`);
  const more = found.length > most ? [`${found.length - most} more`] : [];
  const list = [...named, ...more].join(", ");
  if (found.length !== 1 || first === undefined) return `Unknown properties: ${list}.`;
  const hint = first.suggestion === undefined ? "" : ` Did you mean '${first.suggestion}'?`;
  return `Unknown property ${list}.${hint}`;
}

function walk(
  value: unknown,
  shape: Shape,
  steps: readonly (string | number)[],
  found: UnknownProperty[],
): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (shape.type !== "list") return;
    const item = shapeNamed(shape.item ?? "");
    for (const [index, it] of value.entries()) walk(it, item, [...steps, index], found);
    return;
  }
  const members = shape.members ?? {};
  for (const [name, it] of Object.entries(value)) {
    const below = [...steps, name];
    if (shape.type === "map") walk(it, shapeNamed(shape.value ?? ""), below, found);
    else if (shape.type === "structure") {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member !== undefined) walk(it, shapeNamed(member), below, found);
      else {
        const suggestion = nearest(name, Object.keys(members));
        found.push({ name, path: pathText(steps), steps: below, suggestion });
      }
    }
  }
}

/** `containerDefinitions[0].linuxParameters`. */
function pathText(steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") return `${path}[${step}]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}
