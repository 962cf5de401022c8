// Fixed host ports: taken twice, always taken on instances, or from the range that is handed out by chance.

import {
  firstOfEachName,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { remove } from "../../source/change";
import { get, isTemplate, items, type JsonNode, keyOf, numberOf } from "../../source/tree";
import { fix, type ProposedFix } from "../fix";
import { property, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { inSentence, related } from "../ruleHelpers";
import { protocolOf } from "./mappedPorts";

export const hostPorts: Rule = {
  codes: [
    "port-used-twice",
    "host-port-used-twice",
    "reserved-host-port",
    "dynamic-host-port",
    "too-many-host-ports",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task || task.networkMode === "none") return;
    const shared = task.networkMode === "awsvpc" || task.networkMode === "host";
    const modeNode = get(task.input, "networkMode");
    if (modeNode && isTemplate(modeNode)) return;
    const mapped = mappedPorts(task, shared);
    if (task.networkMode === "awsvpc") {
      reportSharedTwice(mapped, report);
      return;
    }
    reportTwice(mapped, report);
    reportReserved(task, mapped, report);
    const fixed = new Set(mapped.map((it) => `${it.port}/${it.protocol}`));
    const list = get(task.input, "containerDefinitions");
    if (fixed.size > 100 && list) report("too-many-host-ports", keyOf(list), { count: fixed.size });
  },
};

interface MappedPort {
  readonly port: number;
  readonly protocol: string;
  readonly node: JsonNode;
  readonly container: string;
  /** Without it Docker chooses a port, in the mode bridge. */
  readonly hostPort: JsonNode | undefined;
}

/** The host ports that mappings fix; where ports are not translated the container's port is the host's. */
function mappedPorts({ containers }: TaskDefinitionView, shared: boolean): readonly MappedPort[] {
  return firstOfEachName(containers).flatMap((container) =>
    items(get(container.node, "portMappings")).flatMap((mapping) => {
      const hostNode = get(mapping, "hostPort");
      const node = shared ? get(mapping, "containerPort") : hostNode;
      const port = numberOf(node);
      const protocol = protocolOf(mapping);
      if (!node || !port || port < 0 || port > 65_535 || protocol === undefined) return [];
      return [
        {
          port,
          protocol: protocol === "udp" ? "udp" : "tcp",
          node,
          container: inSentence(container),
          hostPort: shared ? undefined : hostNode,
        },
      ];
    }),
  );
}

function reportSharedTwice(mapped: readonly MappedPort[], report: Report): void {
  forTwice(mapped, (it, earlier) => {
    const params = { port: it.port, other: `The ${earlier.container}`, mode: "awsvpc" };
    report("port-used-twice", it.node, params, { related: related("The other mapping.", earlier.node) });
  });
}

function reportTwice(mapped: readonly MappedPort[], report: Report): void {
  forTwice(mapped, (it, earlier) => {
    const params = { port: it.port, protocol: it.protocol.toUpperCase(), other: earlier.container };
    report("host-port-used-twice", it.node, params, {
      related: related("The other mapping.", earlier.node),
      fixes: [anyPort(it)],
    });
  });
}

function anyPort({ hostPort }: MappedPort): ProposedFix | undefined {
  return (
    hostPort &&
    fix(title`Remove '${property("hostPort", hostPort)}' to use any free port`, false, remove(hostPort))
  );
}

function forTwice(mapped: readonly MappedPort[], say: (it: MappedPort, earlier: MappedPort) => void): void {
  const seen = new Map<string, MappedPort>();
  for (const it of mapped) {
    const earlier = seen.get(`${it.port}/${it.protocol}`);
    if (earlier) say(it, earlier);
    else seen.set(`${it.port}/${it.protocol}`, it);
  }
}

/** Ports that the agent reserves before any task comes (agent sources and README). */
const reserved = {
  linux: new Map([
    [22, "SSH"],
    [2375, "Docker"],
    [2376, "Docker"],
    [51678, "the ECS agent"],
    [51679, "the ECS agent"],
    [51680, "the ECS agent"],
  ]),
  windows: new Map([
    [53, "DNS"],
    [135, "RPC"],
    [139, "NetBIOS"],
    [445, "SMB"],
    [2375, "Docker"],
    [2376, "Docker"],
    [3389, "Remote Desktop"],
    [5985, "WinRM"],
    [5986, "WinRM"],
    [51678, "the ECS agent"],
    [51679, "the ECS agent"],
  ]),
};

function reportReserved(
  { os, networkMode }: TaskDefinitionView,
  mapped: readonly MappedPort[],
  report: Report,
): void {
  const taken = reserved[os ?? "linux"];
  // Docker's fallback where the kernel does not say; Linux kernels hand out 32768-60999.
  const [from, to] = os === "windows" ? [49_152, 65_535] : [32_768, 60_999];
  for (const mappedPort of mapped) {
    const { port, protocol, node } = mappedPort;
    const fixes = [anyPort(mappedPort)];
    const user = protocol === "tcp" ? taken.get(port) : undefined;
    if (user) report("reserved-host-port", node, { port, user }, { fixes });
    else if (networkMode !== "host" && port >= from && port <= to) {
      report("dynamic-host-port", node, { port, range: `${from} to ${to}` }, { fixes });
    }
  }
}
