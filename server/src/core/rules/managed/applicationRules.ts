// Ordinary documents on Managed Instances: what they have to do so that the managed daemons of the workspace serve them.

import { serviceView } from "../../resources/serviceView";
import { isOnlyFor, type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { set } from "../../source/change";
import { get, has, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report, Rule, RuleContext } from "../rule";
import { filled, isAbsent, placeOfMissing } from "../ruleHelpers";
import { definitionsIn, nameInArn, providerOf } from "./managedNeighbors";

export const besideManagedDaemons: Rule = {
  codes: ["service-on-managed-instances", "hidden-from-daemons", "logs-hidden-from-daemons"],
  check(context, report) {
    const service = serviceView(context.document);
    if (service?.isDaemon) checkProviders(service.input, context, report);
    const task = taskDefinitionView(context.document);
    if (task && isOnlyFor(task, "MANAGED_INSTANCES")) checkTask(task, context, report);
  },
};

function checkProviders(input: JsonNode, { workspace }: RuleContext, report: Report): void {
  for (const item of items(filled(input, "capacityProviderStrategy"))) {
    const node = get(item, "capacityProvider");
    const name = nameInArn(stringOf(node) ?? "");
    const file = providerOf(workspace.managed, name);
    if (node && get(file?.input, "managedInstancesProvider"))
      report("service-on-managed-instances", node, { name });
  }
}

function checkTask(task: TaskDefinitionView, { workspace }: RuleContext, report: Report): void {
  const definitions = definitionsIn(workspace.managed);
  const seesProcesses = definitions.find((it) => stringOf(get(it.input, "pidMode")) === "shared");
  if (seesProcesses && isAbsent(task.input, "pidMode"))
    report("hidden-from-daemons", placeOfMissing(task.input), { daemon: familyOf(seesProcesses.input) });
  const readsLogs = definitions.find((it) =>
    items(get(it.input, "volumes")).some((one) => has(one, "logDriverVolumeConfiguration")),
  );
  if (!readsLogs) return;
  for (const { node, label } of task.containers) {
    const log = get(node, "logConfiguration");
    const driver = get(log, "logDriver");
    if (isOpen(node) || isOpen(log) || stringOf(driver) === "json-file") continue;
    if (driver && stringOf(driver) === undefined) continue;
    const place = driver ?? (log ? keyOf(log) : placeOfMissing(node));
    const fixes =
      driver && !get(log, "options") ? [fix("Change to 'json-file'", false, set(driver, "json-file"))] : [];
    report(
      "logs-hidden-from-daemons",
      place,
      { container: label, daemon: familyOf(readsLogs.input) },
      { fixes },
    );
  }
}

const familyOf = (input: JsonNode | undefined) => stringOf(get(input, "family")) ?? "";
