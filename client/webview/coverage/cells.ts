// The packed coverage of a cluster as the page uses it: for each ill instance its cells, by daemon. No DOM here.

import type { CellReason, CellState } from "../../../server/src/core/coverage/coverage";
import type {
  ClusterCoverageDetail,
  CoverageInstance,
  CoverageMap,
} from "../../../server/src/lsp/protocol/protocol";
import { type MarkName, markOfCell, rankOf } from "./words";

export interface Cell {
  /** Position of the daemon. */
  readonly daemon: number;
  readonly state: CellState;
  readonly mark: MarkName;
  readonly reasons: readonly CellReason[];
  readonly remedy: ClusterCoverageDetail["remedies"][number];
}

export interface IllInstance {
  readonly instance: CoverageInstance;
  readonly cells: readonly Cell[];
  /** Daemons that it should not run. */
  readonly excluded: ReadonlySet<number>;
  /** The worst of its cells. */
  readonly mark: MarkName;
}

const nowhere: ReadonlySet<number> = new Set();

/** Every instance with a cell, in the order of the answer. */
export function illInstances(detail: ClusterCoverageDetail): readonly IllInstance[] {
  const { instances, cells, cellStates, reasons, remedies, excluded } = detail;
  const own: Cell[][] = instances.map(() => []);
  for (let at = 0; at < cells.length; at += 4) {
    const state = cellStates[cells[at + 2] ?? -1] ?? "unknown";
    own[cells[at] ?? -1]?.push({
      daemon: cells[at + 1] ?? 0,
      state,
      mark: markOfCell(state),
      reasons: reasons[cells[at + 3] ?? -1] ?? [],
      remedy: remedies[at / 4] ?? null,
    });
  }
  const without = new Map<number, Set<number>>();
  for (let at = 0; at < excluded.length; at += 2) {
    const instance = excluded[at] ?? 0;
    without.set(instance, (without.get(instance) ?? new Set()).add(excluded[at + 1] ?? 0));
  }
  return instances.map((instance, at) => {
    const found = [...(own[at] ?? [])].sort((left, right) => rankOf(left.mark) - rankOf(right.mark));
    return {
      instance,
      cells: found,
      excluded: without.get(at) ?? nowhere,
      mark: found[0]?.mark ?? "covered",
    };
  });
}

/** The ill ones by what they lack, so that a share of the map is an area. */
export function worstFirst(instances: readonly IllInstance[]): readonly IllInstance[] {
  const key = (it: IllInstance) => it.cells.map((cell) => `${rankOf(cell.mark)}${cell.daemon}`).join();
  return [...instances].sort(
    (left, right) =>
      rankOf(left.mark) - rankOf(right.mark) ||
      (key(left) === key(right) ? 0 : key(left) < key(right) ? -1 : 1),
  );
}

/** The marks of one column of the map, by daemon. */
export function columnOf({ cells, excluded }: IllInstance, daemons: number): readonly MarkName[] {
  const column: MarkName[] = Array.from({ length: daemons }, (_, at) =>
    excluded.has(at) ? "excluded" : "covered",
  );
  for (const { daemon, mark } of cells) column[daemon] = mark;
  return column;
}

/** Every instance of the cluster: the ill ones first, the others by zone. */
export function wholeFleet(map: CoverageMap, ill: readonly IllInstance[]): readonly IllInstance[] {
  const without = map.instances.map(() => new Set<number>());
  for (const [daemon, instances] of map.excluded.entries())
    for (const it of instances) without[it]?.add(daemon);
  const known = new Set(ill.map((it) => it.instance.id));
  const rest = map.instances.flatMap((instance, at): readonly IllInstance[] =>
    known.has(instance.id)
      ? []
      : [{ instance, cells: [], excluded: without[at] ?? nowhere, mark: "covered" }],
  );
  rest.sort((left, right) => ((left.instance.zone ?? "") < (right.instance.zone ?? "") ? -1 : 1));
  return [...ill, ...rest];
}

/** As people call it; of a container instance that has no other name the first digits of its id. */
export function nameOf({ id, ec2InstanceId }: CoverageInstance): string {
  return ec2InstanceId ?? id.slice(0, 8);
}

/** Whether a filter text is in what is shown of an instance. */
export function matches(
  { instance, cells }: IllInstance,
  daemons: ClusterCoverageDetail["daemons"],
  text: string,
): boolean {
  if (text === "") return true;
  const words = [
    ...[instance.id, instance.ec2InstanceId, instance.zone, instance.type],
    ...cells.flatMap((it) => [
      ...[daemons[it.daemon]?.service, it.state],
      ...it.reasons.map((reason) => reason.message),
    ]),
  ];
  return words.some((it) => it?.toLowerCase().includes(text.toLowerCase()) === true);
}
