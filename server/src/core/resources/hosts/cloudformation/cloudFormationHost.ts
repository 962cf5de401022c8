// How CloudFormation names and means what the ECS API gets.

import { ordinaryShape, shapeNamed } from "../../../api/apiModel";
import { type Node, nodeAtPath } from "../../../source/node";
import { holdsPlaceholder } from "../../../text/placeholders";
import type { Decided } from "../choices";
import { chosenBy, type OpenMeaning } from "../decided";
import { type GivenValues, insideOf, joinedNeeds, placedAt, shownDefault } from "../givenValues";
import type { Host, Meaning } from "../hostTree";
import { TextBudget } from "../textBudget";
import { Conditions } from "./conditions";
import { argumentsOf, type Intrinsic, intrinsicOf, textOf } from "./intrinsic";

/** Properties that are not the API's name with another first letter. */
const renamed: Readonly<Record<string, string>> = {
  "CreateServiceRequest.placementstrategies": "placementStrategy",
  "CreateCapacityProviderRequest.clustername": "cluster",
  "ProxyConfiguration.proxyconfigurationproperties": "properties",
};

/** What CloudFormation does with an update of the stack; the call that makes the resource has no such property. */
const ofUpdates: ReadonlySet<string> = new Set(["CreateServiceRequest.forceNewDeployment"]);

/** Sections of the template that values refer to. */
export interface TemplateSections {
  readonly parameters: Node | undefined;
  readonly mappings: Node | undefined;
  readonly conditions: Node | undefined;
  /** Values of parameters, pseudo parameters, attributes of resources, and conditions ("true", "false"). */
  readonly given: GivenValues;
  /** Logical ids of secrets in the template. */
  readonly secrets?: ReadonlySet<string>;
  /** The condition of the resource: where the resource is made, it holds. */
  readonly holds?: string | undefined;
}

interface Sections extends TemplateSections {
  readonly budget: TextBudget;
  readonly decided: Conditions;
  /** As `decided`, whether or not the resource is made. */
  readonly anyway: Conditions;
}

/** The host of one resource. */
export function cloudFormationHost(template: TemplateSections): Host {
  const sections = sectionsOf(template);
  return {
    nameOf: (owner, written) => {
      const name = written.toLowerCase();
      return apiNames(owner).get(name) ?? apiNames(ordinaryShape(owner)).get(name) ?? lowerFirst(written);
    },
    meaningOf: (node) => meaningOf(node, sections, 0),
    choiceOf: (node) => {
      const call = intrinsicOf(node);
      if (call?.name !== "If") return undefined;
      const { branches, truth: decided, needs = [] } = choiceIn(call, sections);
      return { branches, decided, needs: decided?.needs ?? needs };
    },
    isUnset: (owner, name) => ofUpdates.has(`${owner}.${name}`),
  };
}

function sectionsOf(template: TemplateSections): Sections {
  const { conditions, holds } = template;
  const read = (it: Node) => meaningOf(it, sections, 0);
  const decided = new Conditions(conditions, holds, read);
  const anyway = holds === undefined ? decided : new Conditions(conditions, undefined, read);
  const sections: Sections = { ...template, budget: new TextBudget(), decided, anyway };
  return sections;
}

const names = new Map<string, ReadonlyMap<string, string>>();

function apiNames(owner: string): ReadonlyMap<string, string> {
  const known = names.get(owner);
  if (known !== undefined) return known;
  const made = new Map(Object.keys(shapeNamed(owner).members ?? {}).map((it) => [it.toLowerCase(), it]));
  for (const [key, name] of Object.entries(renamed))
    if (key.startsWith(`${owner}.`)) made.set(key.slice(owner.length + 1), name);
  names.set(owner, made);
  return made;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Functions in functions are followed so far. */
const deepest = 12;

function meaningOf(node: Node, sections: Sections, depth: number): Meaning {
  const call = intrinsicOf(node);
  if (call === undefined) return plainMeaning(node);
  if (depth > deepest) return { is: "unknown" };
  switch (call.name) {
    case "Ref":
      return nameMeaning(textOf(call.argument), node, sections);
    case "GetAtt":
      return nameMeaning(attributeName(call.argument), node, sections);
    case "If":
      return branchesOf(call, sections, depth);
    case "Sub":
      return substituted(node, call, sections, depth);
    case "Join":
      return joined(node, call, sections, depth);
    case "FindInMap":
      return lookedUp(node, call, sections, depth);
    default:
      return { is: "unknown", needs: [{ name: shortCall(call) }] };
  }
}

/** A value that is written; one with a placeholder is filled in before CloudFormation gets the template. */
function plainMeaning(node: Node): Meaning {
  const isFilledIn = node.type === "string" && !node.unknown && holdsPlaceholder(String(node.value));
  return isFilledIn ? { is: "unknown" } : { is: "value", node };
}

/** `!ImportValue name`: nobody can give it but under this name. */
function shortCall({ name, argument }: Intrinsic): string {
  const text = textOf(argument);
  return text === undefined ? `!${name}` : `!${name} ${text}`;
}

function attributeName(argument: Node): string | undefined {
  if (argument.type !== "array") return textOf(argument);
  const parts = (argument.children ?? []).map(textOf);
  return parts.some((it) => it === undefined) ? undefined : parts.join(".");
}

/** What a name stands for: a given value, a parameter with its default, or something that only the stack knows. */
function nameMeaning(name: string | undefined, place: Node, sections: Sections): Meaning {
  if (name === undefined) return { is: "unknown" };
  if (name === "AWS::NoValue") return { is: "absent" };
  const parameter = nodeAtPath(sections.parameters, [name]);
  const type = textOf(nodeAtPath(parameter, ["Type"])) ?? "";
  const given = sections.given.get(name);
  if (given !== undefined) return { is: "value", node: placedAt(asList(given, type), place) };
  const written = nodeAtPath(parameter, ["Default"]);
  // The default of an SSM parameter type is the parameter's name in the store.
  if (written === undefined || type.startsWith("AWS::SSM::"))
    return { is: "unknown", needs: [{ name }], sample: secretSample(name, sections) };
  const fallback = placedAt(asList(written, type), place);
  return { is: "unknown", fallback, needs: [{ name, byDefault: shownDefault(written) }] };
}

/** Types of resources whose `Ref` is the ARN of a secret. */
export const secretTypes = /AWS::SecretsManager::(?:Secret|SecretTargetAttachment)\b/;

/** An ARN like that of the secret that a name stands for, the one that a database makes included. */
function secretSample(name: string, { secrets }: TemplateSections): string | undefined {
  const isSecret = secrets?.has(name.replace(/\.Id$/, "")) || name.endsWith(".MasterUserSecret.SecretArn");
  return isSecret ? "arn:aws:secretsmanager:::secret:-" : undefined;
}

/** Lists of parameters are texts with commas. */
function asList(value: Node, type: string): Node {
  if (!/^(?:CommaDelimitedList|List<)/.test(type) || value.children !== undefined) return value;
  const parts = String(value.value ?? "").split(",");
  const items = parts.map((it): Node => ({ ...value, type: "string", value: it.trim() }));
  return { type: "array", offset: value.offset, length: value.length, children: items };
}

/** One of two values: known where the condition is given, perhaps absent where one of them is. */
function branchesOf(call: Intrinsic, sections: Sections, depth: number): Meaning {
  const { branches, truth, ...condition } = choiceIn(call, sections);
  const written = branches.find((it) => it.when === truth?.truth);
  if (truth?.isCertain)
    return written === undefined ? { is: "unknown" } : meaningOf(written, sections, depth + 1);
  const meanings = branches.map((it) => ({ when: it.when, meaning: meaningOf(it, sections, depth + 1) }));
  const isPerhaps = meanings.some(({ meaning }) => meaning.is === "absent" || meaning.is === "perhaps");
  const open: OpenMeaning = { is: isPerhaps ? "perhaps" : "unknown", branches, ...condition };
  const chosen = meanings.find((it) => it.when === truth?.truth);
  return truth === undefined || chosen === undefined ? open : chosenBy(open, truth.needs, chosen.meaning);
}

/** The values of `Fn::If`, and what is known of its condition. */
function choiceIn(call: Intrinsic, sections: Sections) {
  const [condition, then, otherwise] = argumentsOf(call);
  const name = condition && textOf(condition);
  const branches = [then, otherwise].flatMap((it, at) => (it ? [{ ...it, when: at === 0 }] : []));
  if (name === undefined) return { branches, truth: undefined };
  return { branches, truth: truthOf(name, sections), condition: name, needs: [{ name }] };
}

/** Whether a condition of the template is true; `undefined` where nobody knows. */
export function truthOfCondition(name: string, template: TemplateSections): Decided | undefined {
  return truthOf(name, sectionsOf(template));
}

interface Truth extends Decided {
  /** Somebody has given what decides, or the resource is made only where it is so. */
  readonly isCertain: boolean;
}

function truthOf(name: string, { given, holds, decided, anyway }: Sections): Truth | undefined {
  if (name === holds) return { truth: true, needs: [], isCertain: true };
  const value = given.get(name);
  if (value !== undefined) return { truth: /^true$/i.test(String(value.value)), needs: [], isCertain: true };
  const found = decided.named(name);
  if (found === undefined) return undefined;
  // What the template itself decides may be about to change.
  const isImplied = anyway.named(name)?.truth !== found.truth || anyway.named(name)?.needs.length !== 0;
  const isCertain = found.needs.length === 0 && (given.size > 0 || isImplied);
  // Defaults with which the resource is not made at all are not those that it is made with.
  const isOther = found.needs.length > 0 && holds !== undefined && anyway.named(holds)?.truth === false;
  return isOther ? undefined : { ...found, isCertain };
}

/** A text with names in it: `${AgentMemory}`, `${AWS::Region}`, `${Role.Arn}`; `${!X}` is a text. */
function substituted(node: Node, call: Intrinsic, sections: Sections, depth: number): Meaning {
  const [first, own] = argumentsOf(call);
  const template = first && subText(first);
  if (first === undefined || template === undefined) return { is: "unknown" };
  // Without a name in it the text is as it is written.
  if (!template.includes("${")) return { is: "value", node: plainOf(first) };
  const parts = template.split(/(\$\{[^{}]*\})/).map((part): Meaning => {
    if (!sections.budget.take()) return { is: "unknown" };
    const name = insideOf(part);
    if (name === undefined) return textValue(part, node);
    if (name.startsWith("!")) return textValue(`\${${name.slice(1)}}`, node);
    const value = nodeAtPath(own, [name]);
    return value === undefined ? nameMeaning(name, node, sections) : meaningOf(value, sections, depth + 1);
  });
  return composed(parts, "", node, sections.budget);
}

/** In JSON a text with `${X}` in it reads as one with a placeholder; a placeholder of another kind is one. */
function subText(node: Node): string | undefined {
  if (node.type !== "string") return undefined;
  const text = String(node.value);
  return node.unknown && holdsPlaceholder(text.replace(/\$\{[^{}]*\}/g, "")) ? undefined : text;
}

function joined(node: Node, call: Intrinsic, sections: Sections, depth: number): Meaning {
  const [delimiter, list] = argumentsOf(call);
  const between = delimiter && textOf(delimiter);
  if (between === undefined || list?.type !== "array" || intrinsicOf(list) !== undefined)
    return { is: "unknown", needs: [{ name: "!Join" }] };
  const parts = (list.children ?? []).map(
    (it): Meaning => (sections.budget.take() ? meaningOf(it, sections, depth + 1) : { is: "unknown" }),
  );
  return composed(parts, between, node, sections.budget);
}

/** Several texts as one: known where all are, with the defaults of those that have one. */
function composed(parts: readonly Meaning[], between: string, place: Node, budget: TextBudget): Meaning {
  const needs = joinedNeeds(
    parts.map((it) => (it.is === "unknown" || it.is === "perhaps" ? it.needs : undefined)),
  );
  const texts = parts.map((it) => {
    const value = it.is === "value" ? it.node : it.is === "unknown" ? it.fallback : undefined;
    return value === undefined || value.children !== undefined ? undefined : String(value.value);
  });
  if (texts.some((it) => it === undefined)) {
    const samples = parts.map((it, at) => texts[at] ?? (it.is === "unknown" ? it.sample : undefined));
    return { is: "unknown", needs, sample: budget.join(samples, between) };
  }
  const joinedText = budget.join(texts, between);
  if (joinedText === undefined) return { is: "unknown", needs };
  const { node } = textValue(joinedText, place);
  return parts.every((it) => it.is === "value")
    ? { is: "value", node }
    : { is: "unknown", fallback: node, needs };
}

function textValue(text: string, place: Node): Extract<Meaning, { readonly is: "value" }> {
  return { is: "value", node: placedAt({ type: "string", offset: 0, length: 0, value: text }, place) };
}

/** The argument without its tag. */
function plainOf(node: Node): Node {
  const { tag: _tag, ...rest } = node;
  return { ...rest, origin: { node, base: 0 } };
}

/** A value of the mappings, at the place of the call. */
function lookedUp(node: Node, call: Intrinsic, sections: Sections, depth: number): Meaning {
  const keys = argumentsOf(call).map((it) => keyOf(it, sections, depth + 1));
  const needs = joinedNeeds(keys.map((it) => it.needs));
  const path = keys.map((it) => it.text);
  if (path.length !== 3 || path.some((it) => it === undefined)) return { is: "unknown", needs };
  const found = nodeAtPath(sections.mappings, path as string[]);
  if (found === undefined) return { is: "unknown", needs };
  const value = placedAt(found, node);
  return needs.length === 0 ? { is: "value", node: value } : { is: "unknown", fallback: value, needs };
}

/** A key of a mapping: a text, or a parameter. */
function keyOf(node: Node, sections: Sections, depth: number) {
  const meaning = intrinsicOf(node) === undefined ? textValueOf(node) : meaningOf(node, sections, depth);
  const value =
    meaning.is === "value" ? meaning.node : meaning.is === "unknown" ? meaning.fallback : undefined;
  const text = value === undefined || value.children !== undefined ? undefined : String(value.value);
  return { text, needs: meaning.is === "unknown" ? (meaning.needs ?? []) : [] };
}

function textValueOf(node: Node): Meaning {
  return node.children === undefined ? { is: "value", node } : { is: "unknown" };
}
