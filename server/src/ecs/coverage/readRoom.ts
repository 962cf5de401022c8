// Reads what a plan for room rests on: one container instance with its tasks, their services and their protection, and
// the other instances of the cluster.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import type { RoomTask, SpareService } from "../../core/coverage/roomPlan";
import type { DaemonService } from "../../core/scheduler/placement";
import { largestOf } from "../../core/text/lists";
import { asNumber, asObject, asText, member, objectsOf } from "../../core/text/plainValue";
import { timeOf } from "../calls/awsShapes";
import { inBatches } from "../calls/paging";
import { EcsError, type EcsPort, type JsonObject, type ServiceState } from "../port";
import { clusterOf, daemonOf } from "./facts";

/** The instance as it is now. */
export interface SeenInstance {
  readonly instance: ContainerInstance;
  readonly tasks: readonly RoomTask[];
}

/**
 * The instance with its tasks, and whether each is protected. Rejects with an EcsError where something of it cannot be read
 * completely.
 */
export async function seeInstance(
  ecs: EcsPort,
  cluster: string,
  id: string,
  signal?: AbortSignal,
): Promise<SeenInstance> {
  const { instance, described } = await readTasks(ecs, cluster, id, signal);
  const ofServices = described.filter((it) => asText(it.group)?.startsWith("service:"));
  const arns = ofServices.map((it) => String(it.taskArn));
  const protection = await ecs.taskProtection(cluster, arns, signal);
  const started = new Map(described.map((it) => [String(it.taskArn), timeOf(it.startedAt)]));
  return {
    instance,
    tasks: (instance.tasks ?? []).map((task) => ({
      task,
      startedAt: started.get(task.arn),
      isProtected: protection.get(task.arn),
    })),
  };
}

/**
 * The instance with its tasks; what protects them is not asked. Rejects with an EcsError where it or its tasks cannot be read
 * completely.
 */
export async function seeTasks(
  ecs: EcsPort,
  cluster: string,
  id: string,
  signal?: AbortSignal,
): Promise<ContainerInstance> {
  return (await readTasks(ecs, cluster, id, signal)).instance;
}

const asDescribed = (described: JsonObject) => described;

async function readTasks(
  ecs: EcsPort,
  cluster: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly instance: ContainerInstance; readonly described: readonly JsonObject[] }> {
  const [described, listed] = await Promise.all([
    ecs.describeInstances(cluster, [id], asDescribed, signal),
    ecs.listTaskPages(cluster, { containerInstance: id }, 100, signal),
  ]);
  const { tasks, undescribed } = await ecs.describeTasksNamed(cluster, listed.arns, asDescribed, signal);
  const instance = clusterOf(cluster, described, tasks).instances.find((it) => it.id === id);
  if (instance === undefined)
    throw new EcsError("InstanceNotFound", `The cluster "${cluster}" has no container instance ${id}.`);
  if (undescribed.length > 0 || listed.hasMore)
    throw new EcsError(
      "IncompleteAnswer",
      `ECS does not describe all tasks of the container instance ${id}.`,
    );
  return { instance, described: tasks };
}

/** Placements of services, each by the description of its task definition. */
export async function placements(
  ecs: EcsPort,
  services: readonly ServiceState[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, { readonly service: DaemonService; readonly definition: JsonObject }>> {
  const found = await inBatches(services, 1, async ([service]) => {
    if (service === undefined) return [];
    const described = await ecs.describeTaskDefinition(service.taskDefinitionArn, signal);
    // Without it nobody knows what its tasks need: none of them is stopped, and no room is made for it.
    if (described === undefined) return [];
    const { definition } = described;
    return [[service.name, { service: daemonOf(service, definition), definition }] as const];
  });
  return new Map(found);
}

/** What a replica service can spare, as far as it is described. */
export async function spareServices(
  ecs: EcsPort,
  services: readonly ServiceState[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, SpareService>> {
  const placed = await placements(ecs, services, signal);
  return new Map(
    services.flatMap((state) => {
      const found = placed.get(state.name);
      return found === undefined
        ? []
        : [[state.name, spareOf(state, found.service, found.definition)] as const];
    }),
  );
}

function spareOf(state: ServiceState, service: DaemonService, definition: JsonObject): SpareService {
  const described = asObject(state.described);
  const configuration = asObject(member(described, "deploymentConfiguration"));
  const timeouts = objectsOf(member(asObject(definition), "containerDefinitions")).map(
    (it) => asNumber(member(it, "stopTimeout")) ?? usualStopTimeout,
  );
  return {
    service,
    desired: state.desiredCount,
    running: state.runningCount,
    minimumHealthyPercent: asNumber(member(configuration, "minimumHealthyPercent")) ?? 100,
    obstacle: obstacleOf(state),
    hasLoadBalancer: objectsOf(member(described, "loadBalancers")).length > 0,
    stopTimeout: largestOf([usualStopTimeout, ...timeouts]),
  };
}

/** ECS_CONTAINER_STOP_TIMEOUT of the agent, in seconds, where a container has no stopTimeout. */
const usualStopTimeout = 30;

function obstacleOf({ name, status, deployments, described }: ServiceState): string | undefined {
  if (status !== "ACTIVE") return `${name} is ${status}.`;
  const controller = asText(member(asObject(member(asObject(described), "deploymentController")), "type"));
  if (controller !== undefined && controller !== "ECS")
    return `${controller} makes the deployments of ${name}, not ECS.`;
  const isSteady = deployments.every((it) => (it.rolloutState ?? "COMPLETED") === "COMPLETED");
  return deployments.length === 1 && isSteady
    ? undefined
    : `A deployment of ${name} is in progress or failed.`;
}

export interface NamedDaemons {
  readonly states: readonly ServiceState[];
  /** As the scheduler knows them. */
  readonly services: readonly DaemonService[];
}

/** The daemon services of these names, as far as the cluster has them. */
export async function daemonsNamed(
  ecs: EcsPort,
  cluster: string,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<NamedDaemons> {
  const states = (await ecs.listDaemonServices(cluster, signal)).filter((it) => names.includes(it.name));
  const placed = await placements(ecs, states, signal);
  return { states, services: [...placed.values()].map((it) => it.service) };
}
