// A chosen cluster as it was found: from a file, the local endpoint, or an account.

import type { Cluster } from "../../core/cluster/containerInstance";
import type { ClusterSeen } from "../protocol/protocol";

export interface ResolvedCluster {
  readonly cluster: Cluster;
  readonly label: string;
  /** `endpoint`: reached by a URL of its own, whatever answers there; `aws`: of an account. */
  readonly kind: "file" | "local" | "endpoint" | "aws";
  readonly seen?: ClusterSeen;
}
