// A Managed Instances capacity provider as ECS answers it.

import type { Call } from "../operation";
import type { JsonObject } from "../request/input";
import type { CapacityProviderRecord } from "../state/managedRecords";

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
