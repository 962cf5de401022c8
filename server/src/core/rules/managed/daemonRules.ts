// A managed daemon's own settings: name, share of instances replaced at a time, bake time, alarms.

import { add, remove, set } from "../../source/change";
import {
  booleanOf,
  get,
  isOpen,
  isTemplate,
  items,
  type JsonNode,
  keyOf,
  numberOf,
  stringOf,
} from "../../source/tree";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report, Rule, RuleContext } from "../rule";
import { changeTo, isAbsent, removal } from "../ruleHelpers";
import { isLeftToDeploy } from "./leftToDeploy";

export const managedDaemon: Rule = {
  codes: [
    "filled-by-deploy",
    "bad-daemon-name",
    "drain-percent-range",
    "drain-percent-high",
    "bake-time-range",
    "alarms-not-enabled",
    "alarms-without-names",
    "bake-without-alarms",
  ],
  check(context, report) {
    const { input } = context;
    if (input.type !== "object") return;
    if (isLeftToDeploy(context)) {
      const name = get(input, "daemonName");
      if (name) report("filled-by-deploy", keyOf(name), {});
    }
    checkName(get(input, "daemonName"), report);
    const deployment = get(input, "deploymentConfiguration");
    if (deployment?.type !== "object") return;
    checkDrain(context, get(deployment, "drainPercent"), report);
    checkBake(get(deployment, "bakeTimeInMinutes"), report);
    checkAlarms(deployment, report);
  },
};

function checkName(node: JsonNode | undefined, report: Report): void {
  const name = stringOf(node);
  if (!node || name === undefined || /^[A-Za-z0-9_-]{1,255}$/.test(name)) return;
  const cleaned = name
    .trim()
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 255);
  report("bad-daemon-name", node, { name }, { fixes: [changeTo(node, cleaned || undefined, false)] });
}

/** From this share on a failure is everywhere before anybody sees it; the number is ours. */
const highShare = 50;

function checkDrain({ input }: RuleContext, node: JsonNode | undefined, report: Report): void {
  const value = numberOf(node);
  if (!node || value === undefined) return;
  if (value < 1 || value > 100) {
    report(
      "drain-percent-range",
      node,
      { value },
      {
        severity: value < 0 || value > 100 ? "error" : "warning",
        fixes: [
          fix("Change to 25, the default", false, set(node, 25)),
          ...(value < 1 ? [fix("Change to 1", false, set(node, 1))] : []),
        ],
      },
    );
    return;
  }
  const critical = get(input, "critical");
  const isCritical = critical === undefined || booleanOf(critical) === true;
  if (value < 100 && (value < highShare || !isCritical)) return;
  const what = value === 100 ? "every instance" : `${value} % of the instances`;
  report(
    "drain-percent-high",
    node,
    { value, what },
    {
      fixes: [fix("Change to 25, the default", false, set(node, 25))],
    },
  );
}

function checkBake(node: JsonNode | undefined, report: Report): void {
  const value = numberOf(node);
  // A fraction is the wrong type, which has its own diagnostic.
  if (!node || value === undefined || !Number.isInteger(value) || (value >= 0 && value <= 1440)) return;
  const nearest = value < 0 ? 0 : 1440;
  report(
    "bake-time-range",
    node,
    { value },
    {
      fixes: [fix(`Change to ${nearest}`, false, set(node, nearest))],
    },
  );
}

function checkAlarms(deployment: JsonNode, report: Report): void {
  const alarms = get(deployment, "alarms");
  const bake = get(deployment, "bakeTimeInMinutes");
  const minutes = numberOf(bake) ?? 0;
  if (!alarms) {
    if (bake && minutes > 0 && isAbsent(deployment, "alarms")) report("bake-without-alarms", keyOf(bake), {});
    return;
  }
  if (alarms.type !== "object" || isOpen(alarms)) return;
  const names = get(alarms, "alarmNames");
  const enable = get(alarms, "enable");
  if (names && (isTemplate(names) || isOpen(names) || names.type !== "array")) return;
  const hasNames = items(names).length > 0;
  if (names && hasNames && (enable === undefined || booleanOf(enable) === false)) {
    const change = enable ? set(enable, true) : add(alarms, "enable", true);
    report(
      "alarms-not-enabled",
      keyOf(names),
      {},
      { fixes: [fix(title`Set ${entry("enable", true)}`, false, change)] },
    );
  } else if (enable && booleanOf(enable) === true && !hasNames) {
    report("alarms-without-names", keyOf(enable), {}, { fixes: [removal(alarms)] });
  } else if (bake && minutes > 0 && !hasNames) {
    report("bake-without-alarms", keyOf(bake), {}, { fixes: [fix("Remove it", false, remove(bake))] });
  }
}
