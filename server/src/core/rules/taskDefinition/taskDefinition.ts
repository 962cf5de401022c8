// The task definition as a whole: family, size, platform, storage, what only some launch types have.

import { documentValue } from "../../resources/documentValue";
import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { set } from "../../source/change";
import { get, items, keyOf, numberOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import { changeTo, filled, given, isAbsentOrEmpty, related, removal } from "../ruleHelpers";

export const taskDefinition: Rule = {
  codes: [
    "bad-family",
    "task-definition-too-large",
    "inference-accelerators",
    "ephemeral-storage-range",
    "ephemeral-storage-on-ec2",
    "windows-arm64",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    checkFamily(task, report);
    checkSize(task, report);
    checkPlatform(task, report);
    checkStorage(task, report);
    // The console once wrote an empty list into every definition, which asks for nothing.
    const accelerators = filled(task.input, "inferenceAccelerators");
    if (accelerators) {
      report(
        "inference-accelerators",
        keyOf(accelerators),
        { member: "inferenceAccelerators" },
        { fixes: [removal(accelerators, true)] },
      );
    }
    for (const requirement of task.containers.flatMap((it) => items(get(it.node, "resourceRequirements")))) {
      const type = get(requirement, "type");
      if (!type || stringOf(type) !== "InferenceAccelerator") continue;
      const member = "InferenceAccelerator";
      report("inference-accelerators", type, { member }, { fixes: [removal(requirement)] });
    }
  },
};

function checkFamily({ input }: TaskDefinitionView, report: Report): void {
  const node = get(input, "family");
  const family = stringOf(node);
  if (!node || family === undefined || /^[A-Za-z0-9_-]{1,255}$/.test(family)) return;
  // Of an ARN and of a revision the family is meant.
  const [, bare = family] = /^(?:arn:.*\/)?([^/:]*)(?::\d+)?$/.exec(family.trim()) ?? [];
  const cleaned = bare
    .trim()
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .slice(0, 255);
  report("bad-family", node, { family }, { fixes: [changeTo(node, cleaned || undefined, false)] });
}

/** Bytes of JSON without white space that RegisterTaskDefinition takes. */
export const largestTaskDefinition = 65_536;

function checkSize({ document, input }: TaskDefinitionView, report: Report): void {
  // Cheap bound first: a UTF-16 unit takes at most three bytes. A template has many resources.
  const { hosted, source } = document;
  const { offset, length } = input;
  const text = hosted === undefined ? source.text : source.text.slice(offset, offset + length);
  if (text.length * 3 <= largestTaskDefinition || byteLength(text) <= largestTaskDefinition) return;
  const size = byteLength(JSON.stringify(documentValue(document)));
  const list = get(input, "containerDefinitions");
  if (size > largestTaskDefinition) report("task-definition-too-large", list ? keyOf(list) : input, { size });
}

/** Bytes of the text in UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of its four bytes.
    length += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return length;
}

function checkPlatform({ input, os }: TaskDefinitionView, report: Report): void {
  const platform = get(input, "runtimePlatform");
  const architecture = get(platform, "cpuArchitecture");
  if (os !== "windows" || !architecture || stringOf(architecture) !== "ARM64") return;
  report(
    "windows-arm64",
    architecture,
    {},
    {
      related: related("The operating system.", get(platform, "operatingSystemFamily")),
      fixes: [changeTo(architecture, "X86_64", false)],
    },
  );
}

function checkStorage({ input, requires, networkMode }: TaskDefinitionView, report: Report): void {
  const storage = given(input, "ephemeralStorage");
  if (!storage) return;
  const size = get(storage, "sizeInGiB");
  const gibibytes = numberOf(size);
  if (size && gibibytes !== undefined && (gibibytes < 21 || gibibytes > 200)) {
    const limit = gibibytes < 21 ? 21 : 200;
    report(
      "ephemeral-storage-range",
      size,
      { size: gibibytes, limit: gibibytes < 21 ? "at least 21" : "at most 200" },
      {
        fixes: [fix(`Change to ${limit}`, false, set(size, limit))],
      },
    );
  }
  // Without requiresCompatibilities a definition that is not awsvpc can only be for EC2.
  const list = get(input, "requiresCompatibilities");
  const isForEc2 =
    requires.has("EC2") ||
    (isAbsentOrEmpty(input, "requiresCompatibilities") &&
      networkMode !== undefined &&
      networkMode !== "awsvpc");
  if (isForEc2) {
    const ec2 = items(list).find((it) => stringOf(it) === "EC2");
    report(
      "ephemeral-storage-on-ec2",
      keyOf(storage),
      {},
      {
        related: related("Where EC2 is required.", ec2),
        fixes: [removal(storage)],
      },
    );
  }
}
