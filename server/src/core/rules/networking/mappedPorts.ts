// A load balancer and a service registry name a port, which a container of the task definition has to map.

import type { ContainerView, TaskDefinitionView } from "../../resources/taskDefinitionView";
import { set } from "../../source/change";
import { get, isOpen, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import { inTask } from "../otherFile";
import type { Report } from "../rule";
import { given } from "../ruleHelpers";

/** Reports a port of the service that the container surely does not map. */
export function checkMappedPort(
  code: "load-balancer-port" | "registry-port",
  task: TaskDefinitionView,
  container: ContainerView,
  portNode: JsonNode | undefined,
  report: Report,
): void {
  const port = numberOf(portNode);
  const mappings = given(container.node, "portMappings");
  if (!portNode || port === undefined || isOpen(mappings) || isOpen(container.node)) return;
  const mapped = items(mappings).flatMap((it) => rangeOf(it));
  if (mapped.some(([from, to]) => from <= port && port <= to)) return;
  const advice =
    mapped.length === 0
      ? "It maps none."
      : `It maps ${mapped.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(", ")}.`;
  const [only, ...others] = mapped;
  report(
    code,
    portNode,
    { name: container.name ?? "", port, advice },
    {
      related: inTask(task, "The port mappings.", mappings ? keyOf(mappings) : get(container.node, "name")),
      fixes: [
        only && others.length === 0 && only[0] === only[1]
          ? fix(`Change to ${only[0]}`, true, set(portNode, only[0]))
          : undefined,
      ],
    },
  );
}

/** The ports of a mapping; every port where a placeholder stands for it. */
function rangeOf(mapping: JsonNode): readonly (readonly [from: number, to: number])[] {
  if (isOpen(mapping)) return [[0, 65_535]];
  const portNode = get(mapping, "containerPort");
  const port = numberOf(portNode);
  if (port) return [[port, port]];
  const rangeNode = get(mapping, "containerPortRange");
  const range = stringOf(rangeNode);
  if (range !== undefined) {
    const [from, to] = range.split("-").map(Number);
    return from && to ? [[from, to]] : [];
  }
  return portNode?.type === "string" || rangeNode ? [[0, 65_535]] : [];
}

/** The protocol of a port mapping, tcp by default; `undefined` where a placeholder may decide it. */
export function protocolOf(mapping: JsonNode): string | undefined {
  const node = get(mapping, "protocol");
  return node || isOpen(mapping) ? stringOf(node) : "tcp";
}
