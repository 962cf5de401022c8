// The views of the activity bar: the server decides what is in them, the client draws it. Each view has one request, which
// answers the nodes below a node; without one, the roots. Nothing below a node is read before that node is opened.

import type { ClusterStep } from "./clusterStateProtocol";
import type { CoverageTarget } from "./coverageProtocol";
import type { FilePlace } from "./protocolBasics";

/** What a mark means; the client has a color for each, and the icon has a shape of its own. */
export type ViewTone = "good" | "missing" | "failing" | "unknown" | "updating" | "quiet";

export interface ViewNode {
  /** Names the node in a request for what is below it; the same as long as it is the same thing. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** A codicon's name. */
  readonly icon?: string;
  readonly tone?: ViewTone;
  /** What menus go by: `localCluster`, `fleetFile`, `cluster`, `daemonService`, `instance`, `attribute` … */
  readonly context?: string;
  /** Absent: nothing is below it. */
  readonly below?: "open" | "closed";
  /** A click opens this place. */
  readonly opens?: FilePlace;
  /** A click does this: what helps where something cannot be read. */
  readonly step?: ClusterStep;
  /** What the commands of its menu are called with: `uri` and options. */
  readonly arguments?: Readonly<Record<string, unknown>>;
}

export interface ViewParams {
  /** The id of a node. */
  readonly parent?: string;
}

export interface ViewAnswer {
  readonly nodes: readonly ViewNode[];
}

// ecsDaemon/views/clusters: the local cluster, cluster files and accounts; below them daemon services and instances. ---

export interface ClustersViewParams extends ViewParams {
  /** Accounts that the user selected before: only these and that of the chosen cluster are ever asked. */
  readonly accounts?: readonly CoverageTarget[];
  /** URIs of snapshot files in the workspace: too large to be read before somebody opens one. */
  readonly snapshots?: readonly string[];
}

// ecsDaemon/views/workspace: task definitions, services and daemons of the workspace, in any format. -----------------

// ecsDaemon/views/coverage: profile and Region, cluster, daemon, reason, instance; of what was looked at so far. -------
