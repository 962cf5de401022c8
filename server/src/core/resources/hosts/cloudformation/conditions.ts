// Conditions of a CloudFormation template: what they come to with given values and the defaults of parameters.

import { type Node, nodeAtPath } from "../../../source/node";
import type { Decided } from "../choices";
import { joinedNeeds } from "../givenValues";
import type { Meaning } from "../hostTree";
import { argumentsOf, type Intrinsic, intrinsicOf, textOf } from "./intrinsic";

/** Conditions that refer to each other are followed so far. */
const deepest = 12;
/** As many as `Fn::And` and `Fn::Or` take. */
const mostOperands = 10;

/** Conditions of one template; each is evaluated once. */
export class Conditions {
  private readonly known = new Map<string, Decided | undefined>();

  /** `holds`: a condition that is true; `meaningOf` is that of a value that a condition compares. */
  constructor(
    private readonly section: Node | undefined,
    private readonly holds: string | undefined,
    private readonly meaningOf: (node: Node) => Meaning,
  ) {}

  /** `undefined` where nobody knows whether the condition is true. */
  named(name: string, depth = 0): Decided | undefined {
    if (name === this.holds) return { truth: true, needs: [] };
    if (this.known.has(name)) return this.known.get(name);
    // One that refers to itself has no value.
    this.known.set(name, undefined);
    const written = nodeAtPath(this.section, [name]);
    const found = written && this.of(written, depth + 1);
    this.known.set(name, found);
    return found;
  }

  private of(node: Node, depth: number): Decided | undefined {
    const call = depth > deepest ? undefined : (conditionCall(node) ?? intrinsicOf(node));
    if (call === undefined) return undefined;
    const operands = argumentsOf(call);
    if (operands.length > mostOperands) return undefined;
    switch (call.name) {
      case "Condition": {
        const name = textOf(call.argument);
        return name === undefined ? undefined : this.named(name, depth);
      }
      case "Equals":
        return this.equality(operands);
      case "Not": {
        const [only] = operands.map((it) => this.of(it, depth + 1));
        return operands.length === 1 && only ? { ...only, truth: !only.truth } : undefined;
      }
      case "And":
      case "Or":
        return this.joined(operands, call.name === "Or", depth);
      default:
        return undefined;
    }
  }

  /** One operand decides where it is true for `Or`, false for `And`; else all of them do. */
  private joined(operands: readonly Node[], decisive: boolean, depth: number): Decided | undefined {
    const all = operands.map((it) => this.of(it, depth + 1));
    const deciding = all.filter((it) => it?.truth === decisive);
    const [first] = deciding.sort((left, right) => (left?.needs.length ?? 0) - (right?.needs.length ?? 0));
    if (first !== undefined) return first;
    if (all.length === 0 || all.includes(undefined)) return undefined;
    return { truth: !decisive, needs: joinedNeeds(all.map((it) => it?.needs)) };
  }

  /** CloudFormation compares texts, capitals included. */
  private equality(operands: readonly Node[]): Decided | undefined {
    const [left, right, ...more] = operands.map((it) => this.meaningOf(it));
    const texts = [left, right].map((it) => it && textOfMeaning(it));
    if (more.length > 0 || texts.includes(undefined)) return undefined;
    const needs = joinedNeeds([left, right].map((it) => (it?.is === "unknown" ? it.needs : undefined)));
    return { truth: texts[0] === texts[1], needs };
  }
}

/** `{ "Condition": "IsProd" }`, which is a reference among conditions alone. */
function conditionCall({ type, children = [] }: Node): Intrinsic | undefined {
  const [only, ...others] = type === "object" ? children : [];
  const [key, argument] = only?.children ?? [];
  const isReference = others.length === 0 && key?.value === "Condition" && argument !== undefined;
  return isReference ? { name: "Condition", argument } : undefined;
}

/** The text of a value that is known, or known by default. */
function textOfMeaning(meaning: Meaning): string | undefined {
  const node =
    meaning.is === "value" ? meaning.node : meaning.is === "unknown" ? meaning.fallback : undefined;
  if (node === undefined || node.children !== undefined || node.type === "null" || node.unknown)
    return undefined;
  // How a number is written is not known here: 1.0 and 1 are two texts.
  return node.type === "number" && !Number.isSafeInteger(node.value) ? undefined : String(node.value);
}
