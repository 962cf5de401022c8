// What containers of a task wait for, link to and take volumes from: other containers of the same task.

import { nearest } from "../../documents/spelling";
import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../documents/taskDefinitionView";
import { booleanOf, get, has, isOpen, items, type JsonNode, stringOf } from "../../documents/tree";
import { fix, replaceNode } from "../edits";
import type { Report, Rule } from "../rule";
import { advise, changeTo, related, removal } from "./common";

export const dependencies: Rule = {
  codes: [
    "depends-on-unknown",
    "depends-on-health",
    "depends-on-essential",
    "depends-on-cycle",
    "volumes-from-unknown",
    "unknown-link",
    "refers-to-itself",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const container of task.containers) {
      for (const entry of items(get(container.node, "dependsOn"))) checkDependency(task, entry, report);
      for (const entry of items(get(container.node, "volumesFrom"))) {
        const node = get(entry, "sourceContainer");
        if (!node) continue;
        checkReference("volumes-from-unknown", task, node, stringOf(node), entry, report);
        checkSelf(container, "volumesFrom", node, stringOf(node), entry, report);
      }
      for (const link of items(get(container.node, "links"))) {
        const name = stringOf(link)?.split(":")[0];
        checkReference("unknown-link", task, link, name, link, report);
        checkSelf(container, "links", link, name, link, report);
      }
    }
    reportCycles(task, report);
  },
};

function checkSelf(
  container: ContainerView,
  member: "links" | "volumesFrom",
  node: JsonNode,
  name: string | undefined,
  entry: JsonNode,
  report: Report,
): void {
  if (name === undefined || name !== container.name) return;
  report("refers-to-itself", node, { name, member }, { fixes: [removal(entry)] });
}

function checkReference(
  code: "volumes-from-unknown" | "unknown-link" | "depends-on-unknown",
  { containerNames: names }: TaskDefinitionView,
  node: JsonNode,
  name: string | undefined,
  entry: JsonNode,
  report: Report,
): void {
  if (name === undefined || names === undefined || names.has(name)) return;
  const suggestion = nearest(name, names);
  const full = String(node.value);
  const advice = advise(suggestion, "Use the name of a container of this task definition.");
  report(
    code,
    node,
    { name, advice },
    {
      fixes: [changeTo(node, suggestion && suggestion + full.slice(name.length)), removal(entry)],
    },
  );
}

function checkDependency(task: TaskDefinitionView, entry: JsonNode, report: Report): void {
  const nameNode = get(entry, "containerName");
  const name = stringOf(nameNode);
  if (!nameNode || name === undefined) return;
  checkReference("depends-on-unknown", task, nameNode, name, entry, report);
  const target = task.containers.find((it) => it.name === name);
  const conditionNode = get(entry, "condition");
  const condition = stringOf(conditionNode);
  if (!target || !conditionNode || condition === undefined) return;
  const place = related(`The container '${name}'.`, get(target.node, "name"));
  const waitForStart = fix("Wait for START", false, replaceNode(conditionNode, '"START"'));
  if (condition === "HEALTHY" && !has(target.node, "healthCheck") && !isOpen(target.node)) {
    report("depends-on-health", conditionNode, { name }, { related: place, fixes: [waitForStart] });
  }
  if ((condition === "SUCCESS" || condition === "COMPLETE") && isEssential(target)) {
    const flag = get(target.node, "essential");
    report(
      "depends-on-essential",
      conditionNode,
      { name, condition },
      {
        related: place,
        fixes: [
          flag ? fix(`Make '${name}' not essential`, false, replaceNode(flag, "false")) : undefined,
          waitForStart,
        ],
      },
    );
  }
}

function isEssential({ node }: ContainerView): boolean {
  const flag = get(node, "essential");
  return flag === undefined ? !isOpen(node) : booleanOf(flag) === true;
}

interface Edge {
  readonly to: string;
  readonly node: JsonNode;
}

/** Reports each dependency that closes a circle, once. */
function reportCycles({ containers }: TaskDefinitionView, report: Report): void {
  const edges = new Map<string, readonly Edge[]>();
  for (const { name, node } of containers) {
    if (name === undefined) continue;
    const found = items(get(node, "dependsOn")).flatMap((entry) => {
      const target = get(entry, "containerName");
      const to = stringOf(target);
      return target && to !== undefined ? [{ to, node: target }] : [];
    });
    edges.set(name, found);
  }
  const done = new Set<string>();
  for (const start of edges.keys()) walkFrom(start, edges, done, report);
}

/** Depth first without recursion: a chain may be as long as the document. */
function walkFrom(
  start: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
  done: Set<string>,
  report: Report,
): void {
  if (done.has(start)) return;
  const path = [{ name: start, next: 0 }];
  const onPath = new Set([start]);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const edge = edges.get(top.name)?.[top.next];
    top.next += 1;
    if (!edge) {
      done.add(top.name);
      onPath.delete(top.name);
      path.pop();
    } else if (onPath.has(edge.to)) {
      const names = path.map((it) => it.name);
      const circle = [...names.slice(names.indexOf(edge.to)), edge.to];
      const entry = edge.node.parent?.parent;
      report(
        "depends-on-cycle",
        edge.node,
        { cycle: circle.join(" → ") },
        {
          fixes: [entry ? removal(entry) : undefined],
        },
      );
    } else if (!done.has(edge.to) && edges.has(edge.to)) {
      path.push({ name: edge.to, next: 0 });
      onPath.add(edge.to);
    }
  }
}
