// Ties a replica service to the daemons of its workspace: with a constraint on their task groups its tasks start only
// where the daemons are, so that they never take a new instance's room before them (aws/containers-roadmap#428).

import { isService } from "../../resources/kinds/registry";
import type { Resource } from "../../resources/resource";
import { editsFor } from "../../resources/writer";
import { add, append } from "../../source/change";
import type { Node } from "../../source/node";
import { get, items, spanOf } from "../../source/tree";
import type { Span } from "../../text/span";
import type { Refactoring } from "./constraintRefactorings";

/** What of the workspace is asked. */
interface Services {
  readonly documents: readonly Resource[];
  definitionOf(service: Resource): Resource | undefined;
}

/** Limit of the API: constraints per task. */
const mostConstraints = 10;

/** Where in a service it is offered: what says which service it is, and where its tasks go. */
const places = ["serviceName", "service", "schedulingStrategy", "placementConstraints", "placementStrategy"];

/**
 * One expression for all daemons that run on every instance. `undefined` where the document is not a replica service on
 * EC2, where it is tied already, or where something of it is not known. A daemon with constraints of its own is left
 * out: it would keep the service from instances that it does not want.
 */
export function tieToDaemons(document: Resource, span: Span, workspace: Services): Refactoring | undefined {
  const { input } = document;
  if (!isService(document) || input === undefined || !isReplicaOnEc2(input)) return undefined;
  const isTouched = places.some((it) => {
    const node = get(input, it);
    return node !== undefined && spanOf(node).start <= span.end && span.start <= spanOf(node).end;
  });
  const list = get(input, "placementConstraints");
  const written = expressionsIn(document, workspace);
  if (!isTouched || written === undefined || written.length >= mostConstraints) return undefined;
  const names = workspace.documents
    .filter((it) => isService(it) && isEverywhere(it, workspace) && sameCluster(it.input, input))
    .flatMap((it) => textAt(it.input, "serviceName") ?? [])
    .filter((name) => plainName.test(name) && !written.some((it) => mentions(it, name)));
  const daemons = [...new Set(names)].sort();
  if (daemons.length === 0) return undefined;
  const expression = daemons.map((it) => `task:group == service:${it}`).join(" and ");
  const constraint = { type: "memberOf", expression };
  const change =
    list === undefined ? add(input, "placementConstraints", [constraint], true) : append(list, constraint);
  const edits = editsFor(document, [change]);
  if (edits === undefined) return undefined;
  return { title: `Wait for ${listed(daemons)} before starting tasks on an instance`, edits };
}

/** Of the service and its definition; `undefined` where not all of them are known. */
function expressionsIn(document: Resource, workspace: Services): readonly string[] | undefined {
  const inputs = [document.input, workspace.definitionOf(document)?.input].filter((it) => it !== undefined);
  const lists = inputs.flatMap((it) => get(it, "placementConstraints") ?? []);
  if (inputs.some((it) => it.open === true) || lists.some((it) => it.type !== "array" || it.open === true))
    return undefined;
  const constraints = lists.flatMap((it) => items(it));
  if (constraints.some((it) => it.open === true || get(it, "expression")?.unknown === true)) return undefined;
  return constraints.map((it) => String(get(it, "expression")?.value ?? ""));
}

const plainName = /^[A-Za-z0-9_-]+$/;

function textAt(node: Node | undefined, name: string): string | undefined {
  const value = node === undefined ? undefined : get(node, name);
  return typeof value?.value === "string" && value.unknown !== true ? value.value : undefined;
}

function isReplicaOnEc2(input: Node): boolean {
  const strategy = get(input, "schedulingStrategy");
  const launchType = get(input, "launchType");
  return (
    (strategy === undefined || strategy.value === "REPLICA") &&
    (launchType === undefined || launchType.value === "EC2") &&
    get(input, "capacityProviderStrategy") === undefined
  );
}

/** A DAEMON service that nothing keeps from an instance. */
function isEverywhere(service: Resource, workspace: Services): boolean {
  if (textAt(service.input, "schedulingStrategy") !== "DAEMON") return false;
  const definition = workspace.definitionOf(service);
  return [service.input, definition?.input].every(
    (it) => it !== undefined && it.open !== true && get(it, "placementConstraints") === undefined,
  );
}

function sameCluster(left: Node | undefined, right: Node): boolean {
  const [own, other] = [left === undefined ? undefined : get(left, "cluster"), get(right, "cluster")];
  return own === undefined && other === undefined
    ? true
    : typeof own?.value === "string" && own.value === other?.value;
}

function mentions(expression: string, daemon: string): boolean {
  return expression.split(`service:${daemon}`).some((rest, index) => index > 0 && !/^[\w-]/.test(rest));
}

function listed(names: readonly string[]): string {
  const most = 3;
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
