// The heads of the list's columns: each but the reasons sorts by its column.

import { element, setChildren } from "../dom/dom";
import type { SortKey, ViewOptions } from "../model/visibleRows";

interface Column {
  readonly key: SortKey | "why";
  readonly title: string;
  readonly description?: string;
}

const columns: readonly Column[] = [
  { key: "verdict", title: "State" },
  { key: "id", title: "Instance" },
  { key: "why", title: "Why" },
  { key: "zone", title: "Zone" },
  { key: "type", title: "Type" },
  { key: "age", title: "Age", description: "Since it registered with the cluster" },
];

export function createHeads(change: (view: Partial<ViewOptions>) => void) {
  const heads = columns.map((column) => createHead(column, change));
  const head = element("div", { class: "head", attributes: { role: "row", "aria-rowindex": "1" } }, [
    element("div", { class: "cell-mark", attributes: { role: "columnheader" } }, [
      element("span", { class: "unseen", text: "Open" }),
    ]),
    ...heads.map((it) => it.element),
  ]);
  return {
    heads,
    headGroup: element("div", { class: "head-group", attributes: { role: "rowgroup" } }, [head]),
  };
}

function createHead(column: Column, change: (view: Partial<ViewOptions>) => void) {
  const { key, title, description } = column;
  const whole = element("div", { class: `cell-${key}`, attributes: { role: "columnheader" } });
  let sortBy: () => void = () => {};
  const arrow = element("span", { class: "arrow", attributes: { "aria-hidden": "true" } });
  const sorter = element(
    "button",
    {
      class: "sorter",
      attributes: { type: "button" },
      onClick: () => sortBy(),
      ...(description !== undefined && { title: description }),
    },
    [title, arrow],
  );
  setChildren(whole, [key === "why" ? document.createTextNode(title) : sorter]);
  return {
    element: whole,
    update: ({ sort }: ViewOptions) => {
      if (key === "why") return;
      const isSorted = sort.key === key;
      const descending = isSorted && sort.descending;
      whole.setAttribute("aria-sort", isSorted ? (descending ? "descending" : "ascending") : "none");
      arrow.textContent = isSorted ? (descending ? " ↓" : " ↑") : "";
      sortBy = () => change({ sort: { key, descending: isSorted && !sort.descending } });
    },
  };
}
