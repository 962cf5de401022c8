// What a forecast needs, from files: the services and their definitions, for a snapshot, a fleet or a cluster by name.

import type { Cluster } from "../../core/cluster/containerInstance";
import type { ReplicaService } from "../../core/coverage/forecast";
import { daemonServiceOf } from "../../core/language/previewSubject";
import { serviceNamesOf } from "../../core/resources/documentNames";
import { isService } from "../../core/resources/kinds/registry";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { DaemonService } from "../../core/scheduler/placement";
import { get } from "../../core/source/tree";
import { printable } from "../../core/text/printable";
import { InputError, type OptionValues } from "../command";
import { collectDocuments } from "../files/documentFiles";
import { createWorkspaceReader, shownPath } from "../files/workspaceFiles";
import { readCluster } from "../input/clusterOption";
import type { Terminal } from "../output/terminal";

export interface ForecastServices {
  readonly cluster: Cluster;
  readonly daemons: readonly DaemonService[];
  readonly replicas: readonly ReplicaService[];
}

/**
 * Reads the services of the files and folders. One whose strategy or definition is not known is left out, and said so;
 * so is one whose name another one has: in a cluster they are the same service.
 * Throws an InputError where none is left.
 */
export async function servicesInFiles(
  paths: readonly string[],
  values: OptionValues,
  terminal: Terminal,
): Promise<ForecastServices> {
  const documents = (await collectDocuments(paths, terminal, true)).filter(isService);
  const workspaceOf = createWorkspaceReader(documents);
  const daemons: DaemonService[] = [];
  const replicas: ReplicaService[] = [];
  const byName = new Map<string, string>();
  for (const service of documents) {
    const file = shownPath(nameOfResource(service));
    const strategy = strategyOf(service);
    const taskDefinition = workspaceOf(service).definitionOf(service);
    if (strategy === undefined || taskDefinition === undefined) {
      const what = strategy === undefined ? "scheduling strategy" : "task definition";
      terminal.say(printable(`${file} is left out: its ${what} is not known.`));
      continue;
    }
    const name = serviceNamesOf(service)?.service?.name;
    const other = name === undefined ? undefined : byName.get(name);
    if (other !== undefined) {
      terminal.say(printable(`${file} is left out: ${other} defines the service '${name}', too.`));
      continue;
    }
    if (name !== undefined) byName.set(name, file);
    const placed = daemonServiceOf({ taskDefinition, service });
    if (strategy === "DAEMON") daemons.push(placed);
    else replicas.push({ service: placed, desired: desiredOf(service) });
  }
  if (daemons.length + replicas.length === 0)
    throw new InputError(`No service is known from ${paths.join(", ")}: name files of services.`);
  return { cluster: await readCluster(values, terminal), daemons, replicas };
}

function strategyOf({ input }: Resource): "DAEMON" | "REPLICA" | undefined {
  const strategy = input === undefined ? undefined : get(input, "schedulingStrategy");
  if (strategy === undefined) return input?.open === true ? undefined : "REPLICA";
  return strategy.value === "DAEMON" || strategy.value === "REPLICA" ? strategy.value : undefined;
}

/** A number that is not known counts as one task: it decides about races alone. */
function desiredOf({ input }: Resource): number {
  const desired = input === undefined ? undefined : get(input, "desiredCount")?.value;
  return typeof desired === "number" ? desired : 1;
}
