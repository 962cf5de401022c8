// The words of a placement: what is asked (a daemon service), and what comes out (a verdict per instance).

import type { ClauseExplanation } from "../query/explain";
import type { ParsedQuery } from "../query/parse/parser";
import type { Requirements } from "../requirements/requirements";
import type { Absence } from "../text/assumption";
import type { ServiceSubnets } from "./serviceSubnets";

/** Where a constraint stands; one that is tried out stands in no file. */
export type ConstraintSource = "taskDefinition" | "service" | "trial";

/** A default that some filter reads. */
export interface PlacementAssumption {
  readonly name: string;
  readonly value: string;
  readonly filters: readonly FilterName[];
  readonly from: ConstraintSource;
}

/** One placement constraint of a task definition or service, its expression parsed once. */
export interface PlacementConstraint {
  readonly type: "memberOf" | "distinctInstance";
  readonly from: ConstraintSource;
  /** Position in its list. */
  readonly index: number;
  /** Only memberOf has one. */
  readonly query: ParsedQuery | undefined;
  /** The expression holds a placeholder that a deploy tool fills in: nobody can know yet what it selects. */
  readonly template?: true;
  /** Of such an expression: the placeholders are in the text of it, so that the rest of it is known. */
  readonly partly?: true;
}

/** The launch type of a service, or the placeholders that stand for it. */
export type ServiceLaunchType = string | readonly string[];

/** A service with scheduling strategy DAEMON, as far as placement goes. */
export interface DaemonService {
  /** Its tasks are those of group `service:NAME`. */
  readonly name: string;
  readonly requirements: Requirements;
  readonly constraints: readonly PlacementConstraint[];
  /** What decides between external and other instances; absent: nothing does. */
  readonly launchType?: ServiceLaunchType | undefined;
  /** Of the service; absent where it names none, or where only the task definition is known. */
  readonly subnets?: ServiceSubnets | undefined;
  /** Defaults of its template or module that it is judged with; absent without one. */
  readonly assumptions?: readonly PlacementAssumption[];
  /** Its resources that the template or module does not make; absent without one. */
  readonly absent?: readonly Absence[];
}

/** Filter names in the order that ranks their reasons. */
export const filterNames = [
  "status",
  "constraints",
  "agent",
  "attributes",
  "platform",
  "cpu",
  "memory",
  "ports",
  "gpu",
  "eni",
  "subnets",
] as const;
export type FilterName = (typeof filterNames)[number];

export type Verdict = "place" | "keep" | "stop" | "excluded" | "blocked" | "unknown";

/** Why a filter refuses an instance: what was asked, what there is, and the smallest change that helps. */
export interface Reason {
  readonly filter: FilterName;
  /** Stable slug: `instance-draining`, `constraint-false`, `insufficient-memory`, `port-in-use` … */
  readonly code: string;
  readonly message: string;
  readonly requested?: string | number;
  readonly available?: string | number;
  readonly remedy?: string;
  /** The filter cannot tell: a placeholder decides, or the source of the instance lacks what it would have to look at. */
  readonly unknown?: true;
  /** Of a constraint that is false: the clause that decided, else the expression, and the facts that made it false. */
  readonly decided?: { readonly clause: string; readonly because: string };
  /** Of a host port: who has it, where that is known. Group as ECS writes it, `service:web`. */
  readonly holder?:
    | { readonly kind: "task"; readonly id: string; readonly group?: string }
    | { readonly kind: "instance" };
  /** For a constraint: which one, and its clauses with their values. */
  readonly constraint?: {
    readonly from: PlacementConstraint["from"];
    readonly index: number;
    readonly explanation: ClauseExplanation;
  };
}

export interface InstanceVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

export interface PlacementSummary {
  readonly instances: number;
  readonly place: number;
  readonly keep: number;
  readonly stop: number;
  readonly excluded: number;
  readonly blocked: number;
  readonly unknown: number;
}

export interface Placement {
  readonly summary: PlacementSummary;
  readonly instances: readonly InstanceVerdict[];
}
