// Brings the cluster to what its services ask for, after every change and whenever something is due. Only what changed
// is looked at: an instance that joins a cluster of thousands costs as much as one that joins a cluster of five.

import type { ServiceRecord } from "../state/records";
import { keyOfService, rowsOf, tasksOn, type World } from "../state/world";
import { reconcileDaemonService } from "./daemonServices";
import { forgetDeletedDefinitions } from "./deletedDefinitions";
import { updateDeploymentProgress } from "./deploymentProgress";
import { closeServiceDeployment } from "./deployments";
import { replicasAreFirst } from "./faults";
import { reconcileManaged } from "./managed/reconcileManaged";
import { reconcileReplicaService } from "./replicaServices";
import { announceChanges, type Changes, noChanges, stopServiceTask } from "./serviceTasks";
import { taskIsDue } from "./taskLife";

/** A constraint such as `runningTasksCount == 0` can make a task come and go for ever; then the rest waits a second. */
const mostPasses = 20;
const pause = 1000;

/** Does everything that can be done now. */
export function reconcile(world: World): void {
  for (let pass = 0; pass < mostPasses; pass += 1) {
    doWhatIsDue(world);
    if (!isDirty(world)) {
      forgetDeletedDefinitions(world);
      return;
    }
    // A deployment that replaces instances comes to an end, however many there are.
    if (onePass(world)) pass = 0;
  }
  world.schedule.add({ at: world.now() + pause, kind: "again", key: "" });
}

function isDirty({ dirty }: World): boolean {
  return dirty.instances.size + dirty.services.size + dirty.progress.size + dirty.managed.size > 0;
}

function doWhatIsDue(world: World): void {
  for (;;) {
    const next = world.schedule.takeDue(world.now());
    if (next === undefined) return;
    if (next.kind === "task") {
      const task = world.tasks.get(next.key);
      if (task !== undefined) taskIsDue(world, task);
    } else if (next.kind === "service") {
      world.dirty.services.add(next.key);
    } else if (next.kind === "managedInstance") {
      const cluster = world.instances.get(next.key)?.cluster;
      if (cluster !== undefined) world.dirty.managed.add(cluster);
    } else if (next.kind === "managedDaemon") {
      const cluster = world.daemons.get(next.key)?.cluster;
      if (cluster !== undefined) world.dirty.managed.add(cluster);
    } else if (next.kind === "instance") {
      const forgetAt = world.instances.get(next.key)?.forgetAt;
      if (forgetAt !== undefined && forgetAt <= world.now()) world.instances.delete(next.key);
    }
  }
}

function take(set: Set<string>): ReadonlySet<string> {
  const taken = new Set(set);
  set.clear();
  return taken;
}

/** Answers whether a deployment of a managed daemon went on. */
function onePass(world: World): boolean {
  const progressed = reconcileManaged(world, take(world.dirty.managed));
  const instances = take(world.dirty.instances);
  const services = take(world.dirty.services);
  const progress = take(world.dirty.progress);
  catchUpAfterReconnect(world, instances);
  const changes = noChanges();
  const touched = servicesToLookAt(world, instances, services, progress);
  for (const service of touched) reconcileService(world, service, { instances, services, progress }, changes);
  announceChanges(world, changes);
  for (const key of new Set([...progress, ...services, ...world.dirty.progress])) settle(world, key);
  return progressed;
}

/** What came due while an agent was away happens when it is back. */
function catchUpAfterReconnect(world: World, instances: ReadonlySet<string>): void {
  for (const id of instances) {
    if (world.instances.get(id)?.agentConnected !== true) continue;
    for (const task of tasksOn(world, id)) if (task.lastStatus !== "STOPPED") taskIsDue(world, task);
  }
}

/** Daemon services first: they are there for the others. */
function servicesToLookAt(
  world: World,
  instances: ReadonlySet<string>,
  services: ReadonlySet<string>,
  progress: ReadonlySet<string>,
): readonly ServiceRecord[] {
  const keys = new Set([...services, ...progress]);
  const clusters = new Set(rowsOf(world.instances, instances).map((it) => it.cluster));
  for (const cluster of clusters) for (const key of world.servicesOfCluster.members(cluster)) keys.add(key);
  const active = rowsOf(world.services, keys).filter((it) => it.status !== "INACTIVE");
  const first = replicasAreFirst(world) ? "REPLICA" : "DAEMON";
  const rank = (it: ServiceRecord) => (it.schedulingStrategy === first ? 0 : 1);
  return active.toSorted((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt);
}

interface Looked {
  readonly instances: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly progress: ReadonlySet<string>;
}

function reconcileService(world: World, service: ServiceRecord, looked: Looked, changes: Changes): void {
  const key = keyOfService(service);
  if (service.status === "DRAINING") {
    for (const it of rowsOf(world.tasks, world.tasksOfService.members(key))) {
      if (it.desiredStatus === "RUNNING") stopServiceTask(world, service, it, changes);
    }
    return;
  }
  const all = looked.services.has(key);
  if (service.schedulingStrategy === "DAEMON") {
    const candidates = all ? world.instancesOfCluster.members(service.cluster) : looked.instances;
    reconcileDaemonService(world, service, inCluster(world, service.cluster, candidates, all), changes);
  } else {
    const anywhere = all || looked.progress.has(key) || runsOn(world, key, looked.instances);
    const candidates = anywhere
      ? world.instancesOfCluster.sorted(service.cluster)
      : [...looked.instances].sort();
    reconcileReplicaService(
      world,
      service,
      candidates.filter((id) => world.instances.get(id)?.cluster === service.cluster),
      changes,
    );
  }
}

/** A task on an instance that changed may have to be replaced, and its replacement may go anywhere. */
function runsOn(world: World, service: string, instances: ReadonlySet<string>): boolean {
  return [...instances].some((id) => tasksOn(world, id).some((it) => it.service === service));
}

/** Instances of other clusters are left out; one that is gone stays in, for nobody wants it any more. */
function inCluster(
  world: World,
  cluster: string,
  ids: ReadonlySet<string>,
  known: boolean,
): ReadonlySet<string> {
  if (known) return ids;
  return new Set([...ids].filter((id) => (world.instances.get(id)?.cluster ?? cluster) === cluster));
}

function settle(world: World, key: string): void {
  world.dirty.progress.delete(key);
  const service = world.services.get(key);
  if (service?.status === "ACTIVE") updateDeploymentProgress(world, key);
  if (service?.status !== "DRAINING") return;
  const left = rowsOf(world.tasks, world.tasksOfService.members(key)).some(
    (it) => it.lastStatus !== "STOPPED",
  );
  if (left) return;
  for (const it of service.deployments) {
    closeServiceDeployment(world, it.serviceDeploymentId, "STOPPED", "The service was deleted.");
  }
  world.services.put(key, { ...service, status: "INACTIVE", steady: false });
  world.wanted.delete(key);
  world.blocked.delete(key);
}
