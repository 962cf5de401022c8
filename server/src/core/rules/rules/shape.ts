// Walks the document beside the API model: unknown, missing and null members, wrong types, values not allowed.

import { nearest } from "../../documents/spelling";
import { isOpen, isTemplate, type JsonNode, type Member, members } from "../../documents/tree";
import { inputShape, type Shape, shapeNamed } from "../apiModel";
import { fix, remove, renameMember } from "../edits";
import { outputOnlyMembers } from "../outputOnly";
import type { Report, Rule, RuleContext } from "../rule";
import { placeOfMissing } from "./common";
import { checkLimits } from "./shapeLimits";
import { homeOf, ownerName } from "./shapeNames";
import { checkType, reportConvertible, type WrongScalar } from "./shapeTypes";

export const shape: Rule = {
  codes: [
    "misspelt-member",
    "misplaced-member",
    "unknown-member",
    "update-service-member",
    "wrong-type",
    "missing-member",
    "unknown-value",
    "duplicate-member",
    "number-out-of-range",
    "text-length",
  ],
  check(context, report) {
    const name = inputShape(context.operation);
    const walker: Walk = { context, report, convertible: [] };
    walk(walker, context.input, name, "", true);
    reportConvertible(walker);
  },
};

export interface Walk {
  readonly context: RuleContext;
  readonly report: Report;
  /** Scalars written as another type, such as a number in quotes: one finding for all of them. */
  readonly convertible: WrongScalar[];
}

function walk(walker: Walk, node: JsonNode, shapeName: string, memberName: string, isRoot = false): void {
  const expected = shapeNamed(shapeName);
  if (isTemplate(node) || node.type === "null" || expected.type === "document") return;
  if (!checkType(walker, node, expected, memberName)) return;
  checkLimits(walker, node, shapeName, expected, memberName);
  if (expected.type === "list") {
    for (const item of node.children ?? []) walk(walker, item, expected.item ?? "String", memberName);
  } else if (expected.type === "map") {
    noteDuplicates(walker, members(node));
    for (const { value, name } of members(node)) walk(walker, value, expected.value ?? "String", name);
  } else if (expected.type === "structure") {
    walkMembers(walker, node, shapeName, expected, isRoot);
  }
}

function walkMembers(
  walker: Walk,
  node: JsonNode,
  shapeName: string,
  expected: Shape,
  isRoot: boolean,
): void {
  const found = members(node);
  noteDuplicates(walker, found);
  const known = expected.members ?? {};
  const names = new Set(found.map((it) => it.name));
  const outputOnly = isRoot ? outputOnlyMembers(walker.context.operation) : undefined;
  for (const member of found) {
    const memberShape = Object.hasOwn(known, member.name) ? known[member.name] : undefined;
    if (memberShape !== undefined) walk(walker, member.value, memberShape, member.name);
    else if (!outputOnly?.has(member.name)) unknownMember(walker, member, shapeName, known, names);
  }
  if (isOpen(node)) return;
  for (const name of expected.required ?? []) {
    // A service may get its name from a flag; that has a finding of its own.
    if (isRoot && name === "serviceName") continue;
    // A misspelt one has its own finding.
    if (names.has(name) || found.slice(0, 100).some((it) => nearest(it.name, [name]) === name)) continue;
    walker.report("missing-member", placeOfMissing(node), {
      owner: capitalized(ownerName(shapeName)),
      member: name,
    });
  }
}

function unknownMember(
  { report }: Walk,
  member: Member,
  shapeName: string,
  known: Readonly<Record<string, string>>,
  siblings: ReadonlySet<string>,
): void {
  const owner = ownerName(shapeName);
  const params = { member: member.name, owner };
  if (shapeName === "UpdateServiceRequest") {
    const create = shapeNamed("CreateServiceRequest").members ?? {};
    if (Object.hasOwn(create, member.name)) {
      report("update-service-member", member.key, params, {
        fixes: [fix(`Remove '${member.name}'`, false, remove(member.value))],
      });
      return;
    }
  }
  const free = Object.keys(known).filter((name) => !siblings.has(name));
  const suggestion = nearest(member.name, free) ?? nearest(member.name, Object.keys(known));
  if (suggestion !== undefined) {
    report(
      "misspelt-member",
      member.key,
      { ...params, suggestion },
      {
        fixes: [
          free.includes(suggestion)
            ? fix(`Change to '${suggestion}'`, true, renameMember(member.value, suggestion))
            : fix(`Remove '${member.name}'`, false, remove(member.value)),
        ],
      },
    );
    return;
  }
  const removal = fix(`Remove '${member.name}'`, false, remove(member.value));
  const home = homeOf(member.name, shapeName);
  if (home) report("misplaced-member", member.key, { ...params, home }, { fixes: [removal] });
  else report("unknown-member", member.key, params, { fixes: [removal] });
}

function noteDuplicates({ report }: Walk, found: readonly Member[]): void {
  const last = new Map<string, Member>();
  for (const member of found) {
    const earlier = last.get(member.name);
    last.set(member.name, member);
    if (!earlier) continue;
    report(
      "duplicate-member",
      member.key,
      { member: member.name },
      {
        related: [
          {
            message: "The first one, which does not count.",
            span: { start: earlier.key.offset, end: earlier.key.offset + earlier.key.length },
          },
        ],
        fixes: [fix("Remove the one that does not count", false, remove(earlier.value))],
      },
    );
  }
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
