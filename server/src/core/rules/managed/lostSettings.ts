// An update file beside the file that creates the daemon: what it leaves out falls back to its default.

import { plainValue } from "../../resources/documentValue";
import type { Resource } from "../../resources/resource";
import { add, type NewValue } from "../../source/change";
import { get, isTemplate, keyOf, spanOf } from "../../source/tree";
import { fix } from "../fix";
import { property, title } from "../fixTitle";
import type { Rule } from "../rule";
import { isAbsent, placeOfMissing } from "../ruleHelpers";
import { nameOfDaemon } from "./managedNeighbors";

/** Settings that an update without them takes back to their defaults. */
const forgottenSettings = [
  "critical",
  "propagateTags",
  "enableECSManagedTags",
  "enableExecuteCommand",
  "deploymentConfiguration",
] as const;

export const lostSettings: Rule = {
  codes: ["update-loses-settings"],
  check({ document, input, operation, workspace }, report) {
    if (operation !== "updateDaemon") return;
    const name = nameOfDaemon(document);
    if (name === undefined) return;
    const [created, ...others] = (workspace.managed?.documents ?? []).filter(
      (it) => it.operation === "createDaemon" && nameOfDaemon(it) === name,
    );
    if (!created || others.length > 0) return;
    const lost = forgottenSettings.flatMap((it) => {
      const value = get(created.input, it);
      return value && value.type !== "null" && isAbsent(input, it) && !isDefault(it, created) ? [value] : [];
    });
    const [first] = lost;
    if (!first) return;
    const names = lost.map((it) => String(keyOf(it).value));
    const [onlyName, another] = names;
    const isWritable = lost.every((it) => !isTemplate(it));
    report(
      "update-loses-settings",
      placeOfMissing(input),
      {
        members: names.map((it) => `'${it}'`).join(", "),
        source: shortName(created),
        them: names.length === 1 ? "it" : "them",
      },
      {
        related: [{ message: "Set here.", span: spanOf(keyOf(first)), file: created.source.file }],
        fixes: isWritable
          ? [
              fix(
                onlyName === undefined || another !== undefined
                  ? "Add all of them"
                  : title`Add '${property(onlyName)}'`,
                false,
                lost.map((it) => add(input, String(keyOf(it).value), plainValue(it) as NewValue)),
              ),
            ]
          : [],
      },
    );
  },
};

/** Setting a default is losing nothing. */
function isDefault(setting: (typeof forgottenSettings)[number], { input }: Resource): boolean {
  const { value } = get(input, setting) ?? {};
  if (setting === "critical") return value === true;
  if (setting === "propagateTags") return value === "NONE";
  return value === false;
}

function shortName({ source: { file: fileName } }: Resource): string {
  return fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
}
