// Placement strategies of services that are no daemons.

import { type ServiceView, serviceView } from "../../documents/serviceView";
import { nearest } from "../../documents/spelling";
import { get, has, items, type JsonNode, keyOf, stringOf } from "../../documents/tree";
import type { Report, Rule } from "../rule";
import { advise, changeTo, given, removal } from "./common";

export const placementStrategies: Rule = {
  codes: ["too-many-placement-strategies", "random-with-field", "binpack-field", "spread-field"],
  check({ document }, report) {
    const view = serviceView(document);
    if (view) checkStrategies(view, report);
  },
};

function checkStrategies({ input, isDaemon }: ServiceView, report: Report): void {
  const list = given(input, "placementStrategy");
  // A daemon has none at all, which has its own finding.
  if (list?.type !== "array" || isDaemon) return;
  const count = items(list).length;
  if (count > 5) report("too-many-placement-strategies", keyOf(list), { count });
  for (const strategy of items(list)) checkStrategy(strategy, report);
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
