// A cluster with Managed Instances, read from a snapshot: answers of describe-container-instances, describe-tasks,
// describe-capacity-providers and describe-daemon in one object. Nothing that is missing is guessed.

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

/** Reads the plain value of a snapshot file; of anything else there is nothing. */
export function readManagedCluster(snapshot: unknown): ManagedCluster {
  const root = asObject(snapshot);
  const tasksOf = tasksByInstance(objectsOf(root?.tasks));
  return {
    providers: objectsOf(root?.capacityProviders).flatMap((it) => readManagedProvider(it) ?? []),
    instances: objectsOf(root?.containerInstances).map((it) => readInstance(it, tasksOf)),
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
    cpu: registered("CPU"),
    memory: registered("MEMORY"),
    tasks: tasksOf.get(id) ?? [],
  };
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
