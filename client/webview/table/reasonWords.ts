// A reason in the few words that a line of the list has room for: whole, what many instances have of it in common, and
// what is left for each of them to show. No DOM here.

import type { Reason } from "../../../server/src/core/scheduler/placement";
import { counted, countText, memoryText } from "../../../server/src/core/text/counts";

interface Shortage {
  readonly filter: "cpu" | "memory";
  readonly requested: number;
  readonly available: number;
}

/** The fact comes first, then the clause: "env is dev: `attribute:env == prod` is false". */
export function shortReason(reason: Reason): string {
  const common = commonReason(reason);
  const own = ownReason(reason);
  if (own === "") return common;
  return shortageOf(reason) === undefined ? `${portName(reason)} is ${own}` : `${common}, ${own}`;
}

/** Without what differs from instance to instance: how much is free there, and which task holds a port. */
export function commonReason(reason: Reason): string {
  const { decided, message, holder } = reason;
  if (decided !== undefined) return `${decided.because}: \`${decided.clause}\` is false`;
  const shortage = shortageOf(reason);
  if (shortage !== undefined) {
    const { filter, requested } = shortage;
    return `${filter === "cpu" ? "CPU" : "Memory"}: ${sizeText(filter, requested)} asked`;
  }
  if (reason.code !== "port-in-use") return message.replace(/\.$/, "");
  return `${portName(reason)} is ${holder?.kind === "instance" ? "reserved by the instance" : "in use"}`;
}

/** What `commonReason` leaves out; empty where that is nothing. */
export function ownReason(reason: Reason): string {
  const shortage = shortageOf(reason);
  if (shortage !== undefined) return `${sizeText(shortage.filter, shortage.available)} free`;
  const { holder } = reason;
  if (holder?.kind !== "task") return "";
  return `used by ${holder.group?.replace(/^service:/, "") ?? `task ${holder.id}`}`;
}

/** How much does not fit; `undefined` where a reason is not about CPU or memory. */
export function shortBy(reason: Reason | undefined): number | undefined {
  const shortage = reason === undefined ? undefined : shortageOf(reason);
  return shortage === undefined ? undefined : shortage.requested - shortage.available;
}

/** "short by 84 to 512 MiB", of instances that have a reason in common. */
export function shortRange(reason: Reason, least: number, most: number): string {
  const { filter } = shortageOf(reason) ?? { filter: "memory" };
  return `short by ${least === most ? "" : `${countText(least)} to `}${sizeText(filter, most)}`;
}

function shortageOf({ filter, requested, available, unknown }: Reason): Shortage | undefined {
  if (filter !== "cpu" && filter !== "memory") return undefined;
  if (typeof requested !== "number" || typeof available !== "number" || unknown === true) return undefined;
  return { filter, requested, available };
}

/** The line names the resource already: "100 units", "512 MiB". */
function sizeText(filter: "cpu" | "memory", amount: number): string {
  return filter === "cpu" ? counted(amount, "unit") : memoryText(amount);
}

const portName = ({ requested }: Reason) => `Port ${requested}`;
