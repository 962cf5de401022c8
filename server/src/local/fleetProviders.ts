// The Managed Instances capacity providers of a fleet file, and which of its instances are theirs.

import { type ManagedProvider, readManagedCluster } from "../core/managed/managedCluster";
import { parseJsonDocuments, saveTheAnswer } from "../core/source/json/jsonDocuments";
import { account } from "./arns";
import type { ManagedInstanceRecord } from "./state/managedInstanceRecord";
import type { CapacityProviderRecord } from "./state/managedRecords";

export interface FleetProviders {
  readonly providers: readonly CapacityProviderRecord[];
  /** By the id of the instance; they stay though they are idle. */
  readonly managed: ReadonlyMap<string, ManagedInstanceRecord>;
}

export function fleetProviders(text: string, cluster: string, region: string): FleetProviders {
  const { providers, instances } = readManagedCluster(parseJsonDocuments(text, saveTheAnswer).values[0]);
  const typesOf = (name: string) =>
    instances.filter((it) => it.provider === name).flatMap((it) => it.type ?? []);
  return {
    providers: providers.map((it) => providerRecord(it, [...new Set(typesOf(it.name))], { cluster, region })),
    managed: new Map(
      instances.flatMap(({ id, provider }) =>
        provider === undefined
          ? []
          : [
              [
                id,
                { capacityProvider: provider, daemons: [], isPinned: true, isReplacement: false },
              ] as const,
            ],
      ),
    ),
  };
}

/** Without requirements the capacity provider admits the types that its instances have. */
function providerRecord(
  { name, requirements }: ManagedProvider,
  types: readonly string[],
  place: { readonly cluster: string; readonly region: string },
): CapacityProviderRecord {
  const usual = { vCpuCount: { min: 1 }, memoryMiB: { min: 1 }, allowedInstanceTypes: types };
  return {
    ...place,
    name,
    status: "ACTIVE",
    updateStatus: "CREATE_COMPLETE",
    provider: {
      infrastructureRoleArn: `arn:aws:iam::${account}:role/ecsInfrastructureRole`,
      instanceLaunchTemplate: {
        ec2InstanceProfileArn: `arn:aws:iam::${account}:instance-profile/ecsInstanceRole`,
        networkConfiguration: { subnets: [], securityGroups: [] },
        ...(requirements !== undefined
          ? { instanceRequirements: requirements }
          : types.length > 0
            ? { instanceRequirements: usual }
            : {}),
      },
      propagateTags: "NONE",
    },
    tags: [],
  };
}
