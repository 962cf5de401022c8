// Every container needs memory from somewhere, within what the task has, and enough of it for Docker.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { taskMemoryMiB } from "../../resources/taskSize";
import { add, set } from "../../source/change";
import { get, has, isOpen, type JsonNode, numberOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import { entry, property, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { given, inSentence, isAbsent, placeOfMissing, related } from "../ruleHelpers";
import { largestInteger } from "../shape/shapeLimits";

export const memory: Rule = {
  codes: [
    "memory-missing",
    "memory-below-reservation",
    "memory-over-task",
    "memories-over-task",
    "memory-too-small",
    "memory-too-large",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const sizeNode = given(task.input, "memory");
    // What is no size at all has its own diagnostic, as 0 has.
    const size = taskMemoryMiB(stringOf(sizeNode) ?? String(numberOf(sizeNode) ?? "")) || undefined;
    for (const container of task.containers) {
      if (container.node.type !== "object") continue;
      // Fargate asks for the task's memory, which has a diagnostic of its own.
      if (!sizeNode && !isOpen(task.input) && !task.isFargate) checkGiven(container, report);
      checkReservation(container, report);
      // Windows containers do not use the task's memory.
      if (sizeNode && size !== undefined && task.os !== "windows")
        checkAgainstTask(task.containers, container, sizeNode, size, report);
    }
    if (sizeNode && size !== undefined && task.os !== "windows") checkSum(task, sizeNode, size, report);
  },
};

function checkGiven({ node, name, label }: ContainerView, report: Report): void {
  if (!isUnset(node, "memory") || !isUnset(node, "memoryReservation")) return;
  const zero = get(node, "memory") ?? get(node, "memoryReservation");
  if (zero) {
    report(
      "memory-missing",
      zero,
      { container: label, name: name ?? "" },
      { fixes: [fix("Change to 128", false, set(zero, 128))] },
    );
    return;
  }
  report(
    "memory-missing",
    placeOfMissing(node),
    { container: label, name: name ?? "" },
    {
      fixes: [
        fix(title`Add ${entry("memory", 128)}`, false, add(node, "memory", 128)),
        fix(title`Add ${entry("memoryReservation", 128)}`, false, add(node, "memoryReservation", 128)),
      ],
    },
  );
}

/** ECS takes 0 for "not given", and that is what describe calls print. */
function isUnset(node: JsonNode, member: string): boolean {
  return has(node, member) ? numberOf(get(node, member)) === 0 : isAbsent(node, member);
}

function checkReservation({ node, name }: ContainerView, report: Report): void {
  const limit = get(node, "memory");
  const reservation = get(node, "memoryReservation");
  const most = numberOf(limit);
  const least = numberOf(reservation);
  for (const value of [limit, reservation]) {
    const mebibytes = numberOf(value);
    if (value && mebibytes !== undefined && mebibytes > largest && mebibytes <= largestInteger) {
      reportBytes(value, mebibytes, report);
    }
    if (!value || mebibytes === undefined || mebibytes <= 0 || mebibytes >= smallest) continue;
    // A fraction is the wrong type, which has its own diagnostic.
    if (!Number.isInteger(mebibytes)) continue;
    report(
      "memory-too-small",
      value,
      { memory: mebibytes },
      {
        fixes: [fix(`Change to ${smallest}`, false, set(value, smallest))],
      },
    );
  }
  if (!limit || !reservation || !most || least === undefined || most >= least) return;
  report(
    "memory-below-reservation",
    limit,
    { memory: most, reservation: least, name: name ?? "" },
    {
      related: related("The reservation.", reservation),
      fixes: [
        fix(title`Raise '${property("memory")}' to ${least}`, true, set(limit, least)),
        fix(title`Lower '${property("memoryReservation")}' to ${most}`, false, set(reservation, most)),
      ],
    },
  );
}

/** MiB that Docker gives a container at least. */
const smallest = 6;

/** MiB of the largest instance type, 32 TiB: what is above was written in bytes or KiB. */
const largest = 32 * 1024 * 1024;

function reportBytes(value: JsonNode, memory: number, report: Report): void {
  const meant = memory / 1024 / 1024;
  const fixes = Number.isInteger(meant) ? [fix(`Change to ${meant}`, false, set(value, meant))] : [];
  report("memory-too-large", value, { memory }, { fixes });
}

/** MiB that a container reserves. */
const reservedBy = ({ node }: ContainerView) =>
  numberOf(get(node, "memoryReservation") ?? get(node, "memory")) ?? 0;

function checkAgainstTask(
  containers: readonly ContainerView[],
  container: ContainerView,
  sizeNode: JsonNode,
  task: number,
  report: Report,
): void {
  const others = containers.filter((it) => it !== container).reduce((sum, it) => sum + reservedBy(it), 0);
  for (const member of ["memory", "memoryReservation"] as const) {
    const value = get(container.node, member);
    const mebibytes = numberOf(value);
    if (!value || mebibytes === undefined || mebibytes <= task) continue;
    const params = {
      member,
      container: inSentence(container),
      memory: mebibytes,
      task,
      name: container.name ?? "",
    };
    // Only a reservation counts together with those of the other containers.
    const isLimitOnly = member === "memory" && has(container.node, "memoryReservation");
    const left = isLimitOnly ? task : task - others;
    const lower = fix(title`Lower '${property(member)}' to ${left}`, false, set(value, left));
    report("memory-over-task", value, params, {
      related: related("The task's memory.", sizeNode),
      fixes: left < smallest ? [] : [lower],
    });
    return;
  }
}

function checkSum(
  { containers, isFargate }: TaskDefinitionView,
  sizeNode: JsonNode,
  task: number,
  report: Report,
): void {
  const reserved = containers.map(reservedBy);
  const sum = reserved.reduce((total, it) => total + it, 0);
  // A single container that is too large has its own diagnostic.
  if (sum <= task || reserved.some((it) => it > task)) return;
  // Fargate sells fixed sizes only.
  const raise = fix(`Raise the task's memory to ${sum}`, false, set(sizeNode, String(sum)));
  report("memories-over-task", sizeNode, { sum, task }, { fixes: isFargate ? [] : [raise] });
}
