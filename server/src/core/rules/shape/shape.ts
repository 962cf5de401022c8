// Walks the document beside the API model: unknown, missing and null members, wrong types, values not allowed.

import { inputShape, ordinaryShape, shapeNamed } from "../../api/apiModel";
import type { Shape } from "../../api/apiShape";
import { senderHabits } from "../../resources/senders";
import { add, Copy, remove } from "../../source/change";
import { get, isOpen, isTemplate, type JsonNode, keyOf, members } from "../../source/tree";
import { fix } from "../fix";
import { entry, property, title } from "../fixTitle";
import { counterpartOf, foreignMemberCodes } from "../managed/foreignMembers";
import { isLeftToDeploy } from "../managed/leftToDeploy";
import { outputOnlyMembers } from "../outputOnly";
import type { Rule } from "../rule";
import { placeOfMissing } from "../ruleHelpers";
import { checkBlockOrArgument } from "./blockOrArgument";
import { missingValue } from "./missingValues";
import { noteNameCase, reportNameCase } from "./nameCase";
import { NearHomes } from "./nearHomes";
import { checkLimits } from "./shapeLimits";
import { noteDuplicates, unknownMember } from "./shapeMembers";
import { ownerName } from "./shapeNames";
import { checkOwnRange } from "./shapeRanges";
import { checkType, reportConvertible } from "./shapeTypes";
import type { Unfinished, Walk } from "./shapeWalk";
import { meantMember } from "./synonyms";

export const shape: Rule = {
  codes: [
    "misspelt-member",
    "misplaced-member",
    "unknown-member",
    "property-case",
    "argument-case",
    "block-or-argument-name",
    "argument-for-block",
    "block-for-argument",
    "update-service-member",
    "create-service-member",
    "wrong-type",
    "missing-member",
    "unknown-value",
    "duplicate-member",
    "number-out-of-range",
    "text-length",
    "namespace-mode-of-tasks",
    ...foreignMemberCodes,
  ],
  check(context, report) {
    const name = inputShape(context.operation);
    const homes = new NearHomes(context.input, name);
    const walker: Walk = { context, report, homes, unfinished: [], convertible: [], otherCase: [] };
    walk(walker, context.input, name, "", true);
    for (const it of walker.unfinished) reportMissing(walker, it);
    if (!senderHabits[context.workspace.sender ?? "awsCli"].takesAnyScalar) reportConvertible(walker);
    reportNameCase(walker);
  },
};

function walk(walker: Walk, node: JsonNode, shapeName: string, memberName: string, isRoot = false): void {
  const expected = shapeNamed(shapeName);
  // Whichever of them a condition chooses: each is looked at by itself.
  for (const it of node.branches ?? []) walk(walker, it, shapeName, memberName);
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
    if (memberShape !== undefined) {
      noteNameCase(walker, member, shapeName);
      checkBlockOrArgument(walker, member, memberShape);
      const own = [member.value, ...(member.value.branches ?? [])].map((value) =>
        checkOwnRange(walker, { ...member, value }, ordinaryShape(shapeName), memberShape),
      );
      const isReported = own.includes(true) || walker.context.doubts.hasValue(member.value);
      if (!isReported) walk(walker, member.value, memberShape, member.name);
    } else if (!outputOnly?.has(member.name) || walker.homes.isNeeded(node, member.name))
      unknownMember(walker, member, shapeName, known, names);
  }
  if (isOpen(node) || (isRoot && isLeftToDeploy(walker.context))) return;
  walker.unfinished.push({ node, shapeName, found, isRoot });
}

function reportMissing(walker: Walk, { node, shapeName, found, isRoot }: Unfinished): void {
  const { required = [], members: known = {} } = shapeNamed(shapeName);
  for (const name of required) {
    // A service may get its name from a flag; that has a diagnostic of its own.
    if (isRoot && (name === "serviceName" || name === "service")) continue;
    // CloudFormation names what has no name; Terraform's provider reports it in its own words.
    const isNamedByHost = ["family", "daemonName", "name"].includes(name);
    if (isRoot && isNamedByHost && walker.context.document.hosted !== undefined) continue;
    // A misspelt one has its own diagnostic.
    const isMisspelt = found.slice(0, 100).some((it) => {
      if (Object.hasOwn(known, it.name)) return false;
      return (
        counterpartOf(it.name, shapeName) === name ||
        meantMember(it.name, ordinaryShape(shapeName), [name]) === name
      );
    });
    // A misplaced one, too.
    const isKnown = found.some((it) => it.name === name) || walker.context.doubts.hasMember(node, name);
    if (isKnown || isMisspelt || isSentAsZero(walker, shapeName, known[name])) continue;
    walker.context.doubts.noteMember(node, name);
    if (reportedInMap(walker, node, shapeName, name)) continue;
    const params = { owner: capitalized(ownerName(shapeName)), member: name };
    const value = missingValue(walker.context.document, ordinaryShape(shapeName), name, node);
    walker.report("missing-member", placeOfMissing(node), params, {
      about: name,
      fixes: [
        value === undefined
          ? undefined
          : fix(title`Add ${entry(name, value)}`, false, add(node, name, value)),
      ],
    });
  }
}

/** A required property that is in a map of its object, such as the type of FireLens in `options`, is misplaced. */
function reportedInMap({ report }: Walk, node: JsonNode, shapeName: string, name: string): boolean {
  const maps = Object.entries(shapeNamed(shapeName).members ?? {}).filter(
    ([, it]) => shapeNamed(it).type === "map",
  );
  for (const [map] of maps) {
    const value = get(get(node, map), name);
    if (value === undefined || isTemplate(value)) continue;
    const home = ownerName(ordinaryShape(shapeName));
    report(
      "misplaced-member",
      keyOf(value),
      { member: name, owner: `'${map}'`, home },
      {
        fixes: [
          fix(title`Move '${property(name, value)}' there`, false, [
            remove(value),
            add(node, name, new Copy(value)),
          ]),
        ],
      },
    );
    return true;
  }
  return false;
}

/** Whether the sender writes a value for it that ECS accepts: false, and 0 as a limit. */
function isSentAsZero({ context }: Walk, owner: string, memberShape: string | undefined): boolean {
  if (!senderHabits[context.workspace.sender ?? "awsCli"].sendsZeroValues) return false;
  return memberShape === "Boolean" || (memberShape === "Integer" && owner === "Ulimit");
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
