// Files that give values: Terraform's `*.tfvars`, and the parameter files of CloudFormation in their three forms.

import { readHcl } from "../../source/hcl/readHcl";
import { type Node, nodeAtPath } from "../../source/node";
import { readYaml } from "../../source/yaml/readYaml";
import type { GivenValues } from "./givenValues";

/** By name; `undefined` where the text is no such file. Never throws. */
export function readValuesFile(fileName: string, text: string): GivenValues | undefined {
  if (/\.tfvars$/i.test(fileName)) {
    const [block] = readHcl(`values {\n${text}\n}`).blocks;
    return block && entriesOf(block.body);
  }
  const { root } = readYaml(text);
  if (root?.type === "array") return listed(root);
  // `aws cloudformation deploy` and CodePipeline wrap them.
  const inner = nodeAtPath(root, ["Parameters"]);
  if (inner?.type === "array") return listed(inner);
  return root?.type === "object" ? entriesOf(inner?.type === "object" ? inner : root) : undefined;
}

function entriesOf(object: Node): GivenValues {
  return new Map(
    (object.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key === undefined || value === undefined || value.unknown ? [] : [[String(key.value), value] as const],
    ),
  );
}

/** `[{ "ParameterKey": "Name", "ParameterValue": "x" }]`, or `["Name=x"]`. */
function listed(list: Node): GivenValues | undefined {
  const entries = (list.children ?? []).flatMap((item) => {
    if (item.type === "string") {
      const text = String(item.value);
      const at = text.indexOf("=");
      return at < 0 ? [] : [[text.slice(0, at), { ...item, value: text.slice(at + 1) }] as const];
    }
    const key = nodeAtPath(item, ["ParameterKey"])?.value;
    const value = nodeAtPath(item, ["ParameterValue"]);
    return typeof key !== "string" || value === undefined ? [] : [[key, value] as const];
  });
  return entries.length < (list.children ?? []).length ? undefined : new Map(entries);
}
