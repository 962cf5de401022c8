// Starts the embedded ECS endpoint: the one way in for the command line, the language server and tests.

import type { Cluster } from "../core/cluster/containerInstance";
import { withoutSecretParts } from "../core/secrets/secretText";
import { arnsOf } from "./arns";
import { createDispatcher } from "./dispatcher";
import { listen } from "./http";
import { addFleet, addFleetInstances, usualFleet } from "./newInstances";
import { createCluster } from "./operations/clusters";
import { createRegions } from "./regions";
import type { World } from "./state/world";

export interface LocalEndpointOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** The cluster that exists from the start; `default` without it. */
  readonly clusterName?: string;
  /** Text of a fleet file whose container instances the cluster starts with. */
  readonly fleetText?: string;
  /** How many container instances the cluster starts with where there is no fleet text; 5 without it. */
  readonly instances?: number;
  /** Seconds from PENDING to RUNNING; 0 without it. */
  readonly startDelaySeconds?: number;
  /** Seconds from the decision to stop a task to STOPPED; 0 without it. */
  readonly stopDelaySeconds?: number;
  /** Calls are throttled as ECS publishes it; without it none is. */
  readonly throttle?: boolean;
  /** A journal that keeps the state across restarts. */
  readonly stateFile?: string;
  /** Receives one line per request; never credentials. */
  readonly log?: (line: string) => void;
}

export interface NewInstances {
  readonly count: number;
  readonly instanceType?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly zones?: readonly string[];
}

export interface LocalEndpoint {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly clusterName: string;
  /** The Region that the functions below are of: the first that a client signed for, `undefined` before. */
  region(): string | undefined;
  close(): Promise<void>;
  /** Container instances join the first cluster; answers their ids. */
  addInstances(instances: NewInstances): string[];
  /** The cluster as the scheduler sees it now, for a live preview; without a name the first cluster. */
  cluster(name?: string): Cluster;
  /** Calls the listener after every change of the state; answers how to stop listening. */
  onChange(listener: () => void): () => void;
}

/** Listens on 127.0.0.1. Rejects if the port is taken, the fleet text is not a fleet, or the state file is unreadable. */
export async function startLocalEndpoint(options: LocalEndpointOptions): Promise<LocalEndpoint> {
  const { clusterName = "default", log = () => undefined } = options;
  const delays = {
    start: Math.round((options.startDelaySeconds ?? 0) * 1000),
    stop: Math.round((options.stopDelaySeconds ?? 0) * 1000),
  };
  const onFailure = (error: unknown) =>
    log(withoutSecretParts(`failed: ${error instanceof Error ? error.stack : String(error)}`));
  const begin = (world: World, region: string | undefined) => beginWith(world, clusterName, options, region);
  const regions = createRegions({ delays, stateFile: options.stateFile, begin, onFailure });
  const { world, engine } = regions.home;
  try {
    const server = await listen(options.port ?? 0, createDispatcher(regions, onFailure), log);
    return {
      url: `http://127.0.0.1:${server.port}`,
      port: server.port,
      clusterName,
      region: regions.homeName,
      close: once(async () => {
        await server.close();
        regions.close();
      }),
      addInstances: (instances) => engine.change(() => addFleetInstances(world, clusterName, instances)),
      cluster: (name = clusterName) => clusterView(world, name),
      onChange: regions.onChange,
    };
  } catch (error) {
    regions.close();
    throw error;
  }
}

/** Closing twice is closing once. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}

/** The first cluster and its instances; a state file that knows the cluster has its own. */
function beginWith(
  world: World,
  cluster: string,
  options: LocalEndpointOptions,
  region: string | undefined,
): void {
  if (options.throttle === true)
    world.faults.put("option", { id: "option", kind: "limits", limits: "published" });
  else world.faults.delete("option");
  if (world.clusters.get(cluster) !== undefined) return;
  createCluster(world, { clusterName: cluster }, { arns: arnsOf(region ?? "us-east-1") });
  const { fleetText, instances = 5 } = options;
  if (fleetText !== undefined) addFleet(world, cluster, fleetText, region);
  else if (instances > 0) addFleet(world, cluster, usualFleet(instances, region));
}

function clusterView(world: World, name: string): Cluster {
  const instances = world.instancesOfCluster
    .sorted(name)
    .map((id) => world.view(id))
    .filter((it) => it !== undefined)
    .filter((it) => it.status !== "INACTIVE");
  return { name, instances };
}
