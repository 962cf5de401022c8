// What the fleet map is grouped by: a fact of every container instance, or an attribute that some have.

import { element, setChildren } from "../dom/dom";
import type { ViewOptions } from "../model/visibleRows";
import { type GroupKey, groupKeys } from "./groups";

const titles: Readonly<Record<(typeof groupKeys)[number], string>> = {
  zone: "zone",
  type: "instance type",
  status: "status",
};

export interface GroupSelect {
  readonly element: HTMLElement;
  update(key: GroupKey): void;
  /** The names of attributes to choose from. */
  offer(names: readonly string[]): void;
}

export function createGroupSelect(change: (view: Partial<ViewOptions>) => void): GroupSelect {
  const select = element("select", { attributes: { "aria-label": "Group the map by" } });
  const facts = groupKeys.map((key) => option(key, titles[key]));
  const attributes = element("optgroup", { attributes: { label: "Attributes" } });
  select.append(...facts, attributes);
  let offered: readonly string[] = [];
  select.addEventListener("change", () => change({ groupBy: select.value as GroupKey }));
  return {
    element: element("label", { class: "group-by muted" }, ["by ", select]),
    /** An attribute that no instance has any more stays on offer as long as the map is grouped by it. */
    update: (key: GroupKey) => {
      if (select.value === key) return;
      select.value = key;
      if (select.value === key) return;
      attributes.append(option(key, key.slice("attribute:".length)));
      select.value = key;
    },
    offer: (names: readonly string[]) => {
      attributes.hidden = names.length === 0;
      if (names.length === offered.length && names.every((it, index) => it === offered[index])) return;
      offered = names;
      const chosen = select.value;
      setChildren(
        attributes,
        names.map((it) => option(`attribute:${it}`, it)),
      );
      select.value = chosen;
    },
  };
}

function option(key: GroupKey, text: string): HTMLOptionElement {
  return element("option", { text, attributes: { value: key } });
}
