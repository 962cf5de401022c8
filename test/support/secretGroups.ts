// The placements of secrets, each with characters of its own, and several containers in one definition.

import { type Placement, placements as table } from "./secretPlacements";

/** What hides one of these secrets does not hide another. */
export const placements: readonly Placement[] = table.map((it, index) => {
  const text = JSON.stringify(it).replaceAll("hunter2-Zx9Qm", `hunter2-Zx9Qm${index}e`);
  return JSON.parse(text) as Placement;
});

/** Placements in containers are six together, so that a test that takes its time sees all of them. */
export const placementGroups: readonly (readonly Placement[])[] = placements.reduce<Placement[][]>(
  (made, it) => {
    const last = made.at(-1);
    if (last !== undefined && last.length < 6 && last[0]?.container && it.container) last.push(it);
    else made.push([it]);
    return made;
  },
  [],
);

/** The containers of a group, each with a name of its own. */
export const containersOf = (group: readonly Placement[]): readonly object[] =>
  group.map(({ container }, at) => ({
    ...{ name: at === 0 ? "agent" : `agent-${at}`, image: "agent:1", memory: 64, essential: true },
    ...container,
  }));

/** Whether a text has a secret: as it is written, in JSON and inside JSON inside JSON. */
export function repeats(text: string, { secret }: Placement): boolean {
  const once = JSON.stringify(secret).slice(1, -1);
  return [secret, once, JSON.stringify(once).slice(1, -1)].some((it) => text.includes(it));
}
