// The Regions of the endpoint: each is a world of its own, as in AWS. The first Region that a client signs for is the
// home Region, where the endpoint's cluster was made; another one begins with such a cluster when it is first asked.

import { createEngine, type Engine } from "./engine";
import { clientException } from "./errors";
import { openJournal } from "./state/journal";
import type { RowChange, RowName } from "./state/transaction";
import { createWorld, type Delays, type World } from "./state/world";

export interface Region {
  readonly world: World;
  readonly engine: Engine;
}

export interface Regions {
  readonly home: Region;
  /** The name of the home Region; `undefined` before a client signed for one. */
  homeName(): string | undefined;
  /** The Region that a request is signed for; the home Region of a request that nobody signed. */
  of(signed: string | undefined): Region;
  all(): readonly Region[];
  /** Calls the listener after every change, in whatever Region. */
  onChange(listener: () => void): () => void;
  close(): void;
}

export interface RegionsOptions {
  readonly delays: Delays;
  readonly stateFile?: string | undefined;
  /** Fills a Region that is new; `name` is `undefined` for the home Region. */
  readonly begin: (world: World, name: string | undefined) => void;
  readonly onFailure: (error: unknown) => void;
}

/** AWS has fewer; each takes memory. */
const mostRegions = 50;

/** Throws an Error a user can read where the state file cannot be used. */
export function createRegions({ delays, stateFile, begin, onFailure }: RegionsOptions): Regions {
  const newWorld = () => createWorld(() => Date.now(), delays);
  const home = newWorld();
  const worlds = new Map<string, World>();
  const worldOf = (name: string): World => {
    const world = worlds.get(name) ?? newWorld();
    worlds.set(name, world);
    return world;
  };
  const tables = { home, region: worldOf, regions: worlds };
  const journal = stateFile === undefined ? undefined : openJournal(stateFile, tables);
  const listeners = new Set<() => void>();
  const open = (world: World, name: string | undefined): Region => {
    const append = (changes: readonly RowChange[]) =>
      journal?.append(changes.map((it) => inRegion(it, name)));
    const engine = createEngine(world, append, onFailure);
    engine.onChange(() => {
      for (const listener of listeners) listener();
    });
    engine.change(() => begin(world, name));
    return { world, engine };
  };
  try {
    const others = new Map([...worlds].map(([name, world]) => [name, open(world, name)]));
    const first = open(home, undefined);
    const all = () => [first, ...others.values()];
    return {
      home: first,
      homeName: () => nameOfHome(home),
      of: (signed) => {
        if (signed === undefined || isHome(first, signed)) return first;
        const known = others.get(signed);
        if (known !== undefined) return known;
        if (others.size >= mostRegions)
          throw clientException(`The local endpoint has no more than ${mostRegions} Regions.`);
        const region = open(newRegion(home, worldOf, signed), signed);
        others.set(signed, region);
        return region;
      },
      all,
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close: () => {
        for (const { engine } of all()) engine.close();
        listeners.clear();
        journal?.close();
      },
    };
  } catch (error) {
    journal?.close();
    throw error;
  }
}

const nameOfHome = (home: World): string | undefined => home.homeRegion.get("home")?.name;

/** Whether a request is of the home Region, which the first signed request gives its name. */
function isHome({ world, engine }: Region, signed: string): boolean {
  if (nameOfHome(world) === undefined) engine.change(() => world.homeRegion.put("home", { name: signed }));
  return nameOfHome(world) === signed;
}

/** Time is the same everywhere. */
function newRegion(home: World, worldOf: (name: string) => World, name: string): World {
  const world = worldOf(name);
  const clock = home.clock.get("clock");
  if (clock !== undefined) world.clock.put("clock", clock);
  return world;
}

/** Rows of the home Region are written as they are, so that a state file of before Regions is one of the home Region. */
function inRegion(change: RowChange, region: string | undefined): RowChange {
  if (region === undefined) return change;
  const [table, key, ...row] = change;
  const name: RowName = `${region}/${table}`;
  return [name, key, ...row];
}
