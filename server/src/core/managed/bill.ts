// The bill: what daemons take of each instance type, and what is left for applications.

import { admittedTypes, isTypeLike } from "../cluster/admittedTypes";
import { registeredMemory } from "../cluster/instanceTypes";
import { smallestOf } from "../text/lists";
import type { ManagedCluster, ManagedInstance } from "./managedCluster";
import { othersOn, type Plan, type Size } from "./plan";

/** A row of the bill. `isNominal`: what the type has by its name, not what an instance registered. */
export interface TypePreview {
  readonly type: string;
  readonly isNominal: boolean;
  readonly instances: number;
  readonly cpu: number;
  readonly memory: number;
  /** Of this daemon and the other daemons of such instances. */
  readonly taken: { readonly cpu: number; readonly memory: number };
  readonly left: { readonly cpu: number; readonly memory: number };
  /** Percent, one decimal. */
  readonly share: { readonly cpu: number; readonly memory: number };
  readonly fits: boolean;
  /** How many tasks of the application have room with the daemon as it runs now, and with the one that is deployed. */
  readonly copies?: { readonly before: number; readonly after: number };
  /** Requirements of the provider that could not be checked. */
  readonly unchecked: readonly string[];
}

/** Types that instances have, by what they registered, then those that the providers admit, by what they are sold as. */
export function billOf(
  plan: Plan,
  { instances, providers }: ManagedCluster,
  application: Application | undefined,
): readonly TypePreview[] {
  const isLaunched = (type: string) => !plan.excludedTypes.some((it) => isTypeLike(type, it));
  const present = new Map<string, ManagedInstance[]>();
  for (const it of instances) {
    if (it.provider === undefined || it.type === undefined || !plan.providers.has(it.provider)) continue;
    if (!isLaunched(it.type)) continue;
    present.set(it.type, [...(present.get(it.type) ?? []), it]);
  }
  const exact = [...present].flatMap(([type, all]) => rowOfPresent(type, all, plan) ?? []);
  const chosen = providers.filter((it) => plan.providers.has(it.name));
  const admitted = new Map(
    chosen
      .flatMap(({ name, requirements }) =>
        admittedTypes(requirements).map((it) => ({ ...it, others: othersOf(name, plan, instances) })),
      )
      .map((it) => [it.type.name, it]),
  );
  const ownNow = runningSize(plan, instances);
  const nominal = [...admitted.values()]
    .filter(({ type }) => isLaunched(type.name) && !exact.some((it) => it.type === type.name))
    .map(({ type, unchecked, others }) =>
      rowOf(plan, {
        type: type.name,
        isNominal: true,
        instances: 0,
        cpu: type.vcpus * 1024,
        memory: registeredMemory(type.memoryGiB),
        others,
        ownNow,
        unchecked,
      }),
    );
  const rows = [...exact, ...nominal].map(({ ownNow: now, ...row }) =>
    application === undefined ? row : { ...row, copies: copiesOf(row, plan, now, application) },
  );
  return rows.sort(
    (left, right) => left.cpu - right.cpu || left.memory - right.memory || (left.type < right.type ? -1 : 1),
  );
}

type Row = TypePreview & { readonly ownNow: Size };

function rowOfPresent(type: string, all: readonly ManagedInstance[], plan: Plan): Row | undefined {
  // Of several instances the one with the least room counts.
  const rows = all.flatMap((it) =>
    it.cpu === undefined || it.memory === undefined
      ? []
      : [
          rowOf(plan, {
            type,
            isNominal: false,
            instances: all.length,
            cpu: it.cpu,
            memory: it.memory,
            others: othersOn(it, plan),
            ownNow: runningSize(plan, [it]),
            unchecked: [],
          }),
        ],
  );
  return rows.sort((left, right) => left.left.memory - right.left.memory)[0];
}

function rowOf(
  plan: Plan,
  {
    others,
    ...row
  }: Pick<TypePreview, "type" | "isNominal" | "instances" | "cpu" | "memory" | "unchecked"> & {
    readonly others: Size;
    readonly ownNow: Size;
  },
): Row {
  const taken = { cpu: plan.cpu + others.cpu, memory: plan.memory + others.memory };
  const left = { cpu: row.cpu - taken.cpu, memory: row.memory - taken.memory };
  const percent = (part: number, whole: number) => Math.round((1000 * part) / Math.max(1, whole)) / 10;
  return {
    ...row,
    taken,
    left,
    share: { cpu: percent(taken.cpu, row.cpu), memory: percent(taken.memory, row.memory) },
    fits: left.cpu >= 0 && left.memory >= 0,
  };
}

/** What the other daemons of a capacity provider reserve on a new instance, as far as its instances run them. */
function othersOf(provider: string, { group, another }: Plan, instances: readonly ManagedInstance[]): Size {
  const sizes = new Map<string, Size>();
  for (const it of instances.filter((one) => one.provider === provider).flatMap((one) => one.tasks))
    if (it.group.startsWith("daemon:") && it.group !== group)
      sizes.set(it.group, { cpu: it.cpu ?? 0, memory: it.memory ?? 0 });
  const sum = (name: "cpu" | "memory") =>
    [...sizes.values()].reduce((total, it) => total + it[name], another[name]);
  return { cpu: sum("cpu"), memory: sum("memory") };
}

/** What the daemon reserves as it runs now; nothing where it does not run. */
function runningSize({ group }: Plan, instances: readonly ManagedInstance[]): Size {
  const own = instances.flatMap((it) => it.tasks).find((it) => it.group === group && it.isRunning);
  return { cpu: own?.cpu ?? 0, memory: own?.memory ?? 0 };
}

/** A service, and what one of its tasks reserves. */
export interface Application extends Size {
  readonly name: string;
}

/** The service that has the most tasks of known size on instances of the capacity providers. */
export function applicationOf(plan: Plan, { instances }: ManagedCluster): Application | undefined {
  const found = new Map<string, Application & { readonly count: number }>();
  const own = instances.filter((it) => it.provider !== undefined && plan.providers.has(it.provider));
  for (const { group, cpu, memory } of own.flatMap((it) => it.tasks)) {
    if (!group.startsWith("service:") || cpu === undefined || memory === undefined) continue;
    if (cpu === 0 && memory === 0) continue;
    const count = (found.get(group)?.count ?? 0) + 1;
    found.set(group, { name: group.slice("service:".length), cpu, memory, count });
  }
  const [most] = [...found.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return most && { name: most.name, cpu: most.cpu, memory: most.memory };
}

function copiesOf(row: TypePreview, plan: Plan, ownNow: Size, application: Application) {
  const room = (left: Size) => {
    const shares = (["cpu", "memory"] as const).flatMap((name) =>
      application[name] === 0 ? [] : [Math.floor(Math.max(0, left[name]) / application[name])],
    );
    return smallestOf(shares);
  };
  const now = {
    cpu: row.left.cpu + plan.cpu + plan.another.cpu - ownNow.cpu,
    memory: row.left.memory + plan.memory + plan.another.memory - ownNow.memory,
  };
  // Where a daemon does not fit, an application does not start.
  return { before: room(now), after: row.fits ? room(row.left) : 0 };
}
