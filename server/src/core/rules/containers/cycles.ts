// Circles in a graph of containers.

import type { JsonNode } from "../../source/tree";

/** A reference to another container: its name, where the name stands, and the entry to remove. */
export interface Edge {
  readonly to: string;
  readonly node: JsonNode;
  readonly entry: JsonNode;
}

export interface Cycle {
  /** The reference that closes the circle. */
  readonly closing: Edge;
  /** From a container around to the same one again. */
  readonly names: readonly string[];
}

/** Each reference that closes a circle, once. */
export function cyclesOf(edges: ReadonlyMap<string, readonly Edge[]>): readonly Cycle[] {
  const done = new Set<string>();
  const found: Cycle[] = [];
  for (const start of edges.keys()) walkFrom(start, edges, done, found);
  return found;
}

/** Depth first without recursion: a chain may be as long as the document. */
function walkFrom(
  start: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
  done: Set<string>,
  found: Cycle[],
): void {
  if (done.has(start)) return;
  const path = [{ name: start, next: 0 }];
  const onPath = new Set([start]);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const edge = edges.get(top.name)?.[top.next];
    top.next += 1;
    if (!edge) {
      done.add(top.name);
      onPath.delete(top.name);
      path.pop();
    } else if (onPath.has(edge.to)) {
      const names = path.map((it) => it.name);
      found.push({ closing: edge, names: [...names.slice(names.indexOf(edge.to)), edge.to] });
    } else if (!done.has(edge.to) && edges.has(edge.to)) {
      path.push({ name: edge.to, next: 0 });
      onPath.add(edge.to);
    }
  }
}
