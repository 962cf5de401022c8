// Capacity providers: create, update, delete; those of Managed Instances here, those of Auto Scaling groups in
// ../groupProviders.ts.

import { capacityProviderAnswer } from "../../answers/capacityProviderAnswer";
import { clientException, invalidParameter } from "../../errors";
import type { Operation } from "../../operation";
import { capacityProviderName, findCapacityProvider } from "../../request/findManaged";
import { clusterOf, tagsOf } from "../../request/findRecords";
import { isObject, type JsonObject, optionalObject, optionalText, requiredText } from "../../request/input";
import { knownInput, knownPart } from "../../request/knownMembers";
import { rejectAsEcs } from "../../request/rejectAsEcs";
import type { CapacityProviderRecord, GroupProviderRecord } from "../../state/managedRecords";
import { rowsOf, type World } from "../../state/world";
import { createGroupProvider, deleteGroupProvider, updateGroupProvider } from "../groupProviders";

export const createCapacityProvider: Operation = (world, given, call) => {
  const input = knownInput("createCapacityProvider", given);
  const name = requiredText(input, "name", "Name");
  checkName(name);
  const provider = optionalObject(input, "managedInstancesProvider");
  if (isOfGroup(input)) {
    rejectAsEcs(world, "createCapacityProvider", input);
    refuseKnownName(world, name);
    return createGroupProvider(world, input, call);
  }
  if (provider === undefined) throw oneOfTwo();
  if ((optionalText(input, "cluster") ?? "") === "")
    throw invalidParameter("A cluster is required for a Managed Instances capacity provider.");
  rejectAsEcs(world, "createCapacityProvider", input);
  const cluster = clusterOf(world, input);
  checkProvider(provider);
  refuseKnownName(world, name);
  const record: CapacityProviderRecord = {
    name,
    cluster: cluster.name,
    region: call.arns.region,
    status: "ACTIVE",
    updateStatus: "CREATE_COMPLETE",
    provider: { propagateTags: "NONE", ...provider },
    tags: tagsOf(input),
  };
  world.capacityProviders.put(name, record);
  return { capacityProvider: capacityProviderAnswer(record, call, true) };
};

/** Throws where the input is for both kinds. */
function isOfGroup(input: JsonObject): boolean {
  const isGroup = optionalObject(input, "autoScalingGroupProvider") !== undefined;
  if (isGroup && optionalObject(input, "managedInstancesProvider") !== undefined) throw oneOfTwo();
  return isGroup;
}

const oneOfTwo = () =>
  invalidParameter("Specify either 'autoScalingGroupProvider' or 'managedInstancesProvider' and try again.");

/** Seen in aws/containers-roadmap#632. */
function refuseKnownName(world: World, name: string): void {
  const known = [world.capacityProviders.get(name), world.groupProviders.get(name)];
  if (known.some((it) => it !== undefined && it.status !== "INACTIVE"))
    throw clientException(
      "The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.",
    );
}

function checkName(name: string): void {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(name) && !/^(aws|ecs|fargate)/i.test(name)) return;
  throw invalidParameter(
    'The specified capacity provider name is invalid. Up to 255 characters are allowed. They include letters (upper and lowercase), numbers, underscores (_), and hyphens (-). The name can\'t be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
  );
}

/** What the API model requires. */
function checkProvider(provider: JsonObject): void {
  requiredText(provider, "infrastructureRoleArn", "InfrastructureRoleArn");
  const template = requiredObject(provider, "instanceLaunchTemplate", "InstanceLaunchTemplate");
  requiredText(template, "ec2InstanceProfileArn", "Ec2InstanceProfileArn");
  requiredObject(template, "networkConfiguration", "NetworkConfiguration");
}

function requiredObject(input: JsonObject, name: string, label: string): JsonObject {
  const value = optionalObject(input, name);
  if (value === undefined) throw invalidParameter(`${label} can not be blank.`);
  return value;
}

/** Instances that are there stay what they are; new ones follow the change. */
export const updateCapacityProvider: Operation = (world, input, call) => {
  const reference = requiredText(input, "name", "Name");
  const group = groupProviderOf(world, reference);
  if (group !== undefined) {
    if (!isOfGroup(input)) throw oneOfTwo();
    const settings = optionalObject(input, "autoScalingGroupProvider") ?? {};
    return updateGroupProvider(world, group, knownPart("AutoScalingGroupProvider", settings), call);
  }
  const record = providerOf(world, reference, input);
  const given = optionalObject(input, "managedInstancesProvider");
  if (given === undefined) throw oneOfTwo();
  const change = knownPart("CreateManagedInstancesProviderConfiguration", given);
  requiredText(change, "infrastructureRoleArn", "InfrastructureRoleArn");
  const template = requiredObject(change, "instanceLaunchTemplate", "InstanceLaunchTemplate");
  const before = record.provider.instanceLaunchTemplate;
  const changed: CapacityProviderRecord = {
    ...record,
    updateStatus: "UPDATE_COMPLETE",
    provider: {
      ...record.provider,
      ...change,
      instanceLaunchTemplate: { ...(isObject(before) ? before : {}), ...template },
    },
  };
  const { name, cluster, provider } = changed;
  rejectAsEcs(world, "createCapacityProvider", { name, cluster, managedInstancesProvider: provider });
  world.capacityProviders.put(name, changed);
  return { capacityProvider: capacityProviderAnswer(changed, call) };
};

export const deleteCapacityProvider: Operation = (world, input, call) => {
  const reference = requiredText(input, "capacityProvider", "CapacityProvider");
  if (reference === "FARGATE" || reference === "FARGATE_SPOT")
    throw clientException(
      "The FARGATE and FARGATE_SPOT capacity providers are reserved and can't be deleted.",
    );
  const group = groupProviderOf(world, reference);
  if (group !== undefined) return deleteGroupProvider(world, group, call);
  const record = providerOf(world, reference, input);
  refuseWhileUsed(world, record);
  const deleted: CapacityProviderRecord = {
    ...record,
    status: "DEPROVISIONING",
    updateStatus: "DELETE_IN_PROGRESS",
  };
  world.capacityProviders.put(record.name, deleted);
  return { capacityProvider: capacityProviderAnswer(deleted, call) };
};

/** One that is not deleted. */
function groupProviderOf(world: World, reference: string): GroupProviderRecord | undefined {
  const record = world.groupProviders.get(capacityProviderName(reference));
  return record?.status === "ACTIVE" ? record : undefined;
}

function providerOf(world: World, reference: string, input: JsonObject): CapacityProviderRecord {
  const record = findCapacityProvider(world, reference);
  const isElsewhere =
    (optionalText(input, "cluster") ?? "") !== "" && clusterOf(world, input).name !== record?.cluster;
  if (record === undefined || record.status === "INACTIVE" || isElsewhere)
    throw clientException(
      "The specified capacity provider does not exist. Specify a valid name or ARN and try again.",
    );
  if (record.status === "DEPROVISIONING")
    throw clientException(`The capacity provider '${record.name}' is being deleted.`);
  return record;
}

function refuseWhileUsed(world: World, { name, cluster }: CapacityProviderRecord): void {
  const refuse = (user: string) => {
    throw clientException(`The capacity provider '${name}' cannot be deleted: it is used by ${user}.`);
  };
  for (const it of rowsOf(world.daemons, world.daemonsOfCluster.members(cluster))) {
    const revision = it.revision === undefined ? undefined : world.daemonRevisions.get(it.revision);
    const isInUse = revision?.capacityProviders.includes(name) ?? it.status === "DELETE_IN_PROGRESS";
    // Seen in ekristen/aws-nuke#990.
    if (isInUse)
      throw clientException(
        "Cannot delete capacity provider. Daemon services are still associated with this capacity provider.",
      );
  }
  for (const it of rowsOf(world.services, world.servicesOfCluster.members(cluster)))
    if (
      it.status !== "INACTIVE" &&
      it.capacityProviderStrategy?.some((one) => one.capacityProvider === name) === true
    )
      refuse(`the service '${it.name}'`);
}
