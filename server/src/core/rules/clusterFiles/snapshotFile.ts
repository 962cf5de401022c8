// What is wrong with a cluster snapshot: what its reader has to say, at the place that it is about, and container
// instances that occur twice.

import { readSnapshot } from "../../cluster/snapshot";
import type { Resource } from "../../resources/resource";
import { nodeAtPath } from "../../source/node";
import type { ReadProblem } from "../../source/readProblem";
import { get, isOpen, items, type JsonNode, stringOf } from "../../source/tree";
import type { Span } from "../../text/span";
import type { Report } from "../rule";
import { checkAttribute } from "./instanceAttributes";

export const snapshotFileCodes = [
  "snapshot-unusable",
  "snapshot-wrong-value",
  "snapshot-empty",
  "snapshot-assumption",
  "snapshot-duplicate-instance",
] as const;

/** Reports everything about a snapshot. Several answers of the AWS CLI one after the other are one snapshot. */
export function checkSnapshotFile({ source: { text, root, problems } }: Resource, report: Report): void {
  if (root === undefined) {
    if (text.trim() === "") report("snapshot-empty", { start: 0, end: 0 }, {});
    // Of a text that is too large for a tree nothing is said.
    else if (problems.length > 0) reportUnreadable(text, report);
    return;
  }
  for (const problem of readSnapshot(text).problems) {
    const code = problem.isWrongValue
      ? "snapshot-wrong-value"
      : problem.severity === "error"
        ? "snapshot-unusable"
        : "snapshot-assumption";
    report(code, placeOf(text, root, problem), { problem: problem.message });
  }
  const list = get(root, "containerInstances");
  const instances = items(list);
  if (list?.type === "array" && instances.length === 0 && !isOpen(list))
    report("snapshot-empty", { start: list.offset, end: list.offset + 1 }, {});
  checkIdentities(instances, report);
  for (const instance of instances) {
    for (const attribute of items(get(instance, "attributes"))) {
      const key = get(attribute, "name");
      const name = stringOf(key);
      if (key !== undefined && name) checkAttribute({ name, key, value: get(attribute, "value") }, report);
    }
  }
}

/** Of a text that is no JSON at all, a table for example, its first line is underlined. */
function reportUnreadable(text: string, report: Report): void {
  const [problem] = readSnapshot(text).problems;
  const start = text.search(/\S/);
  const [line = ""] = text.slice(start).split(/\r?\n/, 1);
  if (problem !== undefined)
    report("snapshot-unusable", { start, end: start + line.length }, { problem: problem.message });
}

function placeOf(text: string, root: JsonNode, { path, offset }: ReadProblem): Span {
  if (offset !== undefined)
    return { start: Math.min(offset, Math.max(0, text.length - 1)), end: text.length };
  let steps = path.split("/").slice(1).map(unescaped);
  // The nearest value there is: the reader may speak of a member that is missing.
  for (;;) {
    const node = nodeAtPath(root, steps);
    if (node !== undefined) {
      const isLong = node.type === "object" || node.type === "array";
      return { start: node.offset, end: node.offset + (isLong ? 1 : node.length) };
    }
    steps = steps.slice(0, -1);
  }
}

/** A step of a JSON pointer; a list's index is a number. */
function unescaped(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function checkIdentities(instances: readonly JsonNode[], report: Report): void {
  const seen = new Map<string, JsonNode>();
  for (const instance of instances) {
    const node = get(instance, "containerInstanceArn");
    const arn = stringOf(node);
    if (node === undefined || !arn) continue;
    const earlier = seen.get(arn);
    seen.set(arn, node);
    if (earlier === undefined) continue;
    const span = { start: earlier.offset, end: earlier.offset + earlier.length };
    const id = arn.slice(arn.lastIndexOf("/") + 1);
    const related = [{ message: "The first one, which does not count.", span }];
    report("snapshot-duplicate-instance", node, { id }, { related });
  }
}
