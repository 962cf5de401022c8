// The smallest changes that would admit a container instance, as far as a program can make them: attributes to put on
// it, and edits of the task definition. Each edit is tried out before it is offered.

import type { ContainerInstance } from "../cluster/containerInstance";
import { openResources } from "../resources/openResources";
import { openResource, type Resource } from "../resources/resource";
import { editsFor } from "../resources/writer";
import { changesAmong, linkedConstraints } from "../scheduler/changesAmong";
import type { FilterContext } from "../scheduler/filters/filter";
import { nextFreePort } from "../scheduler/filters/ports";
import { judgeInstance } from "../scheduler/placeDaemon";
import type { FilterName, Reason } from "../scheduler/placement";
import { freeResources, prepareDaemon } from "../scheduler/preparedDaemon";
import { type Change, set, type TextEdit } from "../source/change";
import { at, get, items, type JsonNode, looseNumberOf, stringOf } from "../source/tree";
import { daemonServiceOf, type PreviewSubject } from "./previewSubject";

export interface AttributeRemedy {
  readonly kind: "attributes";
  readonly filter: FilterName;
  readonly attributes: readonly { readonly name: string; readonly value?: string }[];
}

export type EditedFilter = Extract<FilterName, "ports" | "cpu" | "memory">;

export interface EditRemedy {
  readonly kind: "edit";
  /** What the change is about: another host port, or less CPU or memory. */
  readonly filter: EditedFilter;
  /** The host port, the CPU units or the MiB after the change. */
  readonly value: number;
  readonly document: Resource;
  readonly edits: readonly TextEdit[];
}

/** What can be done about the instance's reasons, one remedy for each at most. Never throws. */
export function applicableRemedies(
  subject: PreviewSubject,
  instance: ContainerInstance,
): readonly (AttributeRemedy | EditRemedy)[] {
  const service = daemonServiceOf(subject);
  const daemon = prepareDaemon(service);
  const context: FilterContext = { daemon, instance, free: freeResources(daemon, instance) };
  const edits = judgeInstance(service, instance)
    .reasons.filter((it) => it.unknown !== true)
    .flatMap((it) => editFor(it, subject, context))
    .filter((it) => helps(it, subject, instance));
  return [...attributeRemedies(context), ...edits];
}

/** Removing an attribute or changing one that others may rely on is left to a person. */
function attributeRemedies({ daemon, instance }: FilterContext): readonly AttributeRemedy[] {
  return daemon.constraints.flatMap((it): AttributeRemedy[] => {
    if (it.constraint.query === undefined || it.holds(instance) !== false) return [];
    const changes = changesAmong(it, linkedConstraints(daemon, it), instance) ?? [];
    const attributes = changes.flatMap((it) =>
      it.kind === "remove" ? [] : [{ name: it.name, ...(it.value === undefined ? {} : { value: it.value }) }],
    );
    if (attributes.length === 0 || attributes.length < changes.length) return [];
    return [{ kind: "attributes", filter: "constraints", attributes }];
  });
}

function editFor(
  reason: Reason,
  { taskDefinition }: PreviewSubject,
  context: FilterContext,
): readonly EditRemedy[] {
  const { filter, requested, available } = reason;
  const proposal =
    filter === "ports"
      ? portEdit(taskDefinition, String(requested), context)
      : (filter === "cpu" || filter === "memory") &&
          typeof requested === "number" &&
          typeof available === "number"
        ? sizeEdit(taskDefinition, filter, requested, available)
        : undefined;
  if (proposal === undefined) return [];
  const edits = editsFor(taskDefinition, [proposal.change]);
  if (edits === undefined) return [];
  return [{ kind: "edit", filter: proposal.filter, value: proposal.value, document: taskDefinition, edits }];
}

interface Proposal extends Pick<EditRemedy, "filter" | "value"> {
  readonly change: Change;
}

/** In host mode the container listens on that very port: another number alone would not help. */
function portEdit(document: Resource, requested: string, context: FilterContext): Proposal | undefined {
  if (stringOf(at(document.input, "networkMode")) === "host") return undefined;
  const [number, protocol] = requested.split("/");
  const port = Number(number);
  const next = nextFreePort(context, port, protocol === "udp" ? "udp" : "tcp");
  if (next === undefined) return undefined;
  const written = items(get(document.input, "containerDefinitions"))
    .flatMap((it) => items(get(it, "portMappings")))
    .filter((it) => (stringOf(get(it, "protocol")) === "udp" ? "udp" : "tcp") === protocol)
    .map((it) => get(it, "hostPort"))
    .find((it) => it !== undefined && looseNumberOf(it) === port);
  return written === undefined
    ? undefined
    : { filter: "ports", value: next, change: replaceNumber(written, next) };
}

/** The smallest numbers that ECS takes: 4 MiB for a container's memory, 2 CPU units of the kernel's shares. */
const smallest = { cpu: 2, memory: 4 } as const;

/** Takes what is too much from the task's size, else from the container that reserves most. */
function sizeEdit(
  { input }: Resource,
  filter: "cpu" | "memory",
  requested: number,
  available: number,
): Proposal | undefined {
  const whole = get(input, filter);
  if (whole !== undefined && available > 0)
    return { filter, value: available, change: replaceNumber(whole, available) };
  const sizes = items(get(input, "containerDefinitions")).flatMap((it) => {
    const node = (filter === "memory" ? get(it, "memoryReservation") : undefined) ?? get(it, filter);
    const value = looseNumberOf(node);
    return node === undefined || value === undefined ? [] : [{ node, value }];
  });
  const [biggest] = sizes.sort((a, b) => b.value - a.value);
  if (biggest === undefined) return undefined;
  const left = biggest.value - (requested - available);
  return left < smallest[filter]
    ? undefined
    : { filter, value: available, change: replaceNumber(biggest.node, left) };
}

function replaceNumber(node: JsonNode, value: number): Change {
  return set(node, node.type === "string" ? String(value) : value);
}

/** Whether the edited definition has nothing left that this filter refuses. */
function helps(
  { document, edits, filter }: EditRemedy,
  { service }: PreviewSubject,
  instance: ContainerInstance,
): boolean {
  const text = [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (it, { span, newText }) => it.slice(0, span.start) + newText + it.slice(span.end),
      document.source.text,
    );
  const taskDefinition = reopened(document, text);
  const { reasons } = judgeInstance(daemonServiceOf({ taskDefinition, service }), instance);
  // Of several ports in use each has an edit of its own.
  return reasons.filter((it) => it.filter === filter).length < count(filter, document, service, instance);
}

/** The same document with another text. */
function reopened(document: Resource, text: string): Resource {
  const { source, hosted } = document;
  if (hosted === undefined) return openResource(source.file, text);
  return openResources(source.file, text).find((it) => it.hosted?.id === hosted.id) ?? document;
}

function count(
  filter: FilterName,
  taskDefinition: Resource,
  service: Resource | undefined,
  instance: ContainerInstance,
): number {
  const { reasons } = judgeInstance(daemonServiceOf({ taskDefinition, service }), instance);
  return reasons.filter((it) => it.filter === filter).length;
}
