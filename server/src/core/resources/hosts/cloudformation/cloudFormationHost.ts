// How CloudFormation names and means what the ECS API gets.

import { shapeNamed } from "../../../api/apiModel";
import { type Node, nodeAtPath } from "../../../source/node";
import type { Host, Meaning } from "../hostTree";
import { argumentsOf, type Intrinsic, intrinsicOf, textOf } from "./intrinsic";

/** Properties that are not the API's name with another first letter. */
const renamed: Readonly<Record<string, string>> = {
  "CreateServiceRequest.placementstrategies": "placementStrategy",
  "ProxyConfiguration.proxyconfigurationproperties": "properties",
};

/** Sections of the template that values refer to. */
export interface TemplateSections {
  readonly parameters: Node | undefined;
  readonly mappings: Node | undefined;
}

/** The host of one template. */
export function cloudFormationHost(sections: TemplateSections): Host {
  return {
    nameOf: (owner, written) => apiNames(owner).get(written.toLowerCase()) ?? lowerFirst(written),
    meaningOf: (node) => meaningOf(node, sections),
  };
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

function meaningOf(node: Node, sections: TemplateSections): Meaning {
  const call = intrinsicOf(node);
  if (call === undefined) return node.type === "null" ? { is: "absent" } : { is: "value", node };
  switch (call.name) {
    case "Ref":
      return referenceOf(call, sections);
    case "If":
      return branchesOf(call, sections);
    case "Sub": {
      const text = textOf(call.argument);
      return text !== undefined && !text.includes("${")
        ? { is: "value", node: plainOf(call.argument) }
        : { is: "unknown" };
    }
    case "FindInMap":
      return lookedUp(node, call, sections);
    default:
      return { is: "unknown" };
  }
}

/** The argument without its tag. */
function plainOf(node: Node): Node {
  const { tag: _tag, ...rest } = node;
  return rest;
}

function referenceOf({ argument }: Intrinsic, { parameters }: TemplateSections): Meaning {
  const name = textOf(argument);
  if (name === "AWS::NoValue") return { is: "absent" };
  const parameter = name === undefined ? undefined : nodeAtPath(parameters, [name]);
  const isList = /^(?:CommaDelimitedList|List<)/.test(textOf(nodeAtPath(parameter, ["Type"])) ?? "");
  const fallback = isList ? undefined : nodeAtPath(parameter, ["Default"]);
  return fallback === undefined ? { is: "unknown" } : { is: "unknown", fallback };
}

/** One of two values: known where both are the same, perhaps absent where one of them is. */
function branchesOf(call: Intrinsic, sections: TemplateSections): Meaning {
  const [, then, otherwise] = argumentsOf(call);
  const meanings = [then, otherwise].map((it) => (it === undefined ? undefined : meaningOf(it, sections)));
  return meanings.some((it) => it?.is === "absent" || it?.is === "perhaps")
    ? { is: "perhaps" }
    : { is: "unknown" };
}

/** A value of the mappings, at the place of the call. */
function lookedUp(node: Node, call: Intrinsic, { mappings }: TemplateSections): Meaning {
  const keys = argumentsOf(call).map(textOf);
  if (keys.length !== 3 || keys.some((it) => it === undefined)) return { is: "unknown" };
  const found = nodeAtPath(mappings, keys as string[]);
  if (found === undefined || found.children !== undefined) return { is: "unknown" };
  const { type, value } = found;
  return { is: "value", node: { type, value, offset: node.offset, length: node.length } };
}
