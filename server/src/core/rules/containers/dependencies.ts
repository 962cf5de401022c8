// What containers of a task wait for, link to and take volumes from: other containers of the same task.

import { traitsOf } from "../../resources/kinds/registry";
import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { set } from "../../source/change";
import { booleanOf, get, has, isOpen, items, type JsonNode, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import { advise, changeTo, isAbsent, placeOfMissing, related, removal } from "../ruleHelpers";
import { cyclesOf, type Edge } from "./cycles";

export const dependencies: Rule = {
  codes: [
    "depends-on-unknown",
    "depends-on-health",
    "depends-on-no-check",
    "depends-on-essential",
    "depends-on-cycle",
    "links-cycle",
    "start-cycle",
    "volumes-from-unknown",
    "volumes-from-without-source",
    "unknown-link",
    "link-format",
    "refers-to-itself",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const container of task.containers) {
      for (const entry of items(get(container.node, "dependsOn")))
        checkDependency(task, container, entry, report);
      // The containers of a daemon have neither; that is reported by itself.
      if (traitsOf(document).isManaged) continue;
      for (const entry of items(get(container.node, "volumesFrom"))) {
        const node = get(entry, "sourceContainer");
        if (entry.type === "object" && isAbsent(entry, "sourceContainer"))
          report("volumes-from-without-source", placeOfMissing(entry), {}, { fixes: [removal(entry)] });
        if (!node) continue;
        checkReference("volumes-from-unknown", task, container, node, stringOf(node), entry, report);
        checkSelf(container, "volumesFrom", node, stringOf(node), entry, report);
      }
      for (const link of items(get(container.node, "links"))) {
        const [name, alias, ...more] = stringOf(link)?.split(":") ?? [];
        if (more.length > 0) {
          const fixes = [changeTo(link, `${name}:${alias}`, false)];
          report("link-format", link, { link: String(link.value) }, { fixes });
          continue;
        }
        checkReference("unknown-link", task, container, link, name, link, report);
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
  { name: own }: ContainerView,
  node: JsonNode,
  name: string | undefined,
  entry: JsonNode,
  report: Report,
): void {
  if (name === undefined || names === undefined || names.has(name)) return;
  // No container refers to itself.
  const others = [...names].filter((it) => it !== own);
  const suggestion = nearest(name, others);
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

function checkDependency(
  task: TaskDefinitionView,
  container: ContainerView,
  entry: JsonNode,
  report: Report,
): void {
  const nameNode = get(entry, "containerName");
  const name = stringOf(nameNode);
  if (!nameNode || name === undefined) return;
  checkReference("depends-on-unknown", task, container, nameNode, name, entry, report);
  const target = task.containers.find((it) => it.name === name);
  const conditionNode = get(entry, "condition");
  const condition = stringOf(conditionNode);
  if (!target || !conditionNode || condition === undefined) return;
  const place = related(`The container '${name}'.`, get(target.node, "name"));
  const waitForStart = fix("Wait for START", false, set(conditionNode, "START"));
  if (condition === "HEALTHY" && !has(target.node, "healthCheck") && !isOpen(target.node)) {
    report("depends-on-health", conditionNode, { name }, { related: place, fixes: [waitForStart] });
  }
  const check = get(get(target.node, "healthCheck"), "command");
  if (condition === "HEALTHY" && stringOf(items(check)[0]) === "NONE") {
    const extras = { related: related("The health check.", check), fixes: [waitForStart] };
    report("depends-on-no-check", conditionNode, { name }, extras);
  }
  if ((condition === "SUCCESS" || condition === "COMPLETE") && isEssential(target)) {
    const flag = get(target.node, "essential");
    const others = task.containers.filter((it) => it !== target);
    report(
      "depends-on-essential",
      conditionNode,
      { name, condition },
      {
        related: place,
        fixes: [
          flag && others.some(isEssential)
            ? fix(`Make '${name}' not essential`, false, set(flag, false))
            : undefined,
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

type Relation = "dependsOn" | "links" | "volumesFrom";

const nameOf: Readonly<Record<Relation, (entry: JsonNode) => JsonNode | undefined>> = {
  dependsOn: (entry) => get(entry, "containerName"),
  links: (entry) => entry,
  volumesFrom: (entry) => get(entry, "sourceContainer"),
};

/** Circles of one relation are refused; the agent starts no container of a circle of several. */
function reportCycles(task: TaskDefinitionView, report: Report): void {
  const found = (
    code: "depends-on-cycle" | "links-cycle" | "start-cycle",
    relations: readonly Relation[],
  ) => {
    const circles = cyclesOf(edgesOf(task, relations));
    for (const { closing, names } of circles) {
      const isOne = names.length === 2;
      const what = isOne ? "This container waits for itself" : "These containers wait for each other";
      report(code, closing.node, { what, cycle: names.join(" → ") }, { fixes: [removal(closing.entry)] });
    }
    return circles.length > 0;
  };
  // In this mode there are no links at all, which has its own diagnostic.
  const relations: readonly Relation[] =
    task.networkMode === "awsvpc" ? ["dependsOn", "volumesFrom"] : ["dependsOn", "links", "volumesFrom"];
  const waiting = found("depends-on-cycle", ["dependsOn"]);
  const linked = relations.includes("links") && found("links-cycle", ["links"]);
  if (!waiting && !linked) found("start-cycle", relations);
}

function edgesOf(
  { containers }: TaskDefinitionView,
  relations: readonly Relation[],
): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, readonly Edge[]>();
  for (const { name, node } of containers) {
    if (name === undefined) continue;
    const found = relations.flatMap((relation) =>
      items(get(node, relation)).flatMap((entry) => {
        const target = nameOf[relation](entry);
        const to = relation === "links" ? stringOf(target)?.split(":")[0] : stringOf(target);
        // Who links to itself, or takes its own volumes, has been told.
        const isTold = relation !== "dependsOn" && to === name;
        return target && to !== undefined && !isTold ? [{ to, node: target, entry }] : [];
      }),
    );
    edges.set(name, found);
  }
  return edges;
}
