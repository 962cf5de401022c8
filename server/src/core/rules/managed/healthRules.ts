// What a failing container of a daemon costs: an instance, where the daemon is critical.

import { type ContainerView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, isOpen, keyOf, numberOf, stringOf } from "../../source/tree";
import { defaultTimes, isTight, secondsUntilUnhealthy } from "../containers/healthTimes";
import type { Report, Rule, RuleContext } from "../rule";
import { given, inSentence, isAbsent, placeOfMissing } from "../ruleHelpers";
import type { Severity } from "../severity";
import { daemonsOf } from "./managedNeighbors";

export const managedHealth: Rule = {
  codes: ["critical-without-health-check", "critical-health-check-tight", "essential-without-restart-policy"],
  check(context, report) {
    const task = taskDefinitionView(context.document);
    const severity = severityOf(context);
    if (!task || severity === undefined) return;
    for (const container of task.containers) {
      const { node, label } = container;
      if (node.type !== "object" || booleanOf(get(node, "essential")) === false) continue;
      const essential = get(node, "essential");
      if (essential && booleanOf(essential) === undefined) continue;
      checkHealth(container, severity, report);
      if (isAbsent(node, "restartPolicy"))
        report("essential-without-restart-policy", placeOfMissing(node), {
          container: inSentence({ label }),
        });
    }
  },
};

/** Warnings where a daemon is known to be critical, hints where that is not known; nothing where none is critical. */
function severityOf({ document, workspace }: RuleContext): Extract<Severity, "warning" | "hint"> | undefined {
  const daemons = daemonsOf(workspace.managed, document);
  if (daemons.length === 0) return "hint";
  const criticals = daemons.map(({ input }) => {
    const critical = get(input, "critical");
    return isOpen(critical) || (critical === undefined && isOpen(input)) ? "unknown" : booleanOf(critical);
  });
  if (criticals.some((it) => it === true || it === undefined)) return "warning";
  return criticals.includes("unknown") ? "hint" : undefined;
}

function checkHealth({ node, label }: ContainerView, severity: "warning" | "hint", report: Report): void {
  const check = given(node, "healthCheck");
  if (!check) {
    if (isAbsent(node, "healthCheck"))
      report("critical-without-health-check", placeOfMissing(node), { container: label }, { severity });
    return;
  }
  if (check.type !== "object" || isOpen(check)) return;
  const command = get(check, "command")?.children?.[0];
  if (stringOf(command) === "NONE") {
    report("critical-without-health-check", keyOf(check), { container: label }, { severity });
    return;
  }
  const parts = ["interval", "retries", "startPeriod"] as const;
  const numbers = parts.map((it) => (given(check, it) ? numberOf(given(check, it)) : defaultTimes[it]));
  const [interval, retries, startPeriod] = numbers;
  if (interval === undefined || retries === undefined || startPeriod === undefined) return;
  // What is out of range has a diagnostic of its own.
  if (!within(interval, 5, 300) || !within(retries, 1, 10) || !within(startPeriod, 0, 300)) return;
  const times = { interval, retries, startPeriod };
  if (!isTight(times)) return;
  const seconds = secondsUntilUnhealthy(times);
  report("critical-health-check-tight", keyOf(check), { container: inSentence({ label }), seconds });
}

const within = (value: number, least: number, most: number) => value >= least && value <= most;
