// The local endpoint of this server process: loaded and started on request, and gone with the process.

import type { Cluster } from "../../core/cluster/containerInstance";
import type { LocalEndpoint } from "../../local/startLocalEndpoint";
import type { Environment } from "../base/environment";
import type { AddLocalInstancesParams, StartLocalParams } from "../protocol/protocol";

export interface LocalCluster {
  /** `undefined` while it does not run. */
  running(): LocalEndpoint | undefined;
  read(): Cluster | undefined;
  /** Answers the running one where there is one. Rejects if the port is taken or the fleet is none. */
  start(params: StartLocalParams): Promise<LocalEndpoint>;
  stop(): Promise<void>;
  /** Rejects where nothing runs. */
  addInstances(params: AddLocalInstancesParams): readonly string[];
  /** Calls the listener after it started, changed or stopped. */
  onChanged(listener: () => void): void;
}

export function createLocalCluster(environment: Environment): LocalCluster {
  const listeners: (() => void)[] = [];
  let starting: Promise<LocalEndpoint> | undefined;
  let endpoint: LocalEndpoint | undefined;
  const changed = () => {
    for (const listener of listeners) listener();
  };

  const start = async ({ port, fleet }: StartLocalParams): Promise<LocalEndpoint> => {
    const fleetText = fleet === undefined ? undefined : await environment.readFile(fleet);
    const started = await environment.startLocalEndpoint({
      ...(port === undefined ? {} : { port }),
      ...(fleetText === undefined ? {} : { fleetText }),
    });
    endpoint = started;
    started.onChange(changed);
    changed();
    return started;
  };

  return {
    running: () => endpoint,
    read: () => endpoint?.cluster(),
    start: (params) => {
      if (endpoint !== undefined) return Promise.resolve(endpoint);
      // Two requests at once start one endpoint.
      starting ??= start(params).finally(() => {
        starting = undefined;
      });
      return starting;
    },
    stop: async () => {
      const stopping = endpoint;
      endpoint = undefined;
      await stopping?.close();
      if (stopping !== undefined) changed();
    },
    addInstances: (params) => {
      if (endpoint === undefined) throw new Error("The local cluster is not running.");
      return endpoint.addInstances(params);
    },
    onChanged: (listener) => listeners.push(listener),
  };
}
