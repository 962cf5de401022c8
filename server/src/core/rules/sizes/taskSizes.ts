// Task-level cpu and memory: written so that ECS understands them, enough for the containers, sold by Fargate.

import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { fargateCpus, fargateMemories, taskCpuUnits, taskMemoryMiB } from "../../resources/taskSize";
import { add, set } from "../../source/change";
import { get, isTemplate, type JsonNode, numberOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import { entry, property, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { changeTo, given, isAbsent, placeOfMissing, related } from "../ruleHelpers";
import { largestInteger } from "../shape/shapeLimits";

export const taskSizes: Rule = {
  codes: [
    "bad-task-size",
    "cpu-over-task",
    "fargate-cpu-missing",
    "fargate-memory-missing",
    "fargate-size",
    "fargate-windows-cpu",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    const cpuNode = given(task.input, "cpu");
    const memoryNode = given(task.input, "memory");
    const cpu = cpuNode && !isTemplate(cpuNode) ? taskCpuUnits(textOf(cpuNode)) : undefined;
    const memory = memoryNode && !isTemplate(memoryNode) ? taskMemoryMiB(textOf(memoryNode)) : undefined;
    const cpuIsBad = badSize("cpu", task, cpuNode, cpu, report);
    const memoryIsBad = badSize("memory", task, memoryNode, memory, report);
    if (cpuNode && cpu !== undefined && !cpuIsBad) checkContainers(task, cpuNode, cpu, report);
    if (task.isFargate && !cpuIsBad && !memoryIsBad)
      checkFargate(task, { cpuNode, memoryNode, cpu, memory }, report);
  },
};

/** A number is the wrong type, which has its own diagnostic; its value still counts. */
function textOf(node: JsonNode): string {
  return stringOf(node) ?? String(numberOf(node) ?? "");
}

/** `1 core`, `2cpu` → vCPU; `512 units` → CPU units. */
function meantCpu(text: string): string | undefined {
  const [, amount, unit = ""] = /^(\d+|\d*\.\d+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (amount === undefined || !/^(v?cpus?|cores?|units?|)$/i.test(unit)) return undefined;
  const isUnits = /^units?$/i.test(unit) || (unit === "" && !amount.includes("."));
  const meant = isUnits ? amount : `${amount} vCPU`;
  const units = taskCpuUnits(meant) ?? 0;
  return units >= 128 && units <= 196_608 && meant !== text ? meant : undefined;
}

/** The end of the range that a number of CPU units is nearest to; a minus is a slip. */
function nearestCpu(text: string): string | undefined {
  const units = taskCpuUnits(text.trim().replace(/^-/, ""));
  return units === undefined ? undefined : String(Math.min(196_608, Math.max(128, Math.round(units))));
}

/** `1G`, `2GiB` → GB; `512M`, `512 MiB` → MiB; `1 TB` → GB. */
function meantMemory(text: string): string | undefined {
  const [, amount, unit = ""] = /^(\d+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  if (/^(g|gi|gib|gbs?)$/i.test(unit)) return `${amount} GB`;
  if (/^(t|ti|tib|tbs?)$/i.test(unit)) return `${Number(amount) * 1024} GB`;
  return /^(m|mi|mib|mbs?)$/i.test(unit) ? amount : undefined;
}

const examples = {
  cpu: 'CPU units, "128" to "196608", or vCPU such as "1 vCPU"',
  memory: 'MiB such as "512" or "1 GB"',
};

function badSize(
  member: "cpu" | "memory",
  { isFargate, os }: TaskDefinitionView,
  node: JsonNode | undefined,
  size: number | undefined,
  report: Report,
): boolean {
  const text = stringOf(node);
  if (!node || text === undefined) return false;
  const isNumber = size !== undefined && size <= largestInteger;
  const inRange = isNumber && (member === "memory" ? size > 0 : size >= 128 && size <= 196_608);
  // Fargate has its own sizes, and Windows containers do not use the task's.
  if (inRange || (isNumber && (isFargate || os === "windows"))) return false;
  report(
    "bad-task-size",
    node,
    { value: text, member, example: examples[member] },
    {
      fixes: [
        changeTo(node, member === "cpu" ? (meantCpu(text) ?? nearestCpu(text)) : meantMemory(text), false),
      ],
    },
  );
  return true;
}

function checkContainers(
  { containers, os, isFargate }: TaskDefinitionView,
  cpuNode: JsonNode,
  task: number,
  report: Report,
): void {
  if (os === "windows" || task <= 0) return;
  const asked = containers.flatMap(({ node }) => {
    const value = get(node, "cpu");
    return value ? [{ value, units: numberOf(value) ?? 0 }] : [];
  });
  const sum = asked.reduce((total, it) => total + it.units, 0);
  if (sum <= task) return;
  // One container alone may be the culprit, else it is the sum.
  const single = asked.find((it) => it.units > task);
  report(
    "cpu-over-task",
    single?.value ?? cpuNode,
    { sum, task },
    {
      related: single
        ? related("The task's cpu.", cpuNode)
        : asked.flatMap(({ value }) => related("A container's cpu.", value)),
      // Fargate sells fixed sizes only.
      fixes: isFargate ? [] : [fix(`Raise the task's cpu to ${sum}`, false, set(cpuNode, String(sum)))],
    },
  );
}

interface Sizes {
  readonly cpuNode: JsonNode | undefined;
  readonly memoryNode: JsonNode | undefined;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
}

function checkFargate({ input, os }: TaskDefinitionView, sizes: Sizes, report: Report): void {
  const { cpuNode, memoryNode, cpu, memory } = sizes;
  if (isAbsent(input, "cpu")) {
    report(
      "fargate-cpu-missing",
      placeOfMissing(input),
      {},
      {
        fixes: [fix(title`Add ${entry("cpu", "256")}`, false, add(input, "cpu", "256"))],
      },
    );
  }
  if (isAbsent(input, "memory")) {
    const least = cpu === undefined ? 512 : (fargateMemories(cpu)[0] ?? 512);
    report(
      "fargate-memory-missing",
      placeOfMissing(input),
      {},
      {
        fixes: [
          fix(title`Add ${entry("memory", String(least))}`, false, add(input, "memory", String(least))),
        ],
      },
    );
  }
  if (!cpuNode || cpu === undefined) return;
  if (os === "windows" && cpu < 1024) {
    report(
      "fargate-windows-cpu",
      cpuNode,
      { cpu },
      { fixes: [fix("Change to 1024", false, set(cpuNode, "1024"))] },
    );
    return;
  }
  const offered = fargateMemories(cpu);
  if (offered.length === 0) {
    const advice = `Its cpu is ${fargateCpus.slice(0, -1).join(", ")} or ${fargateCpus.at(-1)}.`;
    report("fargate-size", cpuNode, { cpu, memory: memory ?? "any", advice });
  } else if (memoryNode && memory !== undefined && !offered.includes(memory)) {
    const next = offered.find((it) => it >= memory) ?? offered.at(-1) ?? memory;
    report(
      "fargate-size",
      memoryNode,
      { cpu, memory, advice: `With this cpu memory is ${listOf(offered)} MiB.` },
      {
        related: related("The task's cpu.", cpuNode),
        fixes: [fix(title`Change ${property("memory")} to ${next}`, false, set(memoryNode, String(next)))],
      },
    );
  }
}

function listOf(offered: readonly number[]): string {
  if (offered.length <= 4) return `${offered.slice(0, -1).join(", ")} or ${offered.at(-1)}`;
  const step = (offered[1] ?? 0) - (offered[0] ?? 0);
  return `${offered[0]} to ${offered.at(-1)} in steps of ${step}`;
}
