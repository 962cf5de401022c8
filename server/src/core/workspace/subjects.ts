// What a preview or deployment of a file with several resources is of, where the call names none of them.

import { serviceNamesOf } from "../resources/documentNames";
import { isService, isTaskDefinition } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { withDefaults } from "../resources/withDefaults";

/**
 * The daemon services of a file; without one its task definitions, else its services. One of them: it is meant. A file
 * that is one resource is its own subject.
 */
export function subjectsOf(resources: readonly Resource[]): readonly Resource[] {
  const services = resources.filter(isService);
  const definitions = resources.filter(isTaskDefinition);
  const daemons = services.filter((it) => serviceNamesOf(withDefaults(it).document)?.isDaemon === true);
  const found = [daemons, definitions, services].find((it) => it.length > 0);
  return found ?? resources;
}
