// The words of a timeline: what is acted out (a script of acts), and what comes out (steps).

import type { StopCause } from "../scheduler/daemonReconciliation";
import type { Verdict } from "../scheduler/placement";
import type { ClusterChange } from "./clusterChanges";

/** A replica service made up for a scenario: it shares the cluster with the daemon service. */
export interface Neighbor {
  readonly name: string;
  /** CPU units and MiB of each of its tasks. */
  readonly cpu: number;
  readonly memory: number;
  /** A memberOf expression of the cluster query language. */
  readonly constraint?: string;
}

/** One thing that happens; the steps go on until nothing moves any more, then comes the next act. */
export interface Act {
  readonly title: string;
  readonly explanation: string;
  readonly changes?: readonly ClusterChange[];
  /** The service is updated to the next revision of its task definition. */
  readonly update?: true;
  /** The neighbor gets so many tasks, on this instance. */
  readonly neighborTasks?: { readonly instanceId: string; readonly count: number };
  /** The neighbor gets as many tasks as fit, and wants so many more. */
  readonly fillWithNeighbors?: { readonly waiting: number };
  /** The replica scheduler decides before that of daemon services, as it can happen (containers-roadmap #428). */
  readonly neighborsFirst?: true;
  /** Left out where nothing has to move for it. */
  readonly skipIfIdle?: true;
}

export interface Script {
  readonly title: string;
  /** Sentences about what is made up. */
  readonly assumptions: readonly string[];
  readonly neighbor?: Neighbor;
  readonly acts: readonly Act[];
}

/** What happened in a step. `group` is that of the task: `service:NAME`. */
export type StepAction =
  | { readonly kind: "start" | "running" | "stopped"; readonly instanceId: string; readonly group: string }
  | {
      readonly kind: "stop";
      readonly instanceId: string;
      readonly group: string;
      /** Why; `replaced`: a replica task that runs elsewhere now. */
      readonly reason: StopCause | "replaced" | "ended";
    };

/** A container instance at the end of a step, as far as the daemon service goes. */
export interface InstanceState {
  /**
   * keep: its task runs; place: its task is starting; stop: its task is stopping; blocked: wanted, but it cannot run;
   * excluded: none is wanted; unknown: nobody can tell.
   */
  readonly verdict: Verdict;
  /** A sentence, to stand next to the state: "agent:7 runs.", "The task reserves 512 MiB of memory, and 8 are left." */
  readonly text: string;
  /** Of a blocked one: what is in the way, in a sentence. */
  readonly obstacle?: string;
  readonly status: string;
  readonly agentConnected: boolean;
  /** A task of an older revision than the service's. */
  readonly outdated: boolean;
  /** Tasks of others that are not stopped. */
  readonly others: number;
}

export interface Step {
  readonly title: string;
  readonly explanation: string;
  /** Position of its act in the script. */
  readonly act: number;
  /** Seconds since the first step, as assumed. */
  readonly seconds: number;
  /** Registered container instances. */
  readonly nodes: number;
  /** Tasks of the daemon service that run and are not being stopped. */
  readonly tasks: number;
  /** Container instances that the service wants a task on. */
  readonly wanted: number;
  /** By id; the state of an instance to which nothing happened is the same object as in the step before. */
  readonly instances: ReadonlyMap<string, InstanceState>;
  readonly actions: readonly StepAction[];
}

/** How long an instance was wanted and had no running task. */
export interface Coverage {
  /** Steps between the loss of a running task and its successor's start. */
  readonly gapSteps: number;
  /** Steps until the first task ran. */
  readonly waitSteps: number;
}

export interface Timeline {
  readonly simulated: true;
  readonly title: string;
  readonly assumptions: readonly string[];
  readonly secondsPerStep: number;
  readonly steps: readonly Step[];
  /** By id: only instances that were uncovered at some time. */
  readonly coverage: ReadonlyMap<string, Coverage>;
  /** Steps in which an update stopped tasks. */
  readonly waves: number;
  /** Whether the story was cut off: it went on for too long. */
  readonly cut: boolean;
  /** What came of it, in a sentence or two. */
  readonly outcome: string;
  /** Where each instance that occurs is, and what it is. */
  readonly facts: ReadonlyMap<string, { readonly zone?: string; readonly instanceType?: string }>;
}
