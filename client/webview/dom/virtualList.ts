// A long list of items of differing heights in a part of the page that scrolls: only those near what is on view exist. Heights are
// guessed first and measured once an item is drawn.

import { element, setChildren } from "./dom";
import { rowOffsets } from "./rowOffsets";

export interface ListItem {
  readonly key: string;
  /** Two items with the same signature look the same: the drawn one is kept. */
  readonly signature: string;
  draw(index: number): HTMLElement;
}

/** Up to this many are all drawn: then the browser's own search finds everything. */
const drawAll = 200;
/** Pixels beyond the window that are drawn too. */
const margin = 600;

interface Drawn {
  readonly signature: string;
  readonly node: HTMLElement;
}

/** `Entry` is what an item is made of, once it is near. */
export class VirtualList<Entry extends { readonly key: string }> {
  readonly element: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly above = element("div", { class: "spacer", attributes: { role: "presentation" } });
  private readonly below = element("div", { class: "spacer", attributes: { role: "presentation" } });
  private entries: readonly Entry[] = [];
  private guessedHeight = 0;
  private itemOf: ((entry: Entry) => ListItem) | undefined;
  private offsets = rowOffsets(0, () => 0);
  /** Pixels, by key, of what was measured. */
  private heights = new Map<string, number>();
  private nodes = new Map<string, Drawn>();
  private isScheduled = false;
  private width = 0;

  /** `scroller` holds the list and is what scrolls. */
  constructor(scroller: HTMLElement) {
    this.scroller = scroller;
    this.element = element("div", { class: "rows", attributes: { role: "rowgroup" } }, [
      this.above,
      this.below,
    ]);
    scroller.addEventListener("scroll", () => this.schedule(), { passive: true });
    new ResizeObserver(() => this.schedule()).observe(scroller);
    new ResizeObserver(([entry]) => this.resized(entry?.contentRect.width ?? 0)).observe(this.element);
  }

  /** `guessedHeight`: pixels of an item that was not drawn yet. */
  show(entries: readonly Entry[], itemOf: (entry: Entry) => ListItem, guessedHeight: number): void {
    this.entries = entries;
    this.itemOf = itemOf;
    this.guessedHeight = guessedHeight;
    this.layOut();
    this.render();
  }

  /** Scrolls until the item is wholly on view. `reserved` pixels at the top are covered by something else. */
  scrollTo(index: number, reserved: number): void {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { top: edge, height } = this.scroller.getBoundingClientRect();
      const start = this.element.getBoundingClientRect().top - edge;
      const top = start + this.offsets.at(index);
      const bottom = start + this.offsets.at(index + 1);
      if (top < reserved) this.scroller.scrollBy(0, top - reserved);
      else if (bottom > height) this.scroller.scrollBy(0, Math.min(bottom - height, top - reserved));
      this.render();
    }
  }

  drawn(key: string): HTMLElement | undefined {
    return this.nodes.get(key)?.node;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => this.render());
  }

  /** Another width breaks the lines elsewhere: what was measured no longer holds. */
  private resized(width: number): void {
    if (width !== this.width) this.heights = new Map();
    this.width = width;
    this.layOut();
    this.schedule();
  }

  private layOut(): void {
    const { entries, heights, guessedHeight } = this;
    this.offsets = rowOffsets(entries.length, (at) => heights.get(entries[at]?.key ?? "") ?? guessedHeight);
  }

  private render(): void {
    this.isScheduled = false;
    const { entries, itemOf } = this;
    if (itemOf === undefined) return;
    const [first, last] = entries.length <= drawAll ? [0, entries.length] : this.range();
    const kept = new Map<string, Drawn>();
    entries.slice(first, last).forEach((entry, position) => {
      const item = itemOf(entry);
      const old = this.nodes.get(item.key);
      const { signature } = item;
      const drawn = old?.signature === signature ? old : { signature, node: item.draw(first + position) };
      drawn.node.setAttribute("aria-rowindex", String(first + position + 2));
      kept.set(item.key, drawn);
    });
    this.nodes = kept;
    setChildren(this.element, [this.above, ...[...kept.values()].map((it) => it.node), this.below]);
    if (this.measure()) this.layOut();
    this.above.style.height = `${this.offsets.at(first)}px`;
    this.below.style.height = `${this.offsets.at(entries.length) - this.offsets.at(last)}px`;
  }

  /** The items to be drawn, from the first to before the last. */
  private range(): readonly [number, number] {
    const { height, top: edge } = this.scroller.getBoundingClientRect();
    const top = this.element.getBoundingClientRect().top - edge;
    const last = this.offsets.indexAt(height - top + margin) + 1;
    return [this.offsets.indexAt(-top - margin), Math.min(this.entries.length, last)];
  }

  /** Whether a height is another one than was thought. */
  private measure(): boolean {
    let changed = false;
    for (const [key, { node }] of this.nodes) {
      const { height } = node.getBoundingClientRect();
      if (Math.abs((this.heights.get(key) ?? -1) - height) < 0.5) continue;
      this.heights.set(key, height);
      changed = true;
    }
    return changed;
  }
}
