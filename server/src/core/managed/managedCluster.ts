// A cluster with Managed Instances, read from a snapshot: answers of describe-container-instances, describe-tasks,
// describe-capacity-providers and describe-daemon in one object. Nothing that is missing is guessed.

import { fleetFromValue } from "../cluster/fleet";
import { fleetGroupInstances } from "../cluster/fleetInstances";
import { asFilledText, asNumber, asObject, asText, objectsOf, type PlainObject } from "../text/plainValue";

export interface ManagedProvider {
  readonly name: string;
  /** Absent: ECS chooses among general-purpose types. */
  readonly requirements: PlainObject | undefined;
}

export interface ManagedTask {
  readonly id: string;
  readonly group: string;
  /** `family:revision` */
  readonly definition: string;
  readonly isRunning: boolean;
  /** `undefined` where the snapshot does not tell. */
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
}

export interface ManagedInstance {
  readonly id: string;
  readonly provider: string | undefined;
  readonly status: string;
  readonly agentConnected: boolean | undefined;
  readonly type: string | undefined;
  /** Milliseconds since 1970; absent where the source does not have it. */
  readonly registeredAt?: number;
  /** CPU units and MiB that the instance registered. */
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly tasks: readonly ManagedTask[];
}

export interface ManagedCluster {
  /** Managed Instances capacity providers alone. */
  readonly providers: readonly ManagedProvider[];
  readonly instances: readonly ManagedInstance[];
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** Reads the plain value of a snapshot or fleet file; of anything else there is nothing. */
export function readManagedCluster(value: unknown): ManagedCluster {
  const root = asObject(value);
  if (Array.isArray(root?.groups)) return fleetCluster(root);
  const tasksOf = tasksByInstance(objectsOf(root?.tasks));
  return {
    providers: objectsOf(root?.capacityProviders).flatMap((it) => readManagedProvider(it) ?? []),
    instances: objectsOf(root?.containerInstances).map((it) => readInstance(it, tasksOf)),
  };
}

/** The instances of a fleet; a capacity provider that only a group names has no requirements that are known. */
function fleetCluster(root: PlainObject): ManagedCluster {
  const { groups } = fleetFromValue(root).fleet;
  const declared = objectsOf(root.capacityProviders).flatMap(({ name, instanceRequirements }) =>
    typeof name === "string" ? [{ name, requirements: asObject(instanceRequirements) }] : [],
  );
  const named = [...new Set(groups.flatMap((it) => it.capacityProvider ?? []))];
  const others = named.filter((it) => !declared.some(({ name }) => name === it));
  return {
    providers: [...declared, ...others.map((name) => ({ name, requirements: undefined }))],
    instances: groups.flatMap((group, index) =>
      fleetGroupInstances(group, index, "fleet").map((it) => ({
        id: it.id,
        provider: group.capacityProvider,
        status: it.status,
        agentConnected: it.agentConnected,
        type: group.instanceType,
        cpu: it.registered.cpu,
        memory: it.registered.memory,
        tasks: [],
      })),
    ),
  };
}

/** The provider in an answer or an input of CreateCapacityProvider; `undefined` where it has no managed instances. */
export function readManagedProvider(provider: PlainObject): ManagedProvider | undefined {
  const managed = asObject(provider.managedInstancesProvider);
  const name = asFilledText(provider.name) ?? lastPart(asText(provider.capacityProviderArn) ?? "");
  if (managed === undefined || name === "") return undefined;
  const template = asObject(managed.instanceLaunchTemplate);
  return { name, requirements: asObject(template?.instanceRequirements) };
}

function readInstance(
  instance: PlainObject,
  tasksOf: ReadonlyMap<string, readonly ManagedTask[]>,
): ManagedInstance {
  const id = lastPart(asText(instance.containerInstanceArn) ?? "");
  const resources = objectsOf(instance.registeredResources);
  const registered = (name: string) => asNumber(resources.find((it) => it.name === name)?.integerValue);
  const type = objectsOf(instance.attributes).find((it) => it.name === "ecs.instance-type");
  return {
    id,
    provider: asFilledText(instance.capacityProviderName),
    status: asText(instance.status) ?? "",
    agentConnected: typeof instance.agentConnected === "boolean" ? instance.agentConnected : undefined,
    type: asFilledText(type?.value),
    ...registrationOf(instance.registeredAt),
    cpu: registered("CPU"),
    memory: registered("MEMORY"),
    tasks: tasksOf.get(id) ?? [],
  };
}

/** Dates are ISO text in what the AWS CLI 2 writes, else seconds. */
function registrationOf(value: unknown): { readonly registeredAt?: number } {
  const text = asText(value);
  const found = text === undefined ? (asNumber(value) ?? Number.NaN) * 1000 : Date.parse(text);
  return Number.isNaN(found) ? {} : { registeredAt: found };
}

function tasksByInstance(tasks: readonly PlainObject[]): ReadonlyMap<string, readonly ManagedTask[]> {
  const found = new Map<string, ManagedTask[]>();
  for (const it of tasks) {
    const instance = lastPart(asText(it.containerInstanceArn) ?? "");
    if (it.lastStatus === "STOPPED" || instance === "") continue;
    const list = found.get(instance) ?? [];
    found.set(instance, list);
    list.push({
      id: lastPart(asText(it.taskArn) ?? ""),
      group: asText(it.group) ?? "",
      definition: lastPart(asText(it.taskDefinitionArn) ?? ""),
      isRunning: it.lastStatus === "RUNNING",
      cpu: amountOf(it.cpu),
      memory: amountOf(it.memory),
    });
  }
  return found;
}

function amountOf(value: unknown): number | undefined {
  const text = asText(value);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : asNumber(value);
}
