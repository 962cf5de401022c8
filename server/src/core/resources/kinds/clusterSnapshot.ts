// A cluster snapshot: answers of describe-container-instances and describe-tasks.

import type { Node } from "../../source/node";
import { get, items } from "../../source/tree";
import { isNearMiss } from "../../text/spelling";
import type { Kind } from "./kind";
import { firstMembers } from "./membersOf";

export const clusterSnapshotSigns = {
  kind: "clusterSnapshot",
  names: /\.ecs-cluster\.json$/i,
  members: ["containerInstances", "containerInstanceArn"],
} as const;

export const clusterSnapshot: Kind = {
  signs: clusterSnapshotSigns,
  noun: "a cluster snapshot",
  label: "cluster snapshot",
  isOfAnswers: true,
  isCluster: true,
  recognizes(root) {
    const instances = get(root, "containerInstances");
    return instances?.type === "array" && !areNames(instances);
  },
  recognizesMisspelt(root) {
    const instances = firstMembers(root).find((it) => isNearMiss(it.name, "containerInstances"));
    return get(items(instances?.value)[0], "containerInstanceArn") !== undefined;
  },
  recognizesText: (has) => has("containerInstances") && has("containerInstanceArn"),
  isPart: isOfSnapshot,
  distinctive: () => ["containerInstances", "tasks"],
};

/** IDs or ARNs, as the inputs of StartTask, UpdateContainerInstancesState and DescribeContainerInstances have them. */
function areNames(list: Node): boolean {
  const found = items(list).slice(0, 100);
  return found.length > 0 && found.every((it) => it.type === "string");
}

/** Pages of a snapshot may be in a list, and `--query` leaves a bare one. */
function isOfSnapshot(node: Node): boolean {
  const detail = get(node, "detail") ?? get(node, "containerInstance") ?? node;
  return ["containerInstanceArn", "taskArn", "containerInstances", "tasks"].some(
    (it) => get(detail, it) !== undefined,
  );
}
