// The container instances where a daemon is missing for want of room, with every daemon that is missing there so.

import { oneOfEach } from "../../core/cluster/clusterOrder";
import { instanceReader } from "../../core/cluster/instanceContext";
import type { CoverageCell } from "../../core/coverage/coverage";
import { counted } from "../../core/text/counts";
import { EcsError, type EcsPort, type EcsTarget } from "../port";
import { lookAtCluster } from "./lookAtCluster";
import { instanceName, type RoomTarget } from "./planInstances";
import { activateCommand } from "./undoCommands";

/** What stopping a task can give back. */
const roomFilters = new Set(["cpu", "memory", "ports", "gpu", "eni"]);

export interface RoomTargets {
  readonly targets: readonly RoomTarget[];
  /** What is left alone although it may be what somebody looks for, in sentences: instances that are DRAINING. */
  readonly notes: readonly string[];
}

export interface RoomSearch {
  readonly cluster: string;
  readonly daemon: string;
  /** Container instances or EC2 instances, or every one where the daemon lacks room. */
  readonly instances: readonly string[] | "all";
  /** Whom the port talks to: for the command that ends a drain. */
  readonly target: EcsTarget;
}

/**
 * Looks at the cluster. Rejects with an EcsError where it has no such daemon, where an instance that is named lacks the
 * daemon for another reason, or where something could not be read.
 */
export async function roomTargets(
  ecs: EcsPort,
  search: RoomSearch,
  signal?: AbortSignal,
): Promise<RoomTargets> {
  const { cluster, daemon, instances } = search;
  const options = {
    depth: "why",
    daemons: [],
    grace: 300_000,
    now: Date.now,
    definitions: new Map(),
  } as const;
  const look = await lookAtCluster(ecs, cluster, options, signal);
  const own = look.daemons.find((it) => it.service === daemon);
  if (own === undefined)
    throw new EcsError(
      "ServiceNotFoundException",
      `There is no daemon service "${daemon}" in the cluster "${cluster}".`,
    );
  const [unread] = look.incomplete;
  if (unread !== undefined)
    throw new EcsError("IncompleteAnswer", `A plan needs everything to be read. ${unread}`);
  const draining = await drainingInstances(ecs, search, signal);
  const lacking = own.cells.filter(lacksRoom).map((it) => it.instance);
  const chosen =
    instances === "all" ? lacking : instances.map((it) => chosenCell(own.cells, it, daemon, draining));
  const targets = chosen.map((instance) => ({
    instance,
    missing: look.daemons
      .filter((it) => it.cells.some((cell) => cell.instance === instance && lacksRoom(cell)))
      .map((it) => it.service),
  }));
  return { targets, notes: instances === "all" ? drainingNotes(draining) : [] };
}

function chosenCell(
  cells: readonly CoverageCell[],
  named: string,
  daemon: string,
  draining: readonly DrainingInstance[],
): string {
  const id = named.slice(named.lastIndexOf("/") + 1);
  const cell = cells.find((it) => it.instance === id || it.ec2InstanceId === id);
  if (cell !== undefined && lacksRoom(cell)) return cell.instance;
  const drained = draining.find((it) => it.instance === id || it.ec2InstanceId === id);
  if (drained !== undefined)
    throw new EcsError("NotMissing", `${named} is DRAINING: no daemon starts there. ${endOf(drained)}`);
  const why =
    cell === undefined
      ? "is not missing there."
      : [`is ${cell.state} there.`, ...cell.reasons.map((it) => it.message)].join(" ");
  throw new EcsError("NotMissing", `No room is needed on ${named}: ${daemon} ${why}`);
}

function lacksRoom({ state, reasons }: CoverageCell): boolean {
  const filters = reasons.flatMap((it) => it.filter ?? []);
  return state === "missing" && filters.length > 0 && filters.every((it) => roomFilters.has(it));
}

// Instances that are DRAINING: a make-room that was killed leaves one ------------------------------------------------

interface DrainingInstance {
  readonly instance: string;
  readonly ec2InstanceId?: string | undefined;
  /** The command that ends the drain. */
  readonly back: string;
}

/** Those of the first page: who drains a cluster drains many, and looks for none of them here. */
async function drainingInstances(
  ecs: EcsPort,
  { cluster, target }: RoomSearch,
  signal: AbortSignal | undefined,
): Promise<readonly DrainingInstance[]> {
  const { arns } = await ecs.listInstancePages(cluster, { status: "DRAINING" }, 1, signal);
  const instances = await ecs.describeInstances(cluster, arns, instanceReader([]), signal);
  return oneOfEach(instances).map(({ id, ec2InstanceId }) => ({
    instance: id,
    ec2InstanceId,
    back: activateCommand(cluster, id, target),
  }));
}

const endOf = ({ back }: DrainingInstance): string => `To let it take tasks again, run: ${back}`;

/** So many are named. */
const mostNamed = 5;

function drainingNotes(draining: readonly DrainingInstance[]): readonly string[] {
  const more = draining.length - mostNamed;
  return [
    ...draining
      .slice(0, mostNamed)
      .map((it) => `${instanceName(it)} is DRAINING and left alone. ${endOf(it)}`),
    ...(more > 0
      ? [`${counted(more, "more container instance is", "more container instances are")} DRAINING.`]
      : []),
  ];
}
