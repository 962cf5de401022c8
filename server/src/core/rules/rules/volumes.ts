// Mount points refer to volumes of the same task definition.

import { nearest } from "../../documents/spelling";
import { type TaskDefinitionView, taskDefinitionView } from "../../documents/taskDefinitionView";
import { get, items, stringOf } from "../../documents/tree";
import type { TextEdit } from "../diagnostic";
import { addItem, addMember, fix, replaceNode } from "../edits";
import type { Rule } from "../rule";

export const volumes: Rule = {
  codes: ["unknown-volume"],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    const names = task?.volumeNames;
    if (!task || !names) return;
    for (const { node } of task.containers) {
      for (const mount of items(get(node, "mountPoints"))) {
        const source = get(mount, "sourceVolume");
        const volume = stringOf(source);
        if (!source || volume === undefined || names.has(volume)) continue;
        const suggestion = nearest(volume, names);
        const advice = suggestion ? `Did you mean '${suggestion}'?` : "Declare it there.";
        report(
          "unknown-volume",
          source,
          { volume, advice },
          {
            fixes: [
              suggestion === undefined
                ? undefined
                : fix(`Change to '${suggestion}'`, true, replaceNode(source, JSON.stringify(suggestion))),
              fix(`Declare the volume '${volume}'`, false, declare(task, volume)),
            ],
          },
        );
      }
    }
  },
};

function declare({ input, document }: TaskDefinitionView, name: string): TextEdit {
  const item = JSON.stringify({ name });
  const list = get(input, "volumes");
  return list?.type === "array"
    ? addItem(document.text, list, item)
    : addMember(document.text, input, "volumes", `[${item}]`);
}
