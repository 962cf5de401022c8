// The names by which documents of a workspace refer to each other: a task definition's family, a service's name.

import { get, type JsonNode, spanOf, stringOf } from "../source/tree";
import type { Span } from "../text/span";
import { isService, isTaskDefinition } from "./kinds/registry";
import type { Resource } from "./resource";

export interface NamedPlace {
  readonly name: string;
  /** The string, its quotes included. */
  readonly span: Span;
}

export interface ServiceNames {
  readonly service: NamedPlace | undefined;
  /** As written: `family`, `family:revision` or an ARN. */
  readonly taskDefinition: NamedPlace | undefined;
  /** The family in that reference; `undefined` where a template stands for it. */
  readonly family: string | undefined;
  readonly isDaemon: boolean;
}

export function familyOf(document: Resource): NamedPlace | undefined {
  return isTaskDefinition(document) ? named(get(document.input, "family")) : undefined;
}

export function serviceNamesOf(document: Resource): ServiceNames | undefined {
  if (!isService(document)) return undefined;
  const { input } = document;
  const taskDefinition = named(get(input, "taskDefinition"));
  return {
    service: named(get(input, "serviceName")) ?? named(get(input, "service")),
    taskDefinition,
    family: taskDefinition === undefined ? undefined : familyOfReference(taskDefinition.name),
    isDaemon: stringOf(get(input, "schedulingStrategy")) === "DAEMON",
  };
}

/** The family in `family`, `family:revision` or the ARN of a task definition; `undefined` where it is none. */
export function familyOfReference(reference: string): string | undefined {
  const name = reference.startsWith("arn:") ? reference.slice(reference.lastIndexOf("/") + 1) : reference;
  return /^([A-Za-z0-9_-]{1,255})(?::[^:]*)?$/.exec(name)?.[1];
}

function named(node: JsonNode | undefined): NamedPlace | undefined {
  const name = stringOf(node);
  return node === undefined || name === undefined ? undefined : { name, span: spanOf(node) };
}
