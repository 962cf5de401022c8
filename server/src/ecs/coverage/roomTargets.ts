// The container instances where a daemon is missing for want of room, with every daemon that is missing there so.

import type { CoverageCell } from "../../core/coverage/coverage";
import { EcsError, type EcsPort } from "../port";
import { lookAtCluster } from "./lookAtCluster";
import type { RoomTarget } from "./planInstances";

/** What stopping a task can give back. */
const roomFilters = new Set(["cpu", "memory", "ports", "gpu", "eni"]);

/**
 * Looks at the cluster. Rejects with an EcsError where it has no such daemon, where an instance that is named lacks the
 * daemon for another reason, or where something could not be read.
 */
export async function roomTargets(
  ecs: EcsPort,
  cluster: string,
  daemon: string,
  instances: readonly string[] | "all",
  signal?: AbortSignal,
): Promise<readonly RoomTarget[]> {
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
    throw new EcsError("IncompleteAnswer", `No plan without complete data: ${unread}`);
  const lacking = own.cells.filter(lacksRoom).map((it) => it.instance);
  const chosen = instances === "all" ? lacking : instances.map((it) => chosenCell(own.cells, it, daemon));
  return chosen.map((instance) => ({
    instance,
    missing: look.daemons
      .filter((it) => it.cells.some((cell) => cell.instance === instance && lacksRoom(cell)))
      .map((it) => it.service),
  }));
}

function chosenCell(cells: readonly CoverageCell[], named: string, daemon: string): string {
  const id = named.slice(named.lastIndexOf("/") + 1);
  const cell = cells.find((it) => it.instance === id || it.ec2InstanceId === id);
  if (cell !== undefined && lacksRoom(cell)) return cell.instance;
  const why =
    cell === undefined
      ? "is not missing there"
      : `is ${cell.state} there: ${cell.reasons.map((it) => it.message).join(" ")}`;
  throw new EcsError("NotMissing", `No room is needed on ${named}: ${daemon} ${why}.`);
}

function lacksRoom({ state, reasons }: CoverageCell): boolean {
  const filters = reasons.flatMap((it) => it.filter ?? []);
  return state === "missing" && filters.length > 0 && filters.every((it) => roomFilters.has(it));
}
