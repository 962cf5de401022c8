// Which gaps are news: those that came while somebody watched and that last longer than the grace. Pure.

import type { CoverageCell } from "../../core/coverage/coverage";

/** Milliseconds. */
const pauseBetweenAlerts = 15 * 60_000;

export interface AlertMemory {
  /** Gaps that are no news: of the first look, and those that were reported; `undefined` before the first look. */
  readonly known: ReadonlySet<string> | undefined;
  /** Milliseconds since 1970. */
  readonly lastAt?: number;
}

export interface NamedCell {
  readonly service: string;
  readonly cell: CoverageCell;
}

/** `lacking`: every gap of the look, dated. Times in milliseconds. */
export function newGaps(
  lacking: readonly NamedCell[],
  memory: AlertMemory,
  now: number,
  grace: number,
): { readonly alerts: readonly NamedCell[]; readonly memory: AlertMemory } {
  const present = new Set(lacking.map(nameOf));
  if (memory.known === undefined) return { alerts: [], memory: { ...memory, known: present } };
  // A gap that went and comes back is news again.
  const known = new Set([...memory.known].filter((it) => present.has(it)));
  const isPaused = memory.lastAt !== undefined && now - memory.lastAt < pauseBetweenAlerts;
  const alerts = isPaused
    ? []
    : lacking.filter((it) => !known.has(nameOf(it)) && now - Date.parse(it.cell.since ?? "") >= grace);
  for (const it of alerts) known.add(nameOf(it));
  return { alerts, memory: alerts.length === 0 ? { ...memory, known } : { known, lastAt: now } };
}

const nameOf = ({ service, cell }: NamedCell): string => `${service} ${cell.instance} ${cell.state}`;
