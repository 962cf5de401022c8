// A list of rows, some of which open: one stop of Tab, arrow keys inside, as a tree grid.

import { element, setChildren } from "../dom/dom";

export interface ListRow {
  readonly key: string;
  readonly level: 1 | 2;
  /** Absent: it cannot be opened. */
  readonly isOpen?: boolean;
  readonly isSelected?: boolean;
  readonly class?: string;
  readonly title?: string;
  readonly cells: readonly Node[];
  /** Opens or closes it. */
  readonly toggle?: () => void;
  /** A click, or Enter. */
  readonly take?: () => void;
}

export class RowList {
  readonly element: HTMLElement;
  private rows: readonly ListRow[] = [];
  private active = "";

  constructor(label: string) {
    this.element = element("div", {
      class: "cov-list",
      attributes: { role: "treegrid", tabindex: "0", "aria-label": label },
    });
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  show(rows: readonly ListRow[]): void {
    this.rows = rows;
    if (!rows.some((it) => it.key === this.active)) this.active = rows[0]?.key ?? "";
    setChildren(
      this.element,
      rows.map((it, at) => this.draw(it, at)),
    );
    this.element.setAttribute("aria-rowcount", String(rows.length));
    this.showActive(false);
  }

  private draw(row: ListRow, at: number): HTMLElement {
    const { key, level, isOpen, isSelected, title } = row;
    const made = element(
      "div",
      {
        class: `cov-row ${row.class ?? ""} ${isSelected ? "chosen" : ""}`,
        ...(title !== undefined && { title }),
        attributes: {
          ...{ role: "row", id: idOf(at), "aria-level": String(level), "aria-rowindex": String(at + 1) },
          ...(isOpen !== undefined && { "aria-expanded": String(isOpen) }),
          ...(isSelected !== undefined && { "aria-selected": String(isSelected) }),
        },
        onClick: () => {
          this.active = key;
          this.showActive(false);
          (row.take ?? row.toggle)?.();
        },
      },
      row.cells.map((it) => cellOf(it)),
    );
    return made;
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.element) return;
    const at = this.rows.findIndex((it) => it.key === this.active);
    const row = this.rows[at];
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.move(at + 1),
      ArrowUp: () => this.move(at - 1),
      PageDown: () => this.move(at + 10),
      PageUp: () => this.move(at - 10),
      Home: () => this.move(0),
      End: () => this.move(this.rows.length - 1),
      ArrowRight: () => (row?.isOpen === false ? row.toggle?.() : this.move(at + 1)),
      ArrowLeft: () => this.back(at),
      Enter: () => (row?.take ?? row?.toggle)?.(),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  /** Closes the row, or goes to the one above it in the tree. */
  private back(at: number): void {
    const row = this.rows[at];
    if (row?.isOpen === true) row.toggle?.();
    else if (row?.level === 2)
      this.move(this.rows.findLastIndex((it, index) => index < at && it.level === 1));
  }

  private move(at: number): void {
    this.active = this.rows[Math.max(0, Math.min(this.rows.length - 1, at))]?.key ?? "";
    this.showActive(true);
  }

  private showActive(isScrolled: boolean): void {
    for (const [at, it] of this.rows.entries()) {
      const node = this.element.children[at];
      const isActive = it.key === this.active;
      node?.classList.toggle("active", isActive);
      if (!isActive) continue;
      this.element.setAttribute("aria-activedescendant", idOf(at));
      if (isScrolled) node?.scrollIntoView({ block: "nearest" });
    }
    if (this.rows.length === 0) this.element.removeAttribute("aria-activedescendant");
  }
}

const idOf = (at: number): string => `cov-row-${at}`;

function cellOf(content: Node): HTMLElement {
  const cell = element("div", { attributes: { role: "gridcell" } }, [content]);
  if (content instanceof Element && content.hasAttribute("data-cell"))
    cell.classList.add(`cell-${content.getAttribute("data-cell")}`);
  return cell;
}

/** The content of a cell; `name` becomes the class of the cell. */
export function cell(name: string, children: readonly (Node | string)[]): HTMLElement {
  return element("span", { class: "cell", attributes: { "data-cell": name } }, children);
}

/** Why a row is there: what a narrow panel shows before it, and how much more there is, which is never cut. */
export function whyCell(why: string, { narrow = "", rest = "" } = {}): HTMLElement {
  return cell("why", [
    ...(narrow === "" ? [] : [element("span", { class: "cov-narrow", text: narrow })]),
    element("span", { class: "cov-own", text: why }),
    ...(rest === "" ? [] : [element("span", { class: "muted cov-rest", text: rest })]),
  ]);
}

/** Whether a row is open, as a picture. */
export function twistie(isOpen: boolean | undefined): HTMLElement {
  return element("span", {
    class: isOpen === undefined ? "cov-twistie none" : `cov-twistie ${isOpen ? "open" : ""}`,
    attributes: { "aria-hidden": "true" },
  });
}
