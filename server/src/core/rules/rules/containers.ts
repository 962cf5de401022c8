// The list of containers as a whole: names, and at least one that is essential.

import { taskDefinitionView } from "../../documents/taskDefinitionView";
import { booleanOf, get, isOpen, isTemplate, spanOf } from "../../documents/tree";
import { fix, remove, replaceNode } from "../edits";
import type { Rule } from "../rule";

export const containers: Rule = {
  codes: ["no-essential-container", "duplicate-container-name"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const list = get(task.input, "containerDefinitions");
    const first = new Map<string, (typeof task.containers)[number]>();
    for (const container of task.containers) {
      const { name } = container;
      const nameNode = get(container.node, "name");
      if (name === undefined || !nameNode) continue;
      const earlier = first.get(name);
      if (!earlier) {
        first.set(name, container);
        continue;
      }
      const earlierName = get(earlier.node, "name");
      report(
        "duplicate-container-name",
        nameNode,
        { name },
        {
          related: earlierName ? [{ message: "The first one.", span: spanOf(earlierName) }] : [],
          fixes: [rename(nameNode, name, task.containerNames)],
        },
      );
    }
    const flags = task.containers.map(({ node }) => get(node, "essential"));
    const allOptional = flags.every((it) => it && booleanOf(it) === false && !isTemplate(it));
    if (list && flags.length > 0 && allOptional && !isOpen(list)) {
      const [flag] = flags;
      report(
        "no-essential-container",
        flag ?? list,
        {},
        {
          fixes: flag ? [fix("Make this container essential", true, remove(flag))] : [],
        },
      );
    }
  },
};

function rename(
  node: import("../../documents/tree").JsonNode,
  name: string,
  taken: ReadonlySet<string> | undefined,
) {
  let number = 2;
  while (taken?.has(`${name}-${number}`)) number += 1;
  const newName = `${name}-${number}`;
  return fix(`Rename to '${newName}'`, false, replaceNode(node, JSON.stringify(newName)));
}
