// Tags of task definitions and services.

import { at, get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import type { ProposedFix } from "../fix";
import type { Report, Rule } from "../rule";
import { changeTo, given, isAbsent, makeRegister, placeOfMissing, related, removal } from "../ruleHelpers";

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const tags: Rule = {
  codes: ["empty-tags", "bad-tag", "duplicate-tag", "too-many-tags"],
  check({ input, operation }, report) {
    const list = given(input, "tags");
    // Of services nobody has reported that an empty list is refused.
    const isTask = operation === "registerTaskDefinition" || operation === "registerDaemonTaskDefinition";
    if (isTask && list?.type === "array" && items(list).length === 0 && !isOpen(list)) {
      report("empty-tags", list, {}, { fixes: [removal(list, true)] });
    }
    checkTags(list, report);
    for (const volume of items(get(input, "volumeConfigurations"))) {
      for (const entry of items(at(volume, "managedEBSVolume", "tagSpecifications"))) {
        checkTags(given(entry, "tags"), report);
      }
    }
  },
};

function checkTags(list: JsonNode | undefined, report: Report): void {
  if (list?.type !== "array") return;
  const found = items(list);
  if (found.length > 50) report("too-many-tags", keyOf(list), { count: found.length });
  const seen = makeRegister();
  for (const tag of found) {
    for (const part of ["key", "value"] as const) checkPart(tag, part, report);
    if (tag.type === "object" && isAbsent(tag, "key")) {
      report("bad-tag", placeOfMissing(tag), { part: "key", value: "", reason: "it is missing" });
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

function checkPart(tag: JsonNode, part: "key" | "value", report: Report): void {
  const node = get(tag, part);
  const value = stringOf(node);
  const reason = value === undefined ? undefined : whyNot(part, value);
  if (!node || value === undefined || !reason) return;
  const bare = value.replace(/^(aws:)+/i, "");
  const isReserved = part === "key" && bare !== value && bare !== "";
  const fixes = [isReserved ? changeTo(node, bare, false) : cleaned(node, part)];
  report("bad-tag", node, { part, value, reason }, { fixes });
}

function whyNot(part: "key" | "value", text: string): string | undefined {
  const most = part === "key" ? 128 : 256;
  if (part === "key" && text === "") return "a key needs at least one character";
  if (text.length > most) return `it has ${text.length} characters and ${most} are allowed`;
  if (/^aws:/i.test(text) && part === "key") return "the prefix aws: is reserved";
  return allowed.test(text) ? undefined : "use letters, digits, spaces and _ . : / = + - @";
}

/** Without the characters that tags do not have; too long a text is the author's to shorten. */
function cleaned(node: JsonNode, part: "key" | "value"): ProposedFix | undefined {
  const text = String(node.value).replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]+/gu, "-");
  return text === node.value || whyNot(part, text) ? undefined : changeTo(node, text, false);
}
