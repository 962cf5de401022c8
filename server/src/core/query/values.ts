// Reads the values of the typed subjects: dates, versions, counts. Undefined means: no such value.

/** Forms that the developer guide lists: `2018-06-18T22:28:28+00:00`, `…Z`, without a zone, and a bare date. */
const dateForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Milliseconds since 1970-01-01 UTC. Without a zone it is UTC, a bare date is midnight UTC. */
export function readDate(text: string): number | undefined {
  const match = dateForm.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((it) => Number(it ?? 0));
  const milliseconds = Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  const time = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const date = new Date(time);
  // Date.UTC carries February 30 over into March, and 24:00 into the next day.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  if (!exists || minute > 59 || second > 59) return undefined;
  const offset = zoneOffset(match[8]);
  return offset === undefined ? undefined : time - offset * 60_000;
}

/** In minutes; as in Java, which reads dates for ECS, at most 18 hours. */
function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  const offset = hours * 60 + minutes;
  if (offset > 18 * 60 || minutes > 59) return undefined;
  return zone.startsWith("-") ? -offset : offset;
}

/** The segments of a version such as `1.14.5`, one to six of them. */
export function readVersion(text: string): readonly number[] | undefined {
  if (!/^\d{1,9}(?:\.\d{1,9}){0,5}$/.test(text)) return undefined;
  return text.split(".").map(Number);
}

/** Below zero, zero or above as `one` is older than, the same as or newer than `other`; 1.2 and 1.2.0 are the same. */
export function compareVersions(one: readonly number[], other: readonly number[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A whole number, not below zero. */
export function readCount(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
