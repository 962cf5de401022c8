// Container settings that the network mode excludes.

import { isOnlyFor, type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, type JsonNode, keyOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { filled, isAbsent, removal } from "../ruleHelpers";

export const networkMode: Rule = {
  codes: [
    "awsvpc-links",
    "awsvpc-hostname",
    "awsvpc-extra-hosts",
    "awsvpc-dns-servers",
    "awsvpc-disable-networking",
    "links-outside-bridge",
    "managed-instances-network-mode",
    "fault-injection-network-mode",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const mode = task.networkMode;
    checkManagedInstances(task, report);
    checkFaults(task, report);
    for (const { node } of task.containers) {
      if (mode === "awsvpc") checkAwsvpc(node, report);
      const links = filled(node, "links");
      if (links && (mode === "host" || mode === "none")) {
        report("links-outside-bridge", keyOf(links), { mode }, { fixes: [removal(links)] });
      }
    }
  },
};

/**
 * Only where Managed Instances are all that the task is for: elsewhere the mode may be meant for the others. Whether they
 * have the mode none, and which one a task without any gets there, AWS's pages do not agree on.
 */
function checkManagedInstances(task: TaskDefinitionView, report: Report): void {
  const { document, input, networkMode: mode } = task;
  const node = get(input, "networkMode");
  if (!node || mode !== "bridge" || document.operation !== "registerTaskDefinition") return;
  if (isOnlyFor(task, "MANAGED_INSTANCES")) report("managed-instances-network-mode", node, { mode });
}

/** Source: developer guide, fault injection. Fargate has one mode only, which has its own diagnostic. */
function checkFaults({ input, networkMode, mayBeFargate }: TaskDefinitionView, report: Report): void {
  const flag = get(input, "enableFaultInjection");
  if (!flag || booleanOf(flag) !== true || mayBeFargate) return;
  const isDefault = isAbsent(input, "networkMode") && isAbsent(input, "requiresCompatibilities");
  const mode = isDefault ? "bridge, the default" : networkMode;
  if (mode === undefined || mode === "awsvpc" || mode === "host") return;
  report("fault-injection-network-mode", keyOf(flag), { mode }, { fixes: [removal(flag)] });
}

const forbidden = [
  ["links", "awsvpc-links"],
  ["hostname", "awsvpc-hostname"],
  ["extraHosts", "awsvpc-extra-hosts"],
  ["dnsServers", "awsvpc-dns-servers"],
] as const;

function checkAwsvpc(container: JsonNode, report: Report): void {
  for (const [member, code] of forbidden) {
    const value = filled(container, member);
    if (value) report(code, keyOf(value), {}, { fixes: [removal(value)] });
  }
  const disabled = get(container, "disableNetworking");
  if (disabled && booleanOf(disabled) === true) {
    report("awsvpc-disable-networking", keyOf(disabled), {}, { fixes: [removal(disabled)] });
  }
}
