// A change of a cluster in words, for a list of what was changed.

import { countText, cpuText, memoryText } from "../text/counts";
import type { ClusterChange, InstanceChange } from "./clusterChanges";
import { shortId } from "./instanceNames";

/** `nameOf`: what a container instance is called. A phrase without a full stop: "Add 3 m5.large in us-east-1a", "Drain i-1, i-2 and 4 more". */
export function describeChange(change: ClusterChange, nameOf: (id: string) => string = shortId): string {
  if (change.kind === "addInstances") {
    const { count, instanceType = "container instances", zones = [], attributes = {} } = change;
    const names = Object.entries(attributes).map(([name, value]) => pair(name, value ?? undefined));
    return `Add ${countText(count)} ${instanceType}${phrase(" in ", zones)}${phrase(" with ", names)}`;
  }
  if (change.kind === "daemonSize") {
    const parts = [
      ...(change.cpu === undefined ? [] : [cpuText(change.cpu)]),
      ...(change.memory === undefined ? [] : [memoryText(change.memory)]),
    ];
    return parts.length === 0
      ? "Leave the task's size as it is"
      : `Let the task reserve ${parts.join(" and ")}`;
  }
  return `${verb(change)} ${listed(change.instances, nameOf)}`;
}

function verb(change: InstanceChange): string {
  switch (change.kind) {
    case "drain":
      return "Drain";
    case "activate":
      return "Activate";
    case "disconnect":
      return "Disconnect the agent of";
    case "reconnect":
      return "Reconnect the agent of";
    case "remove":
      return "Remove";
    case "setAttribute":
      return `Set ${pair(change.name, change.value)} on`;
    case "removeAttribute":
      return `Remove the attribute ${change.name} of`;
    case "occupyPort":
      return `Use port ${change.port}/${change.protocol ?? "tcp"} on`;
    case "occupyMemory":
      return `Reserve ${memoryText(change.memory)} on`;
    case "occupyCpu":
      return `Reserve ${cpuText(change.cpu)} on`;
  }
}

function pair(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`;
}

function phrase(word: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${word}${items.join(", ")}`;
}

/** More ids than these are only counted. */
const mostIds = 3;

function listed(ids: readonly string[], nameOf: (id: string) => string): string {
  if (ids.length <= mostIds) return ids.length === 0 ? "no container instance" : ids.map(nameOf).join(", ");
  const shown = ids.slice(0, mostIds - 1).map(nameOf);
  return `${shown.join(", ")} and ${countText(ids.length - shown.length)} more`;
}
