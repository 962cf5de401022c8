// Capacity providers as ECS answers them.

import type { Call } from "../operation";
import { definedOnly } from "../operation";
import type { JsonObject } from "../request/input";
import type { CapacityProviderRecord, GroupProviderRecord } from "../state/managedRecords";

/** A Managed Instances capacity provider. */
export function capacityProviderAnswer(
  record: CapacityProviderRecord,
  call: Call,
  withTags = false,
): JsonObject {
  return {
    capacityProviderArn: call.arns.capacityProvider(record.name),
    name: record.name,
    cluster: record.cluster,
    status: record.status,
    managedInstancesProvider: record.provider,
    updateStatus: record.updateStatus,
    type: "MANAGED_INSTANCES",
    tags: withTags ? record.tags : [],
  };
}

/** A capacity provider of an Auto Scaling group. */
export function groupProviderAnswer(record: GroupProviderRecord, call: Call, withTags = false): JsonObject {
  return definedOnly({
    capacityProviderArn: call.arns.capacityProvider(record.name),
    name: record.name,
    status: record.status,
    autoScalingGroupProvider: record.provider,
    updateStatus: record.updateStatus,
    updateStatusReason: record.updateStatusReason,
    type: "EC2_AUTOSCALING",
    tags: withTags ? record.tags : [],
  });
}
