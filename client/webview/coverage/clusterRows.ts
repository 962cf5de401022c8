// The rows of one cluster's list: reasons with their instances, or the daemons.

import type { CellReason } from "../../../server/src/core/coverage/coverage";
import { amountText, counted, countText, instanceCount } from "../../../server/src/core/text/counts";
import type { ClusterCoverageDetail, CoverageGroup } from "../../../server/src/lsp/protocol/protocol";
import { element } from "../dom/dom";
import { type IllInstance, nameOf } from "./cells";
import { keyOf, stateWords } from "./clusterWords";
import { markElement } from "./marks";
import { cell, type ListRow, twistie, whyCell } from "./rowList";
import { markOfCell, percentText, rankOf, wordOfCell } from "./words";

export function groupRow(
  { daemons }: ClusterCoverageDetail,
  group: CoverageGroup,
  count: number,
  isOpen: boolean,
  toggle: () => void,
): ListRow {
  const who = group.daemons.map(([daemon, own]) => `${daemons[daemon]?.service ?? ""} ${countText(own)}`);
  const shown = who.length > 2 ? counted(who.length, "daemon") : who.join(", ");
  const why = group.reason === "" ? wordOfCell(group.state) : group.reason;
  return {
    ...{ key: keyOf(group), level: 1, isOpen, class: "group", title: why, toggle },
    cells: [
      cell("mark", [twistie(isOpen), markElement(markOfCell(group.state))]),
      cell("count", [element("b", { text: counted(count, "instance") })]),
      whyCell(why),
      cell("who", [shown]),
    ],
  };
}

export function instanceRow(
  { daemons }: ClusterCoverageDetail,
  group: CoverageGroup,
  { instance, cells, mark }: IllInstance,
  isSelected: boolean,
  take: () => void,
): ListRow {
  const first = cells.find((it) => it.state === group.state);
  const word = wordOfCell(first?.state ?? "unknown");
  const service = daemons[first?.daemon ?? -1]?.service ?? "";
  const [reason] = first?.reasons ?? [];
  const why = `${service}: ${reason?.message ?? word}`;
  // The line above shows what is the same for all of them.
  const own =
    reason === undefined || reason.message === group.reason ? service : `${service}: ${ownWords(reason)}`;
  const more = cells.length - 1;
  const rest = more > 0 ? `+${countText(more)} more` : "";
  return {
    ...{ key: `${keyOf(group)} ${instance.id}`, level: 2, isSelected, take },
    title: `${nameOf(instance)} · container instance ${instance.id}\n${why}${rest === "" ? "" : ` ${rest}`}`,
    cells: [
      cell("mark", [twistie(undefined), markElement(first?.mark ?? mark)]),
      cell("state", [word]),
      cell("name", [nameOf(instance)]),
      whyCell(own, { narrow: `${word}: `, rest }),
      cell("place", [instance.zone ?? ""]),
      cell("share", [instance.type ?? ""]),
    ],
  };
}

/** Without the resource, which the line above names. */
function ownWords({ filter, requested, available, message }: CellReason): string {
  const isSize = filter === "cpu" || filter === "memory";
  const short = isSize ? Number(requested) - Number(available) : Number.NaN;
  return isSize && short > 0 ? `${amountText(filter, short)} short` : message.replace(/\.$/, "");
}

export function moreRow(key: string, next: number, hidden: number, take: () => void): ListRow {
  const text = `Show ${countText(next)} more${hidden > next ? ` of ${countText(hidden)}` : ""}`;
  return { ...{ key: `${key} more`, level: 2, class: "more", take }, cells: [cell("more", [text])] };
}

type Daemon = ClusterCoverageDetail["daemons"][number];

/** The worst first. */
export function daemonRows(daemons: readonly Daemon[], take: (service: string) => void): readonly ListRow[] {
  const rank = (it: Daemon) => rankOf(worstMark(it));
  return [...daemons]
    .sort((left, right) => rank(left) - rank(right) || (left.service < right.service ? -1 : 1))
    .map((it) => daemonRow(it, take));
}

/** How a managed daemon fares; its counts are ECS's own. */
function managedWords({ states, wanted }: Daemon): string {
  const { missing = 0, unknown = 0 } = states;
  if (unknown > 0) return "managed daemon · not known";
  if (wanted === 0) return "managed daemon · no instance yet";
  return missing > 0 ? `managed daemon · ${countText(missing)} without` : "managed daemon";
}

function worstMark({ states, wanted }: Daemon) {
  const marks = Object.keys(states).map((it) => markOfCell(it as keyof typeof states));
  const [worst] = marks.sort((left, right) => rankOf(left) - rankOf(right));
  return worst ?? (wanted === 0 ? "excluded" : "covered");
}

function daemonRow(daemon: Daemon, take: (service: string) => void): ListRow {
  const { service, states, running, wanted, desired } = daemon;
  const mark = worstMark(daemon);
  const isManaged = daemon.kind === "managed";
  const why = isManaged
    ? managedWords(daemon)
    : wanted === 0
      ? "no instance should run it"
      : stateWords(states).join(", ");
  return {
    ...{ key: isManaged ? `managed ${service}` : service, level: 1 },
    title: isManaged
      ? `Managed daemon: ECS counts ${instanceCount(wanted)} of its capacity providers, and names none.`
      : `ECS desires ${counted(desired, "task")}, ECS Daemon expects ${countText(wanted)}.`,
    cells: [
      cell("mark", [twistie(undefined), markElement(mark)]),
      cell("state", [mark === "excluded" ? "not expected" : mark]),
      cell("name", [service]),
      whyCell(why),
      cell("place", [`${countText(running)} of ${countText(wanted)}`]),
      cell("share", [percentText(running, wanted)]),
    ],
    take: () => take(service),
  };
}
