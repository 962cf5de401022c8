// Port mappings, one by one: ports that exist, protocols, what the network mode allows.

import {
  type ContainerView,
  firstOfEachName,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { remove, set } from "../../source/change";
import { get, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import { property, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import {
  changeTo,
  filled,
  freeName,
  given,
  isAbsent,
  makeRegister,
  placeOfMissing,
  related,
  removal,
} from "../ruleHelpers";
import { protocolOf } from "./mappedPorts";

export const ports: Rule = {
  codes: [
    "host-port-mismatch",
    "ports-without-network",
    "bad-port",
    "port-mapping-without-port",
    "unknown-protocol",
    "bad-port-name",
    "duplicate-port-name",
    "port-with-two-protocols",
    "fargate-windows-port",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const names = makeRegister();
    for (const container of firstOfEachName(task.containers)) {
      const list = filled(container.node, "portMappings");
      if (list && task.networkMode === "none") {
        report("ports-without-network", keyOf(list), {}, { fixes: [removal(list)] });
      }
      for (const mapping of items(list)) {
        if (mapping.type !== "object") continue;
        checkNumbers(task, container, mapping, report);
        checkProtocol(mapping, report);
        checkName(task, mapping, names, report);
      }
      checkProtocols(container, report);
    }
  },
};

function checkNumbers(
  task: TaskDefinitionView,
  { name = "" }: ContainerView,
  mapping: JsonNode,
  report: Report,
): void {
  const containerNode = get(mapping, "containerPort");
  const hostNode = get(mapping, "hostPort");
  const containerPort = numberOf(containerNode);
  const hostPort = numberOf(hostNode);
  if (isAbsent(mapping, "containerPort") && isAbsent(mapping, "containerPortRange")) {
    report("port-mapping-without-port", placeOfMissing(mapping), { name });
  }
  const containerIsBad = containerPort !== undefined && (containerPort < 1 || containerPort > 65_535);
  const hostIsBad = hostPort !== undefined && (hostPort < 0 || hostPort > 65_535);
  // A range beside a 0 is what describe calls print.
  if (containerNode && containerIsBad && !(containerPort === 0 && given(mapping, "containerPortRange"))) {
    report("bad-port", containerNode, {
      member: "containerPort",
      port: containerPort,
      range: "1 to 65535",
      name,
    });
  }
  if (hostNode && hostIsBad) {
    report("bad-port", hostNode, { member: "hostPort", port: hostPort, range: "0 to 65535", name });
  }
  if (containerNode && containerPort === 3150 && task.isFargate && task.os === "windows") {
    report("fargate-windows-port", containerNode, {});
  }
  const mode = task.networkMode;
  if (mode !== "host" && mode !== "awsvpc") return;
  if (!hostNode || !containerNode || containerPort === undefined || containerIsBad || hostIsBad) return;
  // 0 is what describe calls print for "not given".
  if (hostPort === undefined || hostPort === 0 || hostPort === containerPort) return;
  report(
    "host-port-mismatch",
    hostNode,
    { mode, hostPort, containerPort },
    {
      related: related("The container port.", containerNode),
      fixes: [
        fix(title`Change ${property("hostPort")} to ${containerPort}`, true, set(hostNode, containerPort)),
        fix(title`Change ${property("containerPort")} to ${hostPort}`, false, set(containerNode, hostPort)),
        fix(title`Remove ${property("hostPort")}`, false, remove(hostNode)),
      ],
    },
  );
}

function checkProtocol(mapping: JsonNode, report: Report): void {
  const node = get(mapping, "protocol");
  const value = stringOf(node);
  if (!node || value === undefined || value === "tcp" || value === "udp") return;
  const suggestion =
    ["tcp", "udp"].find((it) => it === value.trim().toLowerCase()) ?? nearest(value, ["tcp", "udp"]);
  report(
    "unknown-protocol",
    node,
    { value },
    { fixes: [changeTo(node, suggestion ?? "tcp", suggestion !== undefined)] },
  );
}

function checkName(
  task: TaskDefinitionView,
  mapping: JsonNode,
  names: ReturnType<typeof makeRegister>,
  report: Report,
): void {
  const node = get(mapping, "name");
  const name = stringOf(node);
  if (!node || name === undefined) return;
  if (!/^[a-z0-9_][a-z0-9_-]{0,63}$/.test(name)) {
    const cleaned = name
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, "-")
      .replace(/^-+/, "")
      .slice(0, 64);
    report("bad-port-name", node, { name }, { fixes: [changeTo(node, cleaned || undefined, false)] });
  }
  const earlier = names.note(name, node);
  // A mapping that is there twice is reported for its port.
  const isCopy = hasPortOf(mapping, earlier?.parent?.parent, task);
  if (earlier && !isCopy) {
    report(
      "duplicate-port-name",
      node,
      { name },
      {
        related: related("The first one.", earlier),
        fixes: [changeTo(node, freeName(name, names), false)],
      },
    );
  }
}

/** Whether two mappings cannot both be, because of their ports: see hostPorts. */
function hasPortOf(
  mapping: JsonNode,
  earlier: JsonNode | undefined,
  { input, networkMode: mode }: TaskDefinitionView,
): boolean {
  const isUnknown = mode === undefined && get(input, "networkMode") !== undefined;
  if (mode === "none" || isUnknown) return false;
  const member = mode === "awsvpc" || mode === "host" ? "containerPort" : "hostPort";
  const port = numberOf(get(mapping, member));
  if (!port || port !== numberOf(get(earlier, member))) return false;
  const protocol = protocolOf(mapping);
  return protocol !== undefined && earlier !== undefined && protocol === protocolOf(earlier);
}

/** The API documents that a container port is mapped for one protocol only. */
function checkProtocols({ node }: ContainerView, report: Report): void {
  const seen = new Map<number, { readonly protocol: string; readonly node: JsonNode }>();
  for (const mapping of items(get(node, "portMappings"))) {
    const portNode = get(mapping, "containerPort");
    const port = numberOf(portNode);
    const protocol = protocolOf(mapping);
    if (!portNode || port === undefined || port === 0 || protocol === undefined) continue;
    const earlier = seen.get(port);
    if (!earlier) seen.set(port, { protocol, node: portNode });
    else if (earlier.protocol !== protocol) {
      report(
        "port-with-two-protocols",
        portNode,
        { port, other: earlier.protocol },
        {
          related: related("The other mapping.", earlier.node),
        },
      );
    }
  }
}
