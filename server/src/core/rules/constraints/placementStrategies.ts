// Placement strategies of services that are no daemons.

import { add } from "../../source/change";
import { get, has, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report } from "../rule";
import { advise, changeTo, given, isAbsent, placeOfMissing, removal, sureItems } from "../ruleHelpers";
import { serviceRule } from "../service/serviceRule";

export const placementStrategies = serviceRule(
  [
    "too-many-placement-strategies",
    "strategy-without-type",
    "random-with-field",
    "binpack-field",
    "binpack-without-field",
    "spread-field",
  ],
  ({ service: { input, isDaemon } }, report) => {
    const list = given(input, "placementStrategy");
    // A daemon has none at all, which has its own diagnostic.
    if (list?.type !== "array" || isDaemon) return;
    const count = sureItems(list).length;
    if (count > 5) report("too-many-placement-strategies", keyOf(list), { count });
    for (const strategy of items(list)) {
      checkComplete(strategy, report);
      checkStrategy(strategy, report);
    }
  },
);

function checkComplete(strategy: JsonNode, report: Report): void {
  if (strategy.type !== "object") return;
  const addition = (member: string, value: string) =>
    fix(title`Add ${entry(member, value)}`, false, add(strategy, member, value));
  if (isAbsent(strategy, "type")) {
    const field = stringOf(get(strategy, "field"));
    const type = field && /^(cpu|memory)$/i.test(field) ? "binpack" : "spread";
    const fixes = field ? [addition("type", type)] : [];
    report("strategy-without-type", placeOfMissing(strategy), {}, { fixes });
  }
  if (stringOf(get(strategy, "type")) !== "binpack" || !isAbsent(strategy, "field")) return;
  const fixes = [addition("field", "memory"), addition("field", "cpu")];
  report("binpack-without-field", placeOfMissing(strategy), {}, { fixes });
}

function checkStrategy(strategy: JsonNode, report: Report): void {
  const type = stringOf(get(strategy, "type"));
  const field = get(strategy, "field");
  const text = stringOf(field);
  if (!field || !has(strategy, "field")) return;
  if (type === "random") report("random-with-field", keyOf(field), {}, { fixes: [removal(field, true)] });
  if (type === "binpack" && text !== undefined && !/^(cpu|memory)$/i.test(text)) {
    report("binpack-field", field, { field: text }, { fixes: [changeTo(field, "memory", false)] });
  }
  if (type === "spread" && text !== undefined && !/^(instanceId|host|attribute:.+)$/i.test(text)) {
    const suggestion = spreadField(text);
    const advice = advise(suggestion, "An attribute is written as attribute:NAME.");
    report("spread-field", field, { field: text, advice }, { fixes: [changeTo(field, suggestion)] });
  }
}

/** What was probably meant: a built-in attribute without its beginning, or another spelling of instanceId. */
function spreadField(text: string): string | undefined {
  const bare = text.replace(/^(attribute:)?(ecs\.)?/i, "").toLowerCase();
  if (["availability-zone", "instance-type", "os-type"].includes(bare)) return `attribute:ecs.${bare}`;
  if (/^(az|zone|availabilityzone)$/.test(bare)) return "attribute:ecs.availability-zone";
  return nearest(text, ["instanceId", "host"]);
}
