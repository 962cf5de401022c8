// What a filter is.

import type { ContainerInstance } from "../../cluster/containerInstance";
import type { KnownSubnets } from "../../cluster/knownSubnets";
import type { FilterName, Reason } from "../placement";
import type { FreeResources, PreparedDaemon } from "../preparedDaemon";

export interface FilterContext {
  readonly daemon: PreparedDaemon;
  readonly instance: ContainerInstance;
  readonly free: FreeResources;
  /** The subnets of the cluster's instances; without them only those of the instance itself are known. */
  readonly known?: KnownSubnets | undefined;
}

/** What a filter that accepts an instance returns: one list for all, since thousands are judged at every keystroke. */
export const accepted: readonly Reason[] = [];

export interface Filter {
  readonly name: FilterName;
  /** Every reason of this filter against the instance; none: it accepts. */
  readonly check: (context: FilterContext) => readonly Reason[];
}
