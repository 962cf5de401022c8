// The ECS resources of a CloudFormation or SAM template, in YAML or JSON, and of a configuration of the Serverless Framework.

import { parseJson } from "../../../source/json/parseJson";
import { type Node, nodeAtPath } from "../../../source/node";
import { readYaml } from "../../../source/yaml/readYaml";
import { referredDefinition } from "../definitions";
import type { GivenValues } from "../givenValues";
import type { HostedInput } from "../hostedInput";
import { toApiTree } from "../hostTree";
import { readAnew, rememberParts } from "../partInputs";
import {
  cloudFormationHost,
  secretTypes,
  type TemplateSections,
  truthOfCondition,
} from "./cloudFormationHost";
import { referredId, textOf } from "./intrinsic";
import { jsonSlicesOf } from "./jsonSections";
import { slicesOf } from "./sections";
import { joinedSection, onceWritten, serverlessPart, templatesOfServerless } from "./serverless";

const types = {
  "AWS::ECS::TaskDefinition": { kind: "taskDefinition", shape: "RegisterTaskDefinitionRequest" },
  "AWS::ECS::Service": { kind: "service", shape: "CreateServiceRequest" },
  "AWS::ECS::DaemonTaskDefinition": {
    kind: "daemonTaskDefinition",
    shape: "RegisterDaemonTaskDefinitionRequest",
  },
  "AWS::ECS::Daemon": { kind: "daemon", shape: "CreateDaemonRequest" },
  "AWS::ECS::CapacityProvider": { kind: "capacityProvider", shape: "CreateCapacityProviderRequest" },
} as const;

/** The types of resources that are read. */
const ecsTypes = /AWS::ECS::(?:TaskDefinition|Service|Daemon|DaemonTaskDefinition|CapacityProvider)\b/;

/** Whether a template is JSON; a directive of Jinja (`{% set … %}`, `{{ x }}`, `{# … #}`) begins as an object does. */
export function isJsonText(text: string): boolean {
  return /^\ufeff?\s*\{(?![%{#])/.test(text);
}

/** Whether a text may be a template with resources of ECS: one cheap look. */
export function mayBeTemplate(fileName: string, text: string): boolean {
  return (
    /\.(?:ya?ml|json|template|ya?ml\.\w+)$/i.test(fileName) &&
    ecsTypes.test(text) &&
    /\bResources\b/.test(text)
  );
}

/** The inputs of ECS that a template describes, in its order; `given` are values of its parameters. Never throws. */
export function readTemplate(text: string, given: GivenValues = new Map()): readonly HostedInput[] {
  const start = isJsonText(text) ? "json" : "yaml";
  const slices = (start === "yaml" ? slicesOf : jsonSlicesOf)(text, ecsTypes, secretResource);
  if (slices === undefined) return readWhole(text, start, given);
  const sectionValue = (root: Node | undefined) => root?.children?.[0]?.children?.[1];
  const sections = {
    parameters: sectionValue(slices.parameters?.root),
    mappings: sectionValue(slices.mappings?.root),
    conditions: sectionValue(slices.conditions?.root),
    secrets: slices.secrets,
    given,
  };
  const inputsOfSlice = given.size > 0 ? readAnew : remembered;
  return slices.resources.flatMap(({ text, root, base }) =>
    inputsOfSlice(
      text,
      base,
      (seen) => isSame(seen, sections),
      () => ({
        inputs: (root?.children ?? []).flatMap((it) => inputOf(it, sections)),
        seen: sections,
      }),
    ),
  );
}

const remembered = rememberParts<TemplateSections>(400);

/** A template, or a configuration of the Serverless Framework, that is not cut into resources. */
function readWhole(text: string, format: "json" | "yaml", given: GivenValues): readonly HostedInput[] {
  const part = format === "yaml" ? serverlessPart(text) : undefined;
  if (part === undefined)
    return inputsOfAll(format === "json" ? parseJson(text, true).root : readYaml(text).root, given);
  const read = () => ({ inputs: inputsOfAll(readYaml(part.text).root, given), seen: undefined });
  return (given.size > 0 ? readAnew : rememberedParts)(part.text, part.start, () => true, read);
}

const rememberedParts = rememberParts<undefined>(20);

function inputsOfAll(root: Node | undefined, given: GivenValues): readonly HostedInput[] {
  const isTemplate = nodeAtPath(root, ["Resources"]) !== undefined;
  const templates = isTemplate && root !== undefined ? [root] : templatesOfServerless(root);
  const section = (name: string) => joinedSection(templates, name);
  const written = section("Resources")?.children ?? [];
  const resources = templates.length > 1 ? onceWritten(written) : written;
  const secrets = new Set(resources.filter(isSecret).map((it) => String(it.children?.[0]?.value)));
  const sections = {
    parameters: section("Parameters"),
    mappings: section("Mappings"),
    conditions: section("Conditions"),
    given,
    secrets,
  };
  return resources.flatMap((it) => inputOf(it, sections));
}

/** Whether all that values refer to is the same: the slices of the same text have one tree. */
function isSame(left: TemplateSections, right: TemplateSections): boolean {
  const ids = ({ secrets }: TemplateSections) => [...(secrets ?? [])].join();
  const trees = ["parameters", "mappings", "conditions"] as const;
  return trees.every((it) => left[it] === right[it]) && ids(left) === ids(right);
}

/** A resource whose type says that it is a secret, as far as its text can. */
const secretResource = new RegExp(`(?:^|[\\s{,])["']?Type["']?\\s*:\\s*["']?${secretTypes.source}`, "m");

function isSecret({ children: [, value] = [] }: Node): boolean {
  return secretTypes.test(textOf(nodeAtPath(value, ["Type"])) ?? "");
}

function inputOf(resource: Node, sections: TemplateSections): readonly HostedInput[] {
  const [key, value] = resource.children ?? [];
  const type = textOf(nodeAtPath(value, ["Type"])) ?? "";
  const known = Object.hasOwn(types, type) ? types[type as keyof typeof types] : undefined;
  const properties = nodeAtPath(value, ["Properties"]);
  if (key === undefined || known === undefined || properties?.type !== "object") return [];
  const holds = textOf(nodeAtPath(value, ["Condition"]));
  const host = cloudFormationHost({ ...sections, holds });
  const input = toApiTree(properties, known.shape, host);
  if (input === undefined) return [];
  const reference = nodeAtPath(properties, [
    known.shape === "CreateDaemonRequest" ? "DaemonTaskDefinitionArn" : "TaskDefinition",
  ]);
  const made = holds === undefined ? undefined : truthOfCondition(holds, sections);
  return [
    {
      id: String(key.value),
      kind: known.kind,
      host: "cloudFormation",
      input,
      name: { start: key.offset, end: key.offset + key.length },
      ...referredDefinition(reference, host, referredId),
      ...(made?.truth === false && { absent: made.needs }),
    },
  ];
}
