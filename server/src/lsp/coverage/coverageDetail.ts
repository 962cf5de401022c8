// The coverage of one cluster, packed for a panel: instances, cells and reasons as numbers into lists. Pure.

import { groupCells } from "../../core/coverage/cellGroups";
import { type CoverageCell, cellStates } from "../../core/coverage/coverage";
import type { ClusterCoverage } from "../../ecs/coverage/lookAtCluster";
import type {
  ClusterCoverageDetail,
  CoverageGroup,
  CoverageInstance,
  CoverageMap,
} from "../protocol/protocol";
import type { CoverageEntry } from "./coverageEntry";
import { summaryOf } from "./coverageSummary";

export function detailOf(entry: CoverageEntry, look: ClusterCoverage): ClusterCoverageDetail {
  const { daemons } = look;
  const instances = createNumbers<CoverageInstance>((it) => it.id);
  const reasons = createNumbers<CoverageCell["reasons"]>((it) => JSON.stringify(it));
  const cells: number[] = [];
  const remedies: ClusterCoverageDetail["remedies"][number][] = [];
  for (const [daemon, { cells: own }] of daemons.entries())
    for (const cell of own) {
      const at = instances.of(instanceOf(cell));
      cells.push(at, daemon, cellStates.indexOf(cell.state), reasons.of(cell.reasons));
      remedies.push(cell.remedy ?? null);
    }
  const excluded = daemons.flatMap(({ excluded: ids = [] }, daemon) =>
    ids.flatMap((id) => {
      const at = instances.find(id);
      return at === undefined ? [] : [at, daemon];
    }),
  );
  return {
    summary: summaryOf(entry),
    daemons: daemons.map(({ service, kind, desired, wanted, running, states }) => ({
      ...{ service, desired, wanted, running, states },
      ...(kind !== undefined && { kind }),
    })),
    instances: instances.all,
    cellStates,
    reasons: reasons.all,
    cells,
    excluded,
    remedies,
    groups: groupsOf(look, (id) => instances.find(id) ?? 0),
    canChange: true,
  };
}

function groupsOf(look: ClusterCoverage, numberOf: (id: string) => number): readonly CoverageGroup[] {
  const all = look.daemons.flatMap(({ cells }, daemon) => cells.map((cell) => ({ ...cell, daemon })));
  return groupCells(all).map(({ state, reason, cells }): CoverageGroup => {
    const byDaemon = new Map<number, number>();
    for (const it of cells) byDaemon.set(it.daemon, (byDaemon.get(it.daemon) ?? 0) + 1);
    return {
      state: cells[0]?.state ?? (state as CoverageCell["state"]),
      reason,
      instances: [...new Set(cells.map((it) => numberOf(it.instance)))],
      daemons: [...byDaemon].sort((left, right) => right[1] - left[1]),
    };
  });
}

export function mapOf({ instances = [], daemons }: ClusterCoverage): CoverageMap {
  const numbers = new Map(daemons.map((it, at) => [it.service, at]));
  const excluded: number[][] = daemons.map(() => []);
  for (const [at, it] of instances.entries())
    for (const service of it.excluded ?? []) excluded[numbers.get(service) ?? -1]?.push(at);
  return { instances: instances.map((it) => instanceOf(it)), excluded };
}

function instanceOf({
  instance,
  ec2InstanceId,
  zone,
  type,
}: Pick<CoverageCell, "instance" | "ec2InstanceId" | "zone" | "type">): CoverageInstance {
  return {
    id: instance,
    ...(ec2InstanceId !== undefined && { ec2InstanceId }),
    ...(zone !== undefined && { zone }),
    ...(type !== undefined && { type }),
  };
}

/** Gives equal things one number. */
function createNumbers<Thing>(nameOf: (thing: Thing) => string) {
  const numbers = new Map<string, number>();
  const all: Thing[] = [];
  return {
    all: all as readonly Thing[],
    find: (name: string) => numbers.get(name),
    of: (thing: Thing): number => {
      const name = nameOf(thing);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, all.length);
      all.push(thing);
      return all.length - 1;
    },
  };
}
