// Every container needs memory from somewhere, and its limit may not lie below its reservation.

import { taskDefinitionView } from "../../documents/taskDefinitionView";
import { get, has, isOpen, numberOf, spanOf } from "../../documents/tree";
import { addMember, fix, replaceNode } from "../edits";
import type { Rule } from "../rule";
import { placeOfMissing } from "./shape";

export const memory: Rule = {
  codes: ["memory-missing", "memory-below-reservation"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const taskMemory = has(task.input, "memory") || isOpen(task.input);
    for (const { node, name, label } of task.containers) {
      if (node.type !== "object") continue;
      const limit = get(node, "memory");
      const reservation = get(node, "memoryReservation");
      if (!taskMemory && !has(node, "memory") && !has(node, "memoryReservation") && !isOpen(node)) {
        const add = addMember(document.text, node, "memory", "128");
        report(
          "memory-missing",
          placeOfMissing(node),
          { container: label, name: name ?? "" },
          {
            fixes: [fix('Add "memory": 128', false, add)],
          },
        );
      }
      const most = numberOf(limit);
      const least = numberOf(reservation);
      if (limit && reservation && most !== undefined && least !== undefined && most < least) {
        report(
          "memory-below-reservation",
          limit,
          { memory: most, reservation: least, name: name ?? "" },
          {
            related: [{ message: "The reservation.", span: spanOf(reservation) }],
            fixes: [
              fix(`Raise 'memory' to ${least}`, true, replaceNode(limit, String(least))),
              fix(`Lower 'memoryReservation' to ${most}`, false, replaceNode(reservation, String(most))),
            ],
          },
        );
      }
    }
  },
};
