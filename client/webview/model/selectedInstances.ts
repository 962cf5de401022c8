// Which container instances the user has chosen, as file lists do it: one, one more, a stretch, all. No DOM here.

/** What a click or key does: choose that one alone, add or take it away, or choose up to it. */
export type ChoiceMode = "one" | "toggle" | "range";

export interface Choice {
  readonly ids: ReadonlySet<string>;
  /** `order` is the order in which the user sees the instances. */
  choose(id: string, mode: ChoiceMode, order: readonly string[]): void;
  all(order: readonly string[]): void;
  /** Forgets those that are not on view any more: nobody means what they cannot see. */
  keep(order: ReadonlySet<string>): void;
}

export function createChoice(): Choice {
  let ids: ReadonlySet<string> = new Set();
  /** Where a stretch begins. */
  let anchor: string | undefined;
  return {
    get ids() {
      return ids;
    },
    choose: (id, mode, order) => {
      const from = anchor === undefined ? -1 : order.indexOf(anchor);
      const to = order.indexOf(id);
      if (mode === "range" && from >= 0 && to >= 0) {
        ids = new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1));
        return;
      }
      anchor = id;
      ids = mode === "toggle" ? toggled(ids, id) : new Set([id]);
    },
    all: (order) => {
      ids = new Set(order);
    },
    keep: (order) => {
      if ([...ids].every((it) => order.has(it))) return;
      ids = new Set([...ids].filter((it) => order.has(it)));
    },
  };
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const now = new Set(ids);
  if (!now.delete(id)) now.add(id);
  return now;
}

/** What the keys that are held with a click or an arrow mean. */
export function choiceMode(event: {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}): ChoiceMode {
  if (event.shiftKey) return "range";
  return event.ctrlKey || event.metaKey ? "toggle" : "one";
}
