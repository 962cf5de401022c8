// Capacity providers of Auto Scaling groups: create, update, delete. The endpoint keeps their settings and scales nothing.

import { groupProviderAnswer } from "../answers/capacityProviderAnswer";
import { clientException } from "../errors";
import type { Call } from "../operation";
import { tagsOf } from "../request/findRecords";
import { isObject, type JsonObject, optionalObject, optionalWord, requiredText } from "../request/input";
import { groupNameOf } from "../scheduling/groupProviders";
import type { GroupProviderRecord } from "../state/managedRecords";
import type { World } from "../state/world";

/** `input` has the `autoScalingGroupProvider`, and a name that no capacity provider has. */
export function createGroupProvider(world: World, input: JsonObject, call: Call): JsonObject {
  const given = optionalObject(input, "autoScalingGroupProvider") ?? {};
  const reference = requiredText(given, "autoScalingGroupArn", "AutoScalingGroupArn");
  const group = groupNameOf(reference);
  // Seen in aws/containers-roadmap#632.
  if ([...world.groupProviders.values()].some((it) => it.status === "ACTIVE" && it.group === group))
    throw clientException(
      "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
    );
  const record: GroupProviderRecord = {
    name: requiredText(input, "name", "Name"),
    status: "ACTIVE",
    group,
    provider: withSettings({ autoScalingGroupArn: reference }, given),
    tags: tagsOf(input),
  };
  world.groupProviders.put(record.name, record);
  return { capacityProvider: groupProviderAnswer(record, call, true) };
}

const enabledOrDisabled = ["ENABLED", "DISABLED"] as const;

/** ECS's defaults (API model; acceptance tests of Terraform's AWS provider). */
const scalingDefaults: JsonObject = {
  status: "DISABLED",
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 10_000,
  instanceWarmupPeriod: 300,
};

/** The settings of `before`, or the defaults, with those that are given. */
function withSettings(before: JsonObject, given: JsonObject): JsonObject {
  const scaling = optionalObject(given, "managedScaling") ?? {};
  optionalWord(scaling, "status", enabledOrDisabled);
  const managedScaling: JsonObject = {
    ...scalingDefaults,
    ...(isObject(before.managedScaling) ? before.managedScaling : {}),
    ...scaling,
  };
  const { minimumScalingStepSize, maximumScalingStepSize } = managedScaling;
  if (Number(minimumScalingStepSize) > Number(maximumScalingStepSize))
    throw clientException("The minimum or maximum scaling step size value is invalid");
  return {
    managedTerminationProtection: "DISABLED",
    managedDraining: "ENABLED",
    ...before,
    ...settingOf(given, "managedTerminationProtection"),
    ...settingOf(given, "managedDraining"),
    managedScaling,
  };
}

function settingOf(given: JsonObject, name: string): JsonObject {
  const value = optionalWord(given, name, enabledOrDisabled);
  return value === undefined ? {} : { [name]: value };
}

export function updateGroupProvider(
  world: World,
  record: GroupProviderRecord,
  given: JsonObject,
  call: Call,
): JsonObject {
  const changed: GroupProviderRecord = {
    ...record,
    updateStatus: "UPDATE_COMPLETE",
    provider: withSettings(record.provider, given),
  };
  world.groupProviders.put(record.name, changed);
  return { capacityProvider: groupProviderAnswer(changed, call) };
}

/**
 * ECS does not refuse to delete what a cluster has: it answers that the deletion failed (hashicorp/terraform-provider-aws,
 * pull request 48156).
 */
export function deleteGroupProvider(world: World, record: GroupProviderRecord, call: Call): JsonObject {
  const user = [...world.clusters.values()].find(
    (it) => it.status === "ACTIVE" && it.capacityProviders.includes(record.name),
  );
  if (user !== undefined) {
    const failed: GroupProviderRecord = {
      ...record,
      updateStatus: "DELETE_FAILED",
      updateStatusReason: `The capacity provider cannot be deleted because it is associated with cluster: ${user.name}. Remove the capacity provider from the cluster and try again.`,
    };
    world.groupProviders.put(record.name, failed);
    return { capacityProvider: groupProviderAnswer(failed, call) };
  }
  const { updateStatusReason: _, ...rest } = record;
  world.groupProviders.put(record.name, { ...rest, status: "INACTIVE", updateStatus: "DELETE_COMPLETE" });
  // The answer comes before the end of the deletion.
  return { capacityProvider: { ...groupProviderAnswer(rest, call), updateStatus: "DELETE_IN_PROGRESS" } };
}
