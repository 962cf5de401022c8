// What keeps a task of a daemon service off a container instance: the scheduler's own reasons, as a coverage cell has them.

import type { ContainerInstance } from "../cluster/containerInstance";
import type { KnownSubnets } from "../cluster/knownSubnets";
import { judgePrepared } from "../scheduler/placeDaemon";
import type { DaemonService, FilterName, InstanceVerdict, Reason, Verdict } from "../scheduler/placement";
import { prepareDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import type { CellReason, CellRemedy } from "./coverage";
import type { DaemonFacts } from "./daemonFacts";
import { emptied } from "./emptyInstance";
import type { InstanceKind } from "./instanceKinds";

/** Against the start of a task, where none of the service is on the instance. */
export interface Refusals {
  readonly verdict: Verdict;
  /** Without constraints and status: ECS has the last word there. */
  readonly blocking: readonly CellReason[];
  /** What can be done about them; absent where there are none. */
  readonly remedy?: CellRemedy;
}

interface Refused {
  readonly facts: DaemonFacts;
  readonly instance: ContainerInstance;
  readonly known?: KnownSubnets | undefined;
  readonly kind?: InstanceKind | undefined;
  readonly refusals?: Map<InstanceKind, Refusals> | undefined;
}

/** The scheduler's verdict; unknown without a task definition. */
export function verdictOf({ facts, instance, known }: Refused): InstanceVerdict {
  if (facts.daemon === undefined) return { id: instance.id, verdict: "unknown", reasons: [] };
  return judgePrepared(prepareDaemon(facts.daemon), instance, known);
}

/** The scheduler's reasons against a start, without those of the filter `except`, of constraints and of the status. */
export function refusalReasons({ reasons }: InstanceVerdict, except?: string): readonly CellReason[] {
  return reasons
    .filter((it) => it.filter !== except && it.filter !== "constraints" && it.filter !== "status")
    .map(cellReason);
}

/** What the constraints say against it. */
export function constraintReasons({ reasons }: InstanceVerdict): readonly CellReason[] {
  return reasons.filter((it) => it.filter === "constraints").map(cellReason);
}

/**
 * The refusals of an instance without a task of the service. A large cluster has a few kinds of instances: what is refused
 * on one is refused on all of its kind, in the same words.
 */
export function refusalsOf(input: Refused): Refusals {
  const { facts, instance, kind, refusals } = input;
  if (kind === undefined || refusals === undefined || facts.daemon === undefined) return readRefusals(input);
  const known = refusals.get(kind);
  if (known === undefined) {
    const fresh = readRefusals(input);
    if (isOfKind(fresh, facts.daemon) && isSurelyWanted(facts.daemon, instance)) refusals.set(kind, fresh);
    return fresh;
  }
  return isSurelyWanted(facts.daemon, instance) ? known : readRefusals(input);
}

/** Constraints read more than a kind has, and are no reason where they are true. */
function isSurelyWanted(daemon: DaemonService, instance: ContainerInstance): boolean {
  return daemon.constraints.length === 0 || wantsInstance(prepareDaemon(daemon), instance) === true;
}

/** Who holds a port, and how many network interfaces are taken, depends on the tasks of each instance. */
function isOfKind({ blocking }: Refusals, { requirements }: DaemonService): boolean {
  const asksForInterface = requirements.enis > 0 || requirements.unknown?.networkMode !== undefined;
  return !asksForInterface && !blocking.some((it) => it.filter === "ports");
}

function readRefusals(input: Refused): Refusals {
  const verdict = verdictOf(input);
  const blocking = refusalReasons(verdict);
  if (blocking.length === 0) return { verdict: verdict.verdict, blocking };
  return { verdict: verdict.verdict, blocking, remedy: remedyOf(verdict.reasons, input) };
}

function cellReason({ filter, code, message, requested, available, remedy }: Reason): CellReason {
  return {
    code,
    message,
    filter,
    ...(requested === undefined ? {} : { requested }),
    ...(available === undefined ? {} : { available }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** Room is made only where room is all that is missing, and the instance has as much when nothing runs there. */
function remedyOf(reasons: readonly Reason[], { facts, instance, known }: Refused): CellRemedy {
  const filters = new Set<string>(reasons.map((it) => it.filter));
  for (const it of ["attributes", "platform", "subnets"]) if (filters.has(it)) return "repair-instance";
  if (filters.has("agent")) return "repair-agent";
  if (filters.has("ports") && filters.size === 1) return "change-port";
  const empty = facts.daemon && judgePrepared(prepareDaemon(facts.daemon), emptied(instance), known).reasons;
  const isTooSmall = empty?.some((it) => it.unknown !== true && roomFilters.has(it.filter));
  return isTooSmall ? "resize" : "make-room";
}

const roomFilters: ReadonlySet<string> = new Set<FilterName>(["cpu", "memory", "gpu", "eni"]);
