// Which task definition goes with a service file: configurations of ecspresso name both files.

import { nodeAtPath } from "../source/node";
import { stringOf } from "../source/tree";
import { readYaml } from "../source/yaml/readYaml";
import { holdsPlaceholder } from "../text/placeholders";

/** A configuration of ecspresso, in YAML or JSON. */
export interface EcspressoConfig {
  /** The folder that it names files from. */
  readonly folder: string;
  readonly text: string;
}

/**
 * The paths of task definitions by those of the services that they belong to; `pathOf` is that of a name in a folder.
 * What configurations do not agree about, and what they fill in when they run, is left out.
 */
export function pairsOfEcspresso(
  configs: readonly EcspressoConfig[],
  pathOf: (folder: string, name: string) => string,
): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { folder, text } of configs) {
    const { root } = readYaml(text);
    const named = (property: string) => {
      const name = stringOf(nodeAtPath(root, [property])) ?? "";
      // Jsonnet is not read here.
      return name === "" || holdsPlaceholder(name) || /\.jsonnet$/i.test(name)
        ? undefined
        : pathOf(folder, name);
    };
    const service = named("service_definition");
    if (service === undefined) continue;
    found.set(service, (found.get(service) ?? new Set()).add(named("task_definition") ?? ""));
  }
  return new Map(
    [...found].flatMap(([service, [only = "", ...others]]) =>
      only === "" || others.length > 0 ? [] : [[service, only]],
    ),
  );
}
