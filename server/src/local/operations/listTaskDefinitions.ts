// Lists of task definitions and of their families.

import { clientException, invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { familyOf } from "../request/findRecords";
import { type JsonObject, optionalText, optionalWord } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { TaskDefinitionRecord } from "../state/records";
import { taskDefinitionKey } from "../state/world";

const statuses = ["ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"] as const;
const invalidStatus = () => clientException("Invalid task definition status.");
const invalidFamilyStatus = () => clientException("Invalid task definition family status.");
const invalidSort = () => invalidParameter("Invalid sort order.");

/** By family, then by the number of the revision. */
export function compareDefinitionKeys(left: string, right: string): number {
  const [leftFamily = "", leftRevision] = left.split(":");
  const [rightFamily = "", rightRevision] = right.split(":");
  if (leftFamily !== rightFamily) return leftFamily < rightFamily ? -1 : 1;
  return Number(leftRevision) - Number(rightRevision);
}

const keyOf = (it: TaskDefinitionRecord): string => taskDefinitionKey(it.family, it.revision);

export const listTaskDefinitions: Operation = (world, input, call) => {
  const prefix = optionalText(input, "familyPrefix") ?? "";
  const status = optionalWord(input, "status", statuses, invalidStatus) ?? "ACTIVE";
  const descending = optionalWord(input, "sort", ["ASC", "DESC"], invalidSort) === "DESC";
  const compare = descending ? (a: string, b: string) => compareDefinitionKeys(b, a) : compareDefinitionKeys;
  // The documentation calls it a prefix and means the whole name.
  const keys = [...world.taskDefinitions.values()]
    .filter((it) => it.status === status && (prefix === "" || it.family === familyOf(prefix)))
    .map(keyOf)
    .sort(compare);
  const page = pageOf(
    keys,
    (it) => it,
    { operation: "ListTaskDefinitions", input },
    pageSize(input, 100),
    compare,
  );
  return { taskDefinitionArns: page.items.map(call.arns.taskDefinition), nextToken: page.nextToken };
};

export const listTaskDefinitionFamilies: Operation = (world, input) => {
  const prefix = optionalText(input, "familyPrefix") ?? "";
  const status = familyStatus(input);
  const active = new Set<string>();
  const all = new Set<string>();
  for (const it of world.taskDefinitions.values()) {
    all.add(it.family);
    if (it.status === "ACTIVE") active.add(it.family);
  }
  const families = [...all]
    .filter((it) => it.startsWith(prefix))
    .filter((it) => status === "ALL" || active.has(it) === (status === "ACTIVE"))
    .sort();
  const page = pageOf(
    families,
    (it) => it,
    { operation: "ListTaskDefinitionFamilies", input },
    pageSize(input, 100),
  );
  return { families: page.items, nextToken: page.nextToken };
};

/** Without a status ECS lists active and inactive families alike. */
function familyStatus(input: JsonObject): "ACTIVE" | "INACTIVE" | "ALL" {
  return optionalWord(input, "status", ["ACTIVE", "INACTIVE", "ALL"], invalidFamilyStatus) ?? "ALL";
}
