// What a document is validated together with.

import type { Cluster } from "../cluster/containerInstance";
import type { Resource } from "../resources/resource";
import type { Sender } from "../resources/senders";
import type { Code } from "./catalogue";
import type { ManagedNeighbors } from "./managed/managedNeighbors";

/** What the rules may look at beside the document itself. */
export interface ValidationContext {
  /**
   * The task definition that a service refers to (`family`, `family:revision`, ARN), if the workspace has it; that of a
   * service without a reference is named elsewhere.
   */
  readonly findTaskDefinition?: (reference: string | undefined) => Resource | undefined;
  /**
   * The DAEMON services of the workspace that refer to this task definition. The family is empty where nobody can know
   * it; then only a setting can say which file is meant.
   */
  readonly findServices?: (family: string) => readonly Resource[];
  /** The documents of managed daemons in the workspace. */
  readonly managed?: ManagedNeighbors;
  /** Who sends the document; the AWS CLI where nothing shows another tool. */
  readonly sender?: Sender;
  /** Whether what follows from a reported value is reported as well: ECS overlooks some of what its clients refuse. */
  readonly countsConsequences?: true;
  /** The chosen cluster: attribute names and values that instances really have. */
  readonly cluster?: Cluster;
  /** Receives a rule that failed: a bug of ours, which costs only that rule's diagnostics. */
  readonly onRuleFault?: (codes: readonly Code[], fault: unknown) => void;
}
