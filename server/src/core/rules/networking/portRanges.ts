// Ranges of container ports.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { rename, set } from "../../source/change";
import { get, isTemplate, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { fix, type ProposedFix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { given, related, removal } from "../ruleHelpers";
import { protocolOf } from "./mappedPorts";

export const portRanges: Rule = {
  codes: [
    "bad-port-range",
    "port-range-and-port",
    "port-range-overlap",
    "port-range-network-mode",
    "too-many-port-ranges",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    // In the mode awsvpc all containers share their ports.
    const shared: PortRange[] | undefined = task.networkMode === "awsvpc" ? [] : undefined;
    for (const container of task.containers) checkContainer(task, container, shared ?? [], report);
  },
};

interface PortRange {
  readonly from: number;
  readonly to: number;
  readonly protocol: string | undefined;
  readonly node: JsonNode;
}

function checkContainer(
  task: TaskDefinitionView,
  { node }: ContainerView,
  found: PortRange[],
  report: Report,
): void {
  const list = get(node, "portMappings");
  let count = 0;
  for (const mapping of items(list)) {
    const rangeNode = given(mapping, "containerPortRange");
    const single = readSingle(mapping);
    if (!rangeNode) {
      if (single) noteRange(single, found, report);
      continue;
    }
    count += 1;
    checkNeighbors(mapping, report);
    // Without a network there are no mappings at all, which has a diagnostic of its own.
    if (task.networkMode === "host") report("port-range-network-mode", rangeNode, { mode: "host" });
    const range = readRange(mapping, rangeNode, report);
    if (range) noteRange(range, found, report);
  }
  if (list && count > 100) report("too-many-port-ranges", keyOf(list), { count });
}

function checkNeighbors(mapping: JsonNode, report: Report): void {
  for (const member of ["containerPort", "hostPort"] as const) {
    const single = given(mapping, member);
    // Describe calls print a 0 beside a range, and a placeholder may stand for it.
    if (!single || isTemplate(single) || numberOf(single) === 0) continue;
    report("port-range-and-port", keyOf(single), { member }, { fixes: [removal(single)] });
    return;
  }
}

function readRange(mapping: JsonNode, node: JsonNode, report: Report): PortRange | undefined {
  const value = stringOf(node);
  if (value === undefined) return undefined;
  const [, first, separator, last] = /^\s*(\d{1,5})(\s*(?:-|:|\.\.+|,|to)\s*)(\d{1,5})\s*$/.exec(value) ?? [];
  const [from, to] = [Number(first), Number(last)];
  const isWritten = separator === "-" && value === value.trim();
  if (isWritten && from >= 1 && from < to && to <= 65_535)
    return { from, to, protocol: protocolOf(mapping), node };
  report("bad-port-range", node, { value }, { fixes: [meantRange(mapping, node, from, to)] });
  return undefined;
}

/** The ports in the right order with a hyphen; a single port is one without a range. */
function meantRange(mapping: JsonNode, node: JsonNode, from: number, to: number): ProposedFix | undefined {
  const [least, most] = [Math.min(from, to), Math.max(from, to)];
  const text = String(node.value).trim();
  const port = least === most ? least : /^\d{1,5}$/.test(text) ? Number(text) : undefined;
  if (port !== undefined && port >= 1 && port <= 65_535 && !get(mapping, "containerPort")) {
    const edits = [rename(node, "containerPort"), set(node, port)];
    return fix(title`Change to ${entry("containerPort", port)}`, false, edits);
  }
  if (!(least >= 1 && least < most && most <= 65_535)) return undefined;
  return fix(`Change to '${least}-${most}'`, true, set(node, `${least}-${most}`));
}

function readSingle(mapping: JsonNode): PortRange | undefined {
  const node = get(mapping, "containerPort");
  const port = numberOf(node);
  return node && port ? { from: port, to: port, protocol: protocolOf(mapping), node } : undefined;
}

function noteRange(range: PortRange, found: PortRange[], report: Report): void {
  if (range.protocol === undefined) return;
  const earlier = found.find(
    (it) => it.protocol === range.protocol && it.from <= range.to && range.from <= it.to,
  );
  // Two single ports have diagnostics of their own.
  if (earlier && (range.from !== range.to || earlier.from !== earlier.to)) {
    report(
      "port-range-overlap",
      range.node,
      { value: words(range), other: words(earlier) },
      {
        related: related("The other one.", earlier.node),
      },
    );
  }
  // A bound on the comparisons; ECS accepts 100 ranges.
  if (found.length < 500) found.push(range);
}

const words = ({ from, to }: PortRange) => (from === to ? String(from) : `${from}-${to}`);
