// The looks at the coverage of clusters: which there are, when the next is due, what the last one found. ECS is asked only
// while somebody sees the result, or where a view asks for one cluster.

import { smallestOf } from "../../core/text/lists";
import type { JsonObject } from "../../ecs/port";
import type { ServerContext } from "../base/context";
import { createDebounce } from "../base/debounce";
import type { CoverageAlert, CoverageTarget, Failure, WatchCoverageParams } from "../protocol/protocol";
import type { NamedCell } from "./coverageAlerts";
import { type CoverageEntry, keyOf, placeKey, targetOf } from "./coverageEntry";
import { type LookNeeds, listPlace, lookNow } from "./coverageLook";
import { isListDue, nextLookAt } from "./coverageSchedule";

/** A place, with the clusters that are looked at there. */
interface Scope {
  readonly target: CoverageTarget;
  readonly clusters: readonly string[] | "all";
}

interface Place {
  readonly names: readonly string[];
  readonly problem?: Failure["error"];
  readonly listedAt: number;
}

export interface CoverageStore {
  /** Task definitions by ARN, which never change. */
  readonly definitions: Map<string, JsonObject>;
  watch(params: WatchCoverageParams): void;
  /** The clusters that are watched, known or not. */
  entries(): readonly CoverageEntry[];
  /** Places whose clusters could not be listed. */
  problems(): readonly { readonly target: CoverageTarget; readonly error: Failure["error"] }[];
  find(key: string): CoverageEntry | undefined;
  /** The cluster as it was seen a moment ago, else as it is now. */
  see(target: CoverageTarget, cluster: string): Promise<CoverageEntry>;
  isLooking(): boolean;
  /** Milliseconds since 1970; `undefined` where none is due by itself. */
  nextLook(): number | undefined;
  onChanged(listener: (alerts: readonly CoverageAlert[]) => void): void;
  /** Something was changed at ECS. */
  forget(): void;
}

/** Clusters of one place at a time. */
const atOnce = 3;
/** What a view was told a moment ago is still true, in milliseconds. */
const freshFor = 15_000;
/** Milliseconds. */
const tick = 1_000;

export function createCoverageStore(
  context: ServerContext,
  alertOf: (entry: CoverageEntry, cells: readonly NamedCell[]) => CoverageAlert,
): CoverageStore {
  return new WatchedCoverage(context, alertOf);
}

class WatchedCoverage implements CoverageStore {
  private readonly known = new Map<string, CoverageEntry>();
  private readonly places = new Map<string, Place>();
  private readonly listeners: ((alerts: readonly CoverageAlert[]) => void)[] = [];
  readonly definitions = new Map<string, JsonObject>();
  private readonly needs: LookNeeds;
  private readonly changedSoon = createDebounce(100, () => this.tell([]));
  private readonly running = new Map<string, Promise<CoverageEntry>>();
  private targets: readonly CoverageTarget[] = [];
  private isVisible = false;
  private isBusy = false;

  constructor(
    private readonly context: ServerContext,
    private readonly alertOf: (entry: CoverageEntry, cells: readonly NamedCell[]) => CoverageAlert,
  ) {
    this.needs = { context, definitions: this.definitions };
    const timer = setInterval(() => this.lookAround(), tick);
    timer.unref?.(); // A browser has no such method.
    context.onShutdown(() => clearInterval(timer));
    context.local.onChanged(() => this.outdate((it) => it.target === "local"));
    context.onSurroundingsChanged(this.changedSoon);
  }

  watch({ targets, isVisible, isFresh }: WatchCoverageParams): void {
    this.targets = targets;
    this.isVisible = isVisible;
    if (isFresh) this.forget();
    this.lookAround();
    this.changedSoon();
  }

  entries(): readonly CoverageEntry[] {
    return this.scopes().flatMap(({ target, clusters }) => {
      const names = clusters === "all" ? (this.places.get(placeKey(target))?.names ?? []) : clusters;
      return names.map((it) => this.entry(target, it));
    });
  }

  problems() {
    return this.scopes().flatMap(({ target }) => {
      const error = this.places.get(placeKey(target))?.problem;
      return error === undefined ? [] : [{ target, error }];
    });
  }

  find(key: string): CoverageEntry | undefined {
    return this.known.get(key);
  }

  async see(target: CoverageTarget, cluster: string): Promise<CoverageEntry> {
    const entry = this.entry(target, cluster);
    const isFresh = entry.endedAt !== undefined && Date.now() - entry.endedAt < freshFor;
    return isFresh ? entry : this.look(target, cluster);
  }

  isLooking(): boolean {
    return this.isBusy;
  }

  nextLook(): number | undefined {
    if (!this.isVisible) return undefined;
    const due = this.entries().flatMap((it) => nextLookAt(it) ?? []);
    return due.length === 0 ? undefined : smallestOf(due);
  }

  onChanged(listener: (alerts: readonly CoverageAlert[]) => void): void {
    this.listeners.push(listener);
  }

  forget(): void {
    this.places.clear();
    this.outdate(() => true);
  }

  private tell(alerts: readonly CoverageAlert[]): void {
    for (const listener of this.listeners) listener(alerts);
  }

  private outdate(isConcerned: (entry: CoverageEntry) => boolean): void {
    for (const [key, { endedAt: _, ...entry }] of this.known)
      if (isConcerned({ ...entry })) this.known.set(key, entry);
  }

  /** The chosen cluster alone, unless places were selected. */
  private scopes(): readonly Scope[] {
    const { clusters, local, options } = this.context;
    if (options().trusted === false) return [];
    const scopes: Scope[] = this.targets.map((target) => ({ target, clusters: "all" }));
    const chosen = clusters.target();
    const target = targetOf(chosen);
    const known = new Set(this.targets.map(placeKey));
    if (target !== undefined && typeof chosen === "object" && !known.has(placeKey(target)))
      scopes.unshift({ target, clusters: [chosen.cluster] });
    const name = local.running()?.clusterName;
    if (target === "local" && name !== undefined && !known.has(target))
      scopes.unshift({ target, clusters: [name] });
    return scopes;
  }

  private entry(target: CoverageTarget, cluster: string): CoverageEntry {
    const key = keyOf(target, cluster);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made: CoverageEntry = {
      ...{ key, target, cluster, isReading: false, baseline: undefined },
      alerts: { known: undefined },
    };
    this.known.set(key, made);
    return made;
  }

  /** Looks at whatever is due, each place by itself; at most one round is under way. */
  private lookAround(): void {
    if (!this.isVisible || this.isBusy) return;
    const now = Date.now();
    const due = this.scopes().filter((it) => this.isDue(it, now));
    if (due.length === 0) return;
    this.isBusy = true;
    const round = Promise.all(due.map((it) => this.lookAtPlace(it)));
    void this.context.fence
      .wait("coverage", undefined, () => round)
      .finally(() => {
        this.isBusy = false;
        this.changedSoon();
      });
  }

  private isDue({ target, clusters }: Scope, now: number): boolean {
    const place = this.places.get(placeKey(target));
    if (clusters === "all") {
      if (place?.problem !== undefined) return false;
      if (isListDue(place?.listedAt, now)) return true;
    }
    const names = clusters === "all" ? (place?.names ?? []) : clusters;
    return names.some((it) => this.isClusterDue(target, it, now));
  }

  private isClusterDue(target: CoverageTarget, cluster: string, now: number): boolean {
    const at = nextLookAt(this.entry(target, cluster));
    return at !== undefined && at <= now;
  }

  private async lookAtPlace({ target, clusters }: Scope): Promise<void> {
    const names = clusters === "all" ? await this.list(target) : clusters;
    const waiting = names.filter((it) => this.isClusterDue(target, it, Date.now()));
    const worker = async () => {
      // Whoever looks away in between is not made to wait for the rest.
      while (this.isVisible) {
        const name = waiting.shift();
        if (name === undefined) return;
        await this.look(target, name);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  private async list(target: CoverageTarget): Promise<readonly string[]> {
    const key = placeKey(target);
    const known = this.places.get(key);
    if (known !== undefined && !isListDue(known.listedAt, Date.now())) return known.names;
    const listed = await listPlace(this.needs, target);
    const names = listed.names ?? known?.names ?? [];
    const { problem } = listed;
    this.places.set(key, { names, listedAt: Date.now(), ...(problem !== undefined && { problem }) });
    for (const it of listed.empty ?? [])
      this.known.set(keyOf(target, it), {
        ...this.entry(target, it),
        ...{ instances: 0, readAt: Date.now(), endedAt: Date.now() },
      });
    this.changedSoon();
    return names;
  }

  private look(target: CoverageTarget, cluster: string): Promise<CoverageEntry> {
    const key = keyOf(target, cluster);
    const running = this.running.get(key);
    if (running !== undefined) return running;
    const reading = { ...this.entry(target, cluster), isReading: true };
    this.known.set(key, reading);
    this.changedSoon();
    const look = lookNow(this.needs, reading)
      .then(({ entry, news }) => {
        this.known.set(key, entry);
        if (news.length > 0) this.tell([this.alertOf(entry, news)]);
        return entry;
      })
      .finally(() => {
        this.running.delete(key);
        this.changedSoon();
      });
    this.running.set(key, look);
    return look;
  }
}
