// How Terraform's expressions mean what the ECS API gets: variables with their defaults, locals, jsonencode, and what is
// known at apply only.

import { readHclExpression } from "../../../source/hcl/readHcl";
import type { Node } from "../../../source/node";
import { holdsPlaceholderOfTerraform } from "../../../text/placeholders";
import type { Decided } from "../choices";
import { listOfContainers } from "../containerList";
import { chosenBy } from "../decided";
import { embeddedJson } from "../embeddedJson";
import { type GivenValues, insideOf, joinedNeeds, placedAt, shownDefault } from "../givenValues";
import { apiNameOf } from "../hostNames";
import type { Host, Meaning } from "../hostTree";
import { TextBudget } from "../textBudget";
import { choiceIn, decided } from "./conditions";
import { isDynamic } from "./dynamicBlocks";
import { joinedBy, joinedByDefault } from "./joiningCalls";
import { isListOfPairs, isWhole, listOfPairs } from "./mapsOfPairs";
import { referencesIn } from "./references";

/**
 * Values of locals and defaults of variables, by `local.x` and `var.x`, and the types of variables by `type of x`; those
 * of other files of the module count.
 */
export type Names = ReadonlyMap<string, Node>;

/** The text of a file below the folder of the module, by its path from there; `undefined` where there is none. */
export type ReadFile = (path: string) => string | undefined;

export interface TerraformNames {
  readonly names: Pick<Names, "get">;
  /** Whether a name is of the same file, so that its value has a place there. */
  isOwn(name: string): boolean;
  /** By the name of a variable, with or without `var.`, or by the whole of any other reference. */
  readonly given: GivenValues;
  /** What `file()` and `templatefile()` read. */
  readonly readFile?: ReadFile;
}

/** The names, and how much of texts with names in them is still made. */
interface Known extends TerraformNames {
  readonly budget: TextBudget;
}

/** The host of one resource. */
export function terraformHost(names: TerraformNames): Host {
  const known: Known = { ...names, budget: new TextBudget() };
  return {
    // The arguments have the API's names by now; in a container list the provider matches names without regard to case.
    nameOf: apiNameOf,
    meaningOf: (node, shape) => meaningOf(node, shape, known, 0),
    choiceOf: (node) => choiceIn(node, known.names, (it) => truthOf(it, known, 0)),
    keepsTypes: (shape) => shape === "ContainerDefinitions",
    isUnset: (owner, name, value) => unsent[owner]?.includes(name) === true && isZero(value),
  };
}

/**
 * Arguments that the AWS provider takes for absent where they are empty or 0, by the structure they are in. Source: its
 * internal/service/ecs, `GetOk` and `v != ""` of service.go, placement.go and task_definition.go. Those with allowed
 * values are not here: the plan refuses an empty one.
 */
const unsent: Readonly<Record<string, readonly string[]>> = {
  CreateServiceRequest: ["cluster", "platformVersion", "role"],
  PlacementConstraint: ["expression"],
  PlacementStrategy: ["field"],
  RegisterTaskDefinitionRequest: ["cpu", "executionRoleArn", "memory", "taskRoleArn"],
  ServiceRegistry: ["containerName", "containerPort", "port"],
  TaskDefinitionPlacementConstraint: ["expression"],
  Volume: ["host"],
};

/** Whether a value is an empty text or 0; a path of the instance is one level below its volume. */
function isZero({ type, value, unknown, open, children = [] }: Node): boolean {
  if (unknown || open) return false;
  if (type !== "object") return value === "" || value === 0;
  return (
    children.length > 0 && children.every((it) => it.children?.[1] !== undefined && isZero(it.children[1]))
  );
}

/** A local may be another one's name: so many steps are followed. */
const mostSteps = 8;

function meaningOf(node: Node, shape: string, known: Known, steps: number): Meaning {
  if (steps > mostSteps) return { is: "unknown" };
  if (node.tag === "jsonencode") {
    const [value] = node.children ?? [];
    return value === undefined ? { is: "unknown" } : meaningOf(value, shape, known, steps + 1);
  }
  if (shape === "ContainerDefinitions" && (node.tag === "file" || node.tag === "templatefile")) {
    const list = listInFile(node, known);
    if (list !== undefined) return { is: "value", node: placedAt(list, node) };
  }
  if (node.tag !== undefined && shape === "Tags") return { is: "absent" };
  if (node.tag !== undefined) {
    const joined = joinedBy(node, (it) => knownArgument(it, shape, known, steps));
    const isWithin = joined?.children !== undefined && known.budget.take(joined.children.length);
    const isDecided = joined !== undefined && !joined.open;
    const byDefault = isDecided
      ? undefined
      : joinedByDefault(node, (it) =>
          known.budget.take() ? meaningOf(it, shape, known, steps + 1) : { is: "unknown" },
        );
    if (joined !== undefined && isWithin) return { is: "value", node: { ...joined, ...byDefault } };
    const needs = [{ name: `${node.tag}(…)` }];
    return { is: "unknown", needs, ...(byDefault?.fallback && byDefault) };
  }
  if (node.type === "null") return { is: "absent" };
  // Computed tags are the provider's to check, and nobody is asked for them.
  if (shape === "Tags" && (node.unknown || !isWhole(node))) return { is: "absent" };
  // What they make was looked at when the blocks got the names of the API.
  if (isDynamic(node)) {
    const { fallback, needs = [] } = node;
    return { is: "unknown", needs, ...(fallback && { fallback }) };
  }
  if (node.unknown) return computed(node, shape, known, steps);
  if (isListOfPairs(shape) && node.type === "object") return { is: "value", node: listOfPairs(node, shape) };
  if (shape === "ContainerDefinitions" && node.type === "string") {
    const list = node.content === undefined ? undefined : embeddedJson(node);
    return list === undefined ? { is: "unknown" } : { is: "value", node: list };
  }
  if (shape === "AssignPublicIp" && node.type === "boolean")
    return {
      is: "value",
      node: { ...node, type: "string", value: node.value === true ? "ENABLED" : "DISABLED" },
    };
  const isFilledIn = node.type === "string" && holdsPlaceholderOfTerraform(String(node.value));
  return isFilledIn ? { is: "unknown" } : { is: "value", node };
}

/** A list or an object that a call is given; a default is not what somebody will give. */
function knownArgument(node: Node, shape: string, known: Known, steps: number): Node | undefined {
  if (!known.budget.take()) return undefined;
  const meaning = meaningOf(node, shape, known, steps + 1);
  const isKnown = meaning.is === "value" && !meaning.node.unknown && meaning.node.children !== undefined;
  return isKnown ? meaning.node : undefined;
}

/** What is empty is mostly left out by the provider. */
function isSomething({ children, tag, value }: Node): boolean {
  return children === undefined ? value !== "" : children.length > 0 || tag !== undefined;
}

/** The list of containers in the file that a call reads; values that the template fills in are unknown. */
function listInFile({ children }: Node, { readFile }: TerraformNames): Node | undefined {
  const path = children?.[0]?.content === undefined ? undefined : String(children[0].value);
  const relative = path?.replace(/^\$\{path\.module\}\//, "").replace(/^\.\//, "");
  if (relative === undefined || /\$\{/.test(relative)) return undefined;
  const text = readFile?.(relative);
  return text === undefined ? undefined : listOfContainers(text);
}

function computed(node: Node, shape: string, known: Known, steps: number): Meaning {
  const text = typeof node.value === "string" ? node.value : "";
  const { branches, condition } = node;
  if (branches !== undefined) {
    const open = {
      is: "unknown",
      needs: referencesIn(text),
      branches: branches.filter(isSomething),
      ...(condition !== undefined && { condition }),
    } as const;
    const found = truthOf(node, known, steps);
    const branch = found && branches.find((it) => it.when === found.truth);
    if (found === undefined || branch === undefined) return open;
    const meaning = meaningOf(branch, shape, known, steps + 1);
    return found.needs.length === 0 ? meaning : chosenBy(open, found.needs, meaning);
  }
  const isString = node.content !== undefined;
  if (!isString) {
    // In a JSON text a reference stands in braces, and what it comes to is read as JSON.
    const inBraces = insideOf(text);
    const found = referred(inBraces ?? text, node, shape, known, steps);
    if (found === undefined) return { is: "unknown", needs: referencesIn(text) };
    return inBraces === undefined ? found : asJson(found);
  }
  const call = wrappedCall(text, node);
  if (call !== undefined) return meaningOf(call, shape, known, steps + 1);
  if (shape === "ContainerDefinitions") {
    const list = embeddedJson(node);
    if (list !== undefined) return { is: "value", node: list };
  }
  return composed(text, node, known, steps);
}

/** Whether the condition of a value with branches is true. */
function truthOf(node: Node, known: Known, steps: number): Decided | undefined {
  return decided(node.condition ?? "", (it) => referred(it, node, "document", known, steps));
}

/** `"${jsonencode(…)}"`: a text that is one call and nothing else is what the call comes to. */
function wrappedCall(text: string, node: Node): Node | undefined {
  const inside = /^\$\{(\s*[a-z]\w*\s*\([\s\S]*\)\s*)\}$/.exec(text)?.[1];
  const start = node.content?.().toDocument({ start: 2, end: 3 }).start;
  if (inside === undefined || start === undefined) return undefined;
  const call = readHclExpression(inside, start);
  return call.tag !== undefined && call.offset + call.length === start + inside.trimEnd().length
    ? call
    : undefined;
}

/** A text that is written where JSON has a number or a boolean. */
function asJson(meaning: Meaning): Meaning {
  const read = (node: Node): Node => {
    const text = node.type === "string" ? String(node.value) : "";
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return { ...node, type: "number", value: Number(text) };
    return /^(?:true|false)$/.test(text) ? { ...node, type: "boolean", value: text === "true" } : node;
  };
  if (meaning.is === "value") return { is: "value", node: read(meaning.node) };
  return meaning.is === "unknown" && meaning.fallback !== undefined
    ? { ...meaning, fallback: read(meaning.fallback) }
    : meaning;
}

/** The meaning of `var.x`, `local.x`, or of a reference whose value is given; `undefined` for any other expression. */
function referred(
  text: string,
  place: Node,
  shape: string,
  known: Known,
  steps: number,
): Meaning | undefined {
  const given = known.given.get(text) ?? known.given.get(text.replace(/^var\./, ""));
  if (given !== undefined) return { is: "value", node: placedAt(typed(given, text, known.names), place) };
  const found = known.names.get(text);
  if (found === undefined) return undefined;
  const meaning = meaningOf(found, shape, known, steps + 1);
  const isOwn = known.isOwn(text);
  if (text.startsWith("var.")) return defaultOf(text, found, meaning, place, isOwn);
  if (meaning.is === "absent") return meaning;
  // What a local holds elsewhere in the file is shown there.
  if (meaning.is === "value") return { is: "value", node: atPlace(meaning.node, place, isOwn) };
  const { branches, ...unknown } = meaning;
  return { ...unknown, ...(branches && { branches: branches.map((it) => atPlace(it, place, isOwn)) }) };
}

/** The value of a variable is only its default. */
function defaultOf(name: string, written: Node, meaning: Meaning, place: Node, isOwn: boolean): Meaning {
  const needs = [{ name, byDefault: shownDefault(written) }];
  if (meaning.is === "value") return { is: "unknown", fallback: atPlace(meaning.node, place, isOwn), needs };
  if (meaning.is === "absent") {
    const { offset, length } = place;
    return { is: "unknown", fallback: { type: "null", offset, length, value: null }, needs };
  }
  return { is: "unknown", needs: [{ name }] };
}

/** A list or an object of the same file is shown where it is written, anything else where it is referred to. */
function atPlace(node: Node, place: Node, isOwn: boolean): Node {
  return node.children === undefined || !isOwn ? placedAt(node, place) : { ...node, locked: true };
}

/** A value that was given as a text, in the type that the variable has. */
function typed(given: Node, reference: string, names: Pick<Names, "get">): Node {
  if (given.type !== "string") return given;
  const text = String(given.value);
  const type = names.get(`type of ${reference.replace(/^var\./, "")}`)?.value;
  if (type === "string") return given;
  const looksTyped = /^\s*(?:-?\d+(?:\.\d+)?|true|false|null|\[[\s\S]*\]|\{[\s\S]*\})\s*$/.test(text);
  return looksTyped && reference.startsWith("var.") ? readHclExpression(text) : given;
}

/** A text with `${…}` in it: known where all of them are plain references whose values are. */
function composed(text: string, place: Node, known: Known, steps: number): Meaning {
  const needs = referencesIn(text);
  if (text.includes("%{") || !text.includes("${")) return { is: "unknown", needs };
  const parts = text.split(/(\$\{[^{}]*\})/).map((part): Meaning => {
    if (!known.budget.take()) return { is: "unknown" };
    const inside = insideOf(part);
    // Braces in braces are no plain reference.
    if (inside === undefined && part.includes("${")) return { is: "unknown" };
    if (inside === undefined)
      return { is: "value", node: { type: "string", offset: 0, length: 0, value: part } };
    return referred(inside, place, "String", known, steps) ?? { is: "unknown", needs: referencesIn(inside) };
  });
  const all = joinedNeeds(parts.map((it) => (it.is === "unknown" ? it.needs : undefined)));
  const texts = parts.map((it) => {
    const value = it.is === "value" ? it.node : it.is === "unknown" ? it.fallback : undefined;
    return value === undefined || value.children !== undefined || value.type === "null"
      ? undefined
      : String(value.value);
  });
  const value = known.budget.join(texts, "");
  if (value === undefined) return { is: "unknown", needs: all };
  const node = placedAt({ type: "string", offset: 0, length: 0, value }, place);
  return parts.every((it) => it.is === "value")
    ? { is: "value", node }
    : { is: "unknown", fallback: node, needs: all };
}
