// Tags of task definitions and services.

import { at, get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import type { ProposedFix } from "../fix";
import type { Report, Rule } from "../rule";
import {
  changeTo,
  given,
  isAbsent,
  makeRegister,
  placeOfMissing,
  related,
  removal,
  sureItems,
} from "../ruleHelpers";

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const tags: Rule = {
  codes: ["empty-tags", "bad-tag", "duplicate-tag", "too-many-tags"],
  check({ document, input, operation }, report) {
    const list = given(input, "tags");
    // Of services nobody has reported that an empty list is refused.
    const isTask = operation === "registerTaskDefinition" || operation === "registerDaemonTaskDefinition";
    if (isTask && list?.type === "array" && items(list).length === 0 && !isOpen(list)) {
      report("empty-tags", list, {}, { fixes: [removal(list, true)] });
    }
    // The AWS provider of Terraform leaves tags with the prefix out.
    const isPrefixDropped = document.hosted?.host === "terraform";
    const reserved = isPrefixDropped ? undefined : /^aws:/i;
    checkTags(list, reserved, report);
    for (const volume of items(get(input, "volumeConfigurations"))) {
      for (const entry of items(at(volume, "managedEBSVolume", "tagSpecifications"))) {
        checkTags(given(entry, "tags"), isPrefixDropped ? ofEbs : ofEbsOrAws, report);
      }
    }
  },
};

/** Tags that ECS itself gives to EBS volumes (API model, EBSTagSpecification). */
const ofEbs = /^AmazonECS(?:Created|Managed)$/;
const ofEbsOrAws = /^(?:aws:|AmazonECS(?:Created|Managed)$)/i;

function checkTags(list: JsonNode | undefined, reserved: RegExp | undefined, report: Report): void {
  if (list?.type !== "array") return;
  const found = items(list);
  const count = sureItems(list).length;
  if (count > 50) report("too-many-tags", keyOf(list), { count });
  const seen = makeRegister();
  for (const tag of found) {
    for (const part of ["key", "value"] as const) checkPart(tag, part, reserved, report);
    if (tag.type === "object" && isAbsent(tag, "key")) {
      report("bad-tag", placeOfMissing(tag), { part: "key", value: "", reason: "a tag needs one" });
    }
    const keyNode = get(tag, "key");
    const key = stringOf(keyNode);
    const earlier = key !== undefined && keyNode ? seen.note(key, keyNode) : undefined;
    if (earlier && keyNode && key !== undefined) {
      report(
        "duplicate-tag",
        keyNode,
        { key },
        { related: related("The first one.", earlier), fixes: [removal(tag)] },
      );
    }
  }
}

function checkPart(tag: JsonNode, part: "key" | "value", reserved: RegExp | undefined, report: Report): void {
  const node = get(tag, part);
  const value = stringOf(node);
  const reason = value === undefined ? undefined : whyNot(part, value, reserved);
  if (!node || value === undefined || !reason) return;
  const bare = value.replace(/^(aws:)+/i, "");
  const isReserved = part === "key" && bare !== value && bare !== "";
  const fixes = [isReserved ? changeTo(node, bare, false) : cleaned(node, part)];
  report("bad-tag", node, { part, value, reason }, { fixes });
}

function whyNot(part: "key" | "value", text: string, reserved?: RegExp): string | undefined {
  const most = part === "key" ? 128 : 256;
  if (part === "key" && text === "") return "a key needs at least one character";
  if (text.length > most) return `it has ${text.length} characters and ${most} are allowed`;
  if (part === "key" && reserved?.test(text))
    return /^aws:/i.test(text) ? "the prefix aws: is reserved" : "ECS gives this tag itself";
  return allowed.test(text) ? undefined : "use letters, digits, spaces and _ . : / = + - @";
}

/** Without the characters that tags do not have; too long a text is the author's to shorten. */
function cleaned(node: JsonNode, part: "key" | "value"): ProposedFix | undefined {
  const text = String(node.value).replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]+/gu, "-");
  return text === node.value || whyNot(part, text) ? undefined : changeTo(node, text, false);
}
