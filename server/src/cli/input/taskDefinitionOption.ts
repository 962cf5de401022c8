// The option `--task-definition FAMILY=FILE`: where the task definition of a family is, if not found by its family.

import { familyOfReference } from "../../core/resources/documentNames";
import { isTaskDefinition } from "../../core/resources/kinds/registry";
import { openResource, type Resource } from "../../core/resources/resource";
import { InputError, type OptionValues, UsageError } from "../command";
import { readTextFile } from "../files/textFiles";

/** Reads the named files. A template is as good as any: placeholders are not reported. */
export async function readTaskDefinitionOption(values: OptionValues): Promise<ReadonlyMap<string, Resource>> {
  const options = values["task-definition"];
  const documents = new Map<string, Resource>();
  for (const option of Array.isArray(options) ? options : []) {
    const { family, path } = splitOption(option);
    const document = openResource(path, await readTextFile(path));
    if (!isTaskDefinition(document)) throw new InputError(`${path} is not a task definition.`);
    documents.set(family, document);
  }
  return documents;
}

function splitOption(option: string): { readonly family: string; readonly path: string } {
  const at = option.indexOf("=");
  const family = option.slice(0, Math.max(at, 0));
  const path = option.slice(at + 1);
  if (path === "" || familyOfReference(family) !== family)
    throw new UsageError(`--task-definition is FAMILY=FILE, not "${option}".`);
  return { family, path };
}
