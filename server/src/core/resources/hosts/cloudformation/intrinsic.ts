// CloudFormation's intrinsic functions, in their short form (`!Ref X`) and their long one (`{ "Ref": "X" }`).

import type { Node } from "../../../source/node";

export interface Intrinsic {
  /** Without `Fn::` and `!`: "Ref", "If", "Sub", "GetAtt". */
  readonly name: string;
  readonly argument: Node;
}

/** The function that a value is a call of; `undefined` for a plain value. */
export function intrinsicOf(node: Node): Intrinsic | undefined {
  if (node.tag?.startsWith("!")) return { name: node.tag.slice(1), argument: node };
  const [only, ...others] = node.type === "object" ? (node.children ?? []) : [];
  const [key, argument] = only?.children ?? [];
  if (argument === undefined || others.length > 0) return undefined;
  const name = String(key?.value);
  // `{ "Condition": … }` is a function in conditions alone; elsewhere it is a property, that of a dependency.
  if (name === "Ref") return { name, argument };
  return name.startsWith("Fn::") ? { name: name.slice(4), argument } : undefined;
}

/** The logical id that a value refers to by `Ref` or `GetAtt`; `undefined` for anything else. */
export function referredId(node: Node): string | undefined {
  const call = intrinsicOf(node);
  if (call?.name === "Ref") return textOf(call.argument);
  if (call?.name !== "GetAtt") return undefined;
  const { argument } = call;
  return textOf(argument.type === "array" ? argument.children?.[0] : argument)?.split(".")[0];
}

/** Items of a function's list of arguments. */
export function argumentsOf({ argument }: Intrinsic): readonly Node[] {
  return argument.type === "array" ? (argument.children ?? []) : [argument];
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.type === "string" && !node.unknown ? String(node.value) : undefined;
}
