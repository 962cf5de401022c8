// A long list of items of differing heights in a part of the page that scrolls: only those near what is on view exist. Heights are
// guessed first and measured once an item is drawn.

import { element, setChildren } from "./dom";

export interface ListItem {
  readonly key: string;
  /** Two items with the same signature look the same: the drawn one is kept. */
  readonly signature: string;
  /** Pixels. */
  readonly guessedHeight: number;
  draw(index: number): HTMLElement;
}

export interface VirtualList {
  readonly element: HTMLElement;
  show(items: readonly ListItem[]): void;
  /** Scrolls until the item is wholly on view. `reserved` pixels at the top are covered by something else. */
  scrollTo(index: number, reserved: number): void;
  drawn(key: string): HTMLElement | undefined;
}

/** Up to this many are all drawn: then the browser's own search finds everything. */
const drawAll = 200;
/** Pixels beyond the window that are drawn too. */
const margin = 600;

/** `scroller` holds the list and is what scrolls. */
export function createVirtualList(scroller: HTMLElement): VirtualList {
  const above = element("div", { class: "spacer", attributes: { role: "presentation" } });
  const below = element("div", { class: "spacer", attributes: { role: "presentation" } });
  const list = element("div", { class: "rows", attributes: { role: "rowgroup" } }, [above, below]);
  let items: readonly ListItem[] = [];
  let offsets = new Float64Array(1);
  let heights = new Map<string, number>();
  let nodes = new Map<string, { readonly signature: string; readonly node: HTMLElement }>();
  let scheduled = false;

  const layOut = () => {
    offsets = new Float64Array(items.length + 1);
    items.forEach((item, index) => {
      offsets[index + 1] = at(index) + (heights.get(item.key) ?? item.guessedHeight);
    });
  };
  const at = (index: number) => offsets[index] ?? 0;

  const render = () => {
    scheduled = false;
    const [first, last] = items.length <= drawAll ? [0, items.length] : range();
    const kept = new Map<string, { readonly signature: string; readonly node: HTMLElement }>();
    items.slice(first, last).forEach((item, position) => {
      const old = nodes.get(item.key);
      const fresh = old?.signature === item.signature ? old : undefined;
      kept.set(item.key, fresh ?? { signature: item.signature, node: item.draw(first + position) });
      kept.get(item.key)?.node.setAttribute("aria-rowindex", String(first + position + 2));
    });
    nodes = kept;
    setChildren(list, [above, ...[...kept.values()].map((it) => it.node), below]);
    if (measure()) layOut();
    above.style.height = `${at(first)}px`;
    below.style.height = `${at(items.length) - at(last)}px`;
  };
  const range = (): readonly [number, number] => {
    const window = scroller.getBoundingClientRect();
    const top = list.getBoundingClientRect().top - window.top;
    return [indexAt(-top - margin), Math.min(items.length, indexAt(window.height - top + margin) + 1)];
  };
  /** The index of the item that covers the offset. */
  const indexAt = (offset: number): number => {
    let low = 0;
    let high = Math.max(0, items.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const measure = (): boolean => {
    let changed = false;
    for (const [key, { node }] of nodes) {
      const height = node.getBoundingClientRect().height;
      if (Math.abs((heights.get(key) ?? -1) - height) < 0.5) continue;
      heights.set(key, height);
      changed = true;
    }
    return changed;
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(render);
  };
  scroller.addEventListener("scroll", schedule, { passive: true });
  new ResizeObserver(schedule).observe(scroller);
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = entry?.contentRect.width ?? 0;
    // Another width breaks the lines elsewhere: what was measured no longer holds.
    if (now !== width) heights = new Map();
    width = now;
    layOut();
    schedule();
  }).observe(list);

  return {
    element: list,
    show: (now) => {
      items = now;
      layOut();
      render();
    },
    scrollTo: (index, reserved) => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const { top: edge, height } = scroller.getBoundingClientRect();
        const start = list.getBoundingClientRect().top - edge;
        const top = start + at(index);
        const bottom = start + at(index + 1);
        if (top < reserved) scroller.scrollBy(0, top - reserved);
        else if (bottom > height) scroller.scrollBy(0, Math.min(bottom - height, top - reserved));
        render();
      }
    },
    drawn: (key) => nodes.get(key)?.node,
  };
}
