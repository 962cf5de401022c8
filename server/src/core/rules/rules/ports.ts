// Port mappings in the modes that translate no ports.

import { taskDefinitionView } from "../../documents/taskDefinitionView";
import { get, items, numberOf, spanOf } from "../../documents/tree";
import { fix, remove, replaceNode } from "../edits";
import type { Rule } from "../rule";

export const ports: Rule = {
  codes: ["host-port-mismatch"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    const mode = task?.networkMode;
    if (!task || (mode !== "host" && mode !== "awsvpc")) return;
    for (const { node } of task.containers) {
      for (const mapping of items(get(node, "portMappings"))) {
        const hostNode = get(mapping, "hostPort");
        const containerNode = get(mapping, "containerPort");
        const hostPort = numberOf(hostNode);
        const containerPort = numberOf(containerNode);
        if (!hostNode || !containerNode || containerPort === undefined) continue;
        // 0 is what describe calls print for "not given".
        if (hostPort === undefined || hostPort === 0 || hostPort === containerPort) continue;
        report(
          "host-port-mismatch",
          hostNode,
          { mode, hostPort, containerPort },
          {
            related: [{ message: "The container port.", span: spanOf(containerNode) }],
            fixes: [
              fix(`Change hostPort to ${containerPort}`, true, replaceNode(hostNode, String(containerPort))),
              fix(`Change containerPort to ${hostPort}`, false, replaceNode(containerNode, String(hostPort))),
              fix("Remove hostPort", false, remove(hostNode)),
            ],
          },
        );
      }
    }
  },
};
