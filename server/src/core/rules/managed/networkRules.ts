// The network that the daemons of an instance share: no instance metadata, no ports of their own, not the host's address.

import { isTaskDefinition } from "../../resources/kinds/registry";
import type { Resource } from "../../resources/resource";
import { type ContainerView, isOnlyFor, taskDefinitionView } from "../../resources/taskDefinitionView";
import { get, isOpen, items, type JsonNode, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { isAbsentOrEmpty, related } from "../ruleHelpers";
import { isDatadogAgent, listeningPorts } from "./knownImages";
import type { ManagedNeighbors } from "./managedNeighbors";
import { daemonsIn, daemonsOf, definitionsOf, nameOfDaemon, providersOfDaemon } from "./managedNeighbors";

export const managedNetwork: Rule = {
  codes: [
    "metadata-service-blocked",
    "daemon-localhost-clients",
    "listens-on-localhost-only",
    "port-shared-by-daemons",
  ],
  check({ document, workspace }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    if (isTaskDefinition(document)) {
      // Tasks on Managed Instances are the ones that managed daemons serve.
      const isServed = isOnlyFor(task, "MANAGED_INSTANCES");
      // An agent in the task itself is at localhost.
      const hasOwnAgent = task.containers.some((it) => listeningPorts(it).size > 0);
      if (isServed && !hasOwnAgent) for (const it of task.containers) checkClients(it, report);
      return;
    }
    const paths = task.volumes.map((it) => stringOf(get(get(it, "host"), "sourcePath")) ?? "");
    const isOpenDefinition = isOpen(task.input) || isOpen(get(task.input, "volumes"));
    const sharesSocket = isOpenDefinition || paths.some((it) => it.startsWith("/var/run/datadog"));
    for (const container of task.containers) {
      checkMetadata(container, report);
      if (!sharesSocket) checkDatadog(container, report);
    }
    checkPorts(document, task.containers, workspace.managed, report);
  },
};

const metadataVariable = /^(AWS_)?EC2_METADATA_(?!DISABLED)/;

function checkMetadata({ node }: ContainerView, report: Report): void {
  const parts = ["environment", "command", "entryPoint"].flatMap((it) => items(get(node, it)));
  for (const part of parts) {
    const value = part.type === "object" ? get(part, "value") : part;
    const name = stringOf(get(part, "name"));
    const place = value ?? part;
    if (stringOf(value)?.includes("169.254.169.254") === true) {
      report("metadata-service-blocked", place, { what: name === undefined ? "The command" : `'${name}'` });
    } else if (name !== undefined && metadataVariable.test(name)) {
      report("metadata-service-blocked", get(part, "name") ?? part, { what: `'${name}'` });
    }
  }
  checkImageMetadata(node, report);
}

/** Images that ask the metadata service for the name of host or cluster, and the variables that tell them. */
const askers: readonly (readonly [image: RegExp, variables: RegExp])[] = [
  [/(^|\/)datadog\/agent(:|@|$)/, /^(DD_HOSTNAME|DD_CLUSTER_NAME|ECS_MANAGED_INSTANCES)$/],
  [
    /(^|\/)(amazon-)?cloudwatch-agent(:|@|$)/,
    /^(CW_CONFIG_CONTENT|RUN_IN_CONTAINER|HOST_NAME|CLUSTER_NAME)$/,
  ],
];

function checkImageMetadata(node: JsonNode, report: Report): void {
  const image = get(node, "image");
  const text = stringOf(image);
  const found = askers.find(([pattern]) => text !== undefined && pattern.test(text));
  if (!image || !found || isOpen(node)) return;
  const lists = ["environment", "secrets"].map((it) => get(node, it));
  const names = lists.flatMap((it) => items(it)).map((it) => stringOf(get(it, "name")));
  const isUnknown =
    names.includes(undefined) || lists.some((it) => isOpen(it)) || !isAbsentOrEmpty(node, "environmentFiles");
  if (isUnknown || names.some((it) => it !== undefined && found[1].test(it))) return;
  report("metadata-service-blocked", image, { what: "This image" }, { severity: "hint" });
}

/** Variables by which applications are told where an agent listens. */
const clientVariable =
  /^(DD_AGENT_HOST|DD_TRACE_AGENT_(URL|HOSTNAME)|DD_DOGSTATSD_(URL|HOST)|OTEL_EXPORTER_OTLP(_[A-Z]+)?_ENDPOINT|STATSD_HOST|AWS_XRAY_DAEMON_ADDRESS|FLUENT_HOST)$/;
const localhost = /(^|\/\/|@)(localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal|172\.17\.0\.1)(:|\/|$)/;

function checkClients({ node }: ContainerView, report: Report): void {
  for (const variable of items(get(node, "environment"))) {
    const name = stringOf(get(variable, "name"));
    const place = get(variable, "value");
    const value = stringOf(place);
    if (!place || name === undefined || value === undefined) continue;
    if (clientVariable.test(name) && localhost.test(value))
      report("daemon-localhost-clients", place, { name, value });
  }
}

function checkDatadog({ node }: ContainerView, report: Report): void {
  const image = get(node, "image");
  if (!image || !isDatadogAgent(stringOf(image) ?? "") || isOpen(get(node, "environment")) || isOpen(node))
    return;
  if (!isAbsentOrEmpty(node, "environmentFiles")) return;
  const names = items(get(node, "environment")).map((it) => stringOf(get(it, "name")));
  // A name that is not known may be that of the setting.
  if (!names.some((it) => it === undefined || /^DD_\w*NON_LOCAL_TRAFFIC$/.test(it)))
    report("listens-on-localhost-only", image, {});
}

function checkPorts(
  definition: Resource,
  containers: readonly ContainerView[],
  neighbors: ManagedNeighbors | undefined,
  report: Report,
): void {
  const mine = daemonsOf(neighbors, definition);
  const providers = new Set(mine.flatMap((it) => providersOfDaemon(it)));
  if (providers.size === 0) return;
  const others = daemonsIn(neighbors).filter(
    (it) => !mine.includes(it) && providersOfDaemon(it).some((name) => providers.has(name)),
  );
  for (const container of containers) {
    const ports = listeningPorts(container);
    const image = get(container.node, "image");
    if (!image) continue;
    for (const other of others) {
      const taken = portsOf(neighbors, other);
      const port = [...ports].find((it) => taken.has(it));
      if (port === undefined) continue;
      const name = nameOfDaemon(other) ?? other.source.file;
      report(
        "port-shared-by-daemons",
        image,
        { other: name, port },
        {
          related: related("The container.", container.node),
        },
      );
    }
  }
}

function portsOf(neighbors: ManagedNeighbors | undefined, daemon: Resource): ReadonlySet<string> {
  const definitions = definitionsOf(neighbors, daemon);
  const containers = definitions.flatMap((it) => taskDefinitionView(it)?.containers ?? []);
  return new Set(containers.flatMap((it) => [...listeningPorts(it)]));
}
