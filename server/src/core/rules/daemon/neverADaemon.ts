// A task definition that a DAEMON service of the workspace refers to has to be one that can run as a daemon.

import { serviceView } from "../../resources/serviceView";
import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { append } from "../../source/change";
import { get, isOpen, items, spanOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Rule } from "../rule";
import { filled } from "../ruleHelpers";

export const neverADaemon: Rule = {
  codes: ["never-a-daemon"],
  check({ document, workspace }, report) {
    const task = taskDefinitionView(document);
    const list = filled(task?.input, "requiresCompatibilities");
    if (!task || list?.type !== "array" || isOpen(list)) return;
    const places = items(list).map(stringOf);
    if (!places.every((it) => it === "FARGATE" || it === "MANAGED_INSTANCES")) return;
    for (const other of workspace.findServices?.(task.family ?? "") ?? []) {
      const service = serviceView(other);
      if (!service?.isDaemon) continue;
      const reference = get(service.input, "taskDefinition");
      const params = { service: service.name ?? other.source.file, launchType: places.join(" and ") };
      report("never-a-daemon", list, params, {
        related: reference
          ? [{ message: "The service.", span: spanOf(reference), file: other.source.file }]
          : [],
        fixes: [fix('Add "EC2"', false, append(list, "EC2"))],
      });
      return;
    }
  },
};
