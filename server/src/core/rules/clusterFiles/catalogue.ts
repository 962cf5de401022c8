// Diagnostics about fleets and cluster snapshots: files that describe container instances, which ECS itself never reads.

import type { CatalogueEntry } from "../catalogueEntry";

export const clusterFileDiagnostics = {
  "fleet-without-groups": {
    severity: "error",
    title: "Fleet without groups",
    message: "A fleet has 'groups': a list of objects with 'count' and 'instanceType'. Add it.",
    why: "Without groups there is no container instance that anything could be placed on.",
  },
  "fleet-unknown-member": {
    severity: "warning",
    title: "Unknown property in a fleet",
    message: "Unknown property '{member}' in {owner}, which is left out.{suggestion} It can have {allowed}.",
    why: "What the reader of fleets does not know changes no container instance, so a typing error would go unnoticed.",
  },
  "fleet-wrong-value": {
    severity: "error",
    title: "Wrong value in a fleet",
    message: "'{member}' has to be {expected}, not {found}.",
    why: "A value that cannot be used would silently be another one: no zone, the usual size, an ACTIVE instance.",
  },
  "fleet-unknown-instance-type": {
    severity: "error",
    title: "Instance type of unknown size",
    message:
      "The size of '{type}' is not known here.{suggestion} Add 'cpu' (units, 1024 per vCPU) and 'memory' (MiB) to the group.",
    why: "A group of unknown size has no container instances. The usual instance types are known by name.",
  },
  "fleet-group-without-size": {
    severity: "error",
    title: "Group without a size",
    message: "A group needs an 'instanceType', or 'cpu' (units) and 'memory' (MiB). Add one of them.",
    why: "A group of unknown size has no container instances.",
  },
  "fleet-empty-group": {
    severity: "information",
    title: "Group of no instances",
    message: "The count of this group is 0: it has no container instances. Remove it, or write a count.",
    why: "It may be there to be switched on; the preview shows nothing of it.",
  },
  "fleet-too-large": {
    severity: "error",
    title: "Fleet of too many instances",
    message:
      "A fleet has at most {most} container instances together; {room} are left for this group. Lower its count.",
    why: "ECS has at most 5,000 container instances in a cluster; what is far beyond that is a typing error.",
  },
  "attribute-name": {
    severity: "warning",
    title: "Name that no attribute can have",
    message:
      "'{name}' cannot name an attribute. Use up to 128 letters, digits, hyphens, underscores, slashes, backslashes and periods.",
    why: "PutAttributes refuses other names, so no real container instance can have the attribute.",
  },
  "attribute-value": {
    severity: "warning",
    title: "Value that no attribute can have",
    message:
      "'{value}' cannot be the value of an attribute. Use 1 to 128 letters, digits, spaces and the characters -_.@/\\:, with no space at either end.",
    why: "PutAttributes refuses other values, so no real container instance can have it.",
  },
  "attribute-type": {
    severity: "warning",
    title: "Attribute that is not text",
    message: "ECS compares attributes as text: '{name}' is read as {text}. Write it so.",
    why: "Attributes are texts. A number or truth value is read as the text that it is written as.",
  },
  "snapshot-unusable": {
    severity: "error",
    title: "Snapshot that cannot be used",
    message: "{problem}",
    why: "What is not an answer of `aws ecs describe-container-instances` describes no container instances.",
  },
  "snapshot-wrong-value": {
    severity: "error",
    title: "Wrong value in a snapshot",
    message: "{problem}",
    why: "A value that cannot be read is not known: a preview does not take it for another one.",
  },
  "snapshot-empty": {
    severity: "information",
    title: "Snapshot without container instances",
    message: "This snapshot has no container instances: a preview on it shows nothing.",
    why: "A cluster may have none, or the answer was saved before any of them had registered.",
  },
  "snapshot-assumption": {
    severity: "warning",
    title: "Something of a snapshot had to be assumed",
    message: "{problem}",
    why: "A preview is as good as its snapshot: what is missing from it is assumed, and may be otherwise in the cluster.",
  },
  "snapshot-duplicate-instance": {
    severity: "warning",
    title: "Container instance twice in a snapshot",
    message: "The container instance {id} occurs twice; only the last one counts. Remove one of them.",
    why: "Pages that were captured at different times overlap. The instance has been in one of the two states, not in both.",
  },
} as const satisfies Record<string, CatalogueEntry>;
