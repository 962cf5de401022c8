// The input that a resource of a template or module describes, as plain JSON for whoever sends it: only where every value
// is known, by itself, by a default, or because somebody gave it.

import { documentValue } from "../resources/documentValue";
import { isService } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { withDefaults } from "../resources/withDefaults";
import type { Need, Node } from "../source/node";
import { get, isOpen, members } from "../source/tree";
import type { Assumption } from "../text/assumption";

export interface UnknownName {
  /** As the host names it, or as it is written. */
  readonly name: string;
  readonly node: Node;
}

export interface HostedSendable {
  /** Without what is not known. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Each name once, in the order of the text; empty: the input is whole. */
  readonly unknown: readonly UnknownName[];
  /** Defaults that the input was read with. */
  readonly assumptions: readonly Assumption[];
}

/** Properties that a call gives: where the service runs and what it runs. */
const givenByCall = new Set(["taskDefinition", "cluster"]);

/**
 * Reads it. CloudFormation makes names of its own where a template gives none: here it is the resource's.
 */
export function hostedInput(document: Resource): HostedSendable {
  const { document: assumed, assumptions } = withDefaults(document);
  const isOfService = isService(assumed);
  const unknown = new Map<string, UnknownName>();
  const input: Record<string, unknown> = {};
  const value = documentValue(assumed) as Readonly<Record<string, unknown>> | undefined;
  if (assumed.input?.open) collect(assumed.input, document.source.text, unknown, false);
  for (const member of members(assumed.input)) {
    const isGiven = isOfService && givenByCall.has(member.name) && isOpen(member.value);
    if (isGiven) continue;
    const before = unknown.size;
    collect(member.value, document.source.text, unknown, true);
    if (unknown.size === before) input[member.name] = plainCopy(value?.[member.name]);
  }
  if (document.hosted?.host === "terraform") leaveOutUnsent(input);
  const own = document.hosted?.id.split(".").at(-1) ?? "";
  const name = isOfService ? "serviceName" : "family";
  if (get(assumed.input, name) === undefined && own !== "") input[name] = own;
  return { input, unknown: [...unknown.values()], assumptions };
}

/** Of a daemon Terraform's AWS provider sends neither a desired count nor what it takes for its own defaults. */
function leaveOutUnsent(input: Record<string, unknown>): void {
  if (input.schedulingStrategy !== "DAEMON") return;
  delete input.desiredCount;
  const percents = input.deploymentConfiguration as Record<string, unknown> | undefined;
  if (percents === undefined) return;
  delete percents.maximumPercent;
  if (percents.minimumHealthyPercent === 100) delete percents.minimumHealthyPercent;
  if (Object.keys(percents).length === 0) delete input.deploymentConfiguration;
}

/** Objects of documents have no prototype; what is sent has the usual one. */
function plainCopy(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function collect(node: Node, text: string, found: Map<string, UnknownName>, isDeep: boolean): void {
  if (isOpen(node)) {
    const names = node.needs?.map((it: Need) => it.name) ?? [];
    for (const name of names.length > 0 ? names : [written(node, text)])
      if (!found.has(name)) found.set(name, { name, node });
  }
  if (!isDeep || node.unknown) return;
  for (const child of node.children ?? []) {
    const value = child.type === "property" ? child.children?.[1] : child;
    if (value !== undefined) collect(value, text, found, true);
  }
}

const longest = 60;

function written({ offset, length }: Node, text: string): string {
  const whole = text.slice(offset, offset + length).replace(/\s+/g, " ");
  return whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
}
