// The menu of a row: Shift+F10, the menu key or the right mouse button opens it.

import { element, setChildren, setText } from "../dom/dom";

/** Pixels in the window. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface MenuLine {
  readonly label: string;
  /** The keys that do the same in the list; none: empty. */
  readonly keys: string;
  take(): void;
}

export class RowMenu {
  readonly element = element("div", {
    class: "row-menu",
    attributes: { role: "menu", popover: "manual", "aria-label": "Container instance" },
  });
  /** Of the row that it belongs to; `undefined`: it is closed. */
  key: string | undefined;
  private readonly giveBackFocus: () => void;
  private point: Point = { x: 0, y: 0 };
  private readonly items: ReturnType<typeof createItem>[] = [];

  constructor(giveBackFocus: () => void) {
    this.giveBackFocus = giveBackFocus;
    const { element } = this;
    element.addEventListener("keydown", (event) => {
      if (this.press(event.key)) event.preventDefault();
      event.stopPropagation();
    });
    element.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) this.close();
    });
    element.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** Lines that stay where they are keep the focus: more may follow once the server has answered. */
  fill(lines: readonly MenuLine[]): void {
    const { items } = this;
    while (items.length < lines.length) items.push(createItem());
    for (const [at, line] of lines.entries())
      items[at]?.update(line, () => {
        this.leave();
        line.take();
      });
    setChildren(
      this.element,
      items.slice(0, lines.length).map((it) => it.element),
    );
    this.place();
  }

  /** With the focus on its first line. */
  show(point: Point): void {
    this.point = point;
    this.element.showPopover();
    this.place();
    this.focus(0);
  }

  /** At its point, as far as the window has room for all of it. */
  private place(): void {
    const { element } = this;
    const { x, y } = this.point;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(x, innerWidth - width))}px`;
    element.style.top = `${Math.max(0, Math.min(y, innerHeight - height))}px`;
  }

  close(): void {
    this.key = undefined;
    if (this.element.matches(":popover-open")) this.element.hidePopover();
  }

  private leave(): void {
    this.close();
    this.giveBackFocus();
  }

  private focus(at: number): void {
    const shown = this.element.children;
    const item = shown[(at + shown.length) % shown.length];
    if (item instanceof HTMLElement) item.focus({ preventScroll: true });
  }

  /** Whether the key means something here. */
  private press(key: string): boolean {
    const at = [...this.element.children].indexOf(document.activeElement ?? this.element);
    if (key === "Escape" || key === "Tab") this.leave();
    else if (key === "ArrowDown") this.focus(at + 1);
    else if (key === "ArrowUp") this.focus(at - 1);
    else if (key === "Home" || key === "End") this.focus(key === "Home" ? 0 : -1);
    else return false;
    return true;
  }
}

function createItem() {
  let take: () => void = () => {};
  const label = element("span");
  const keys = element("span", { class: "muted", attributes: { "aria-hidden": "true" } });
  const whole = element(
    "button",
    {
      class: "menu-item",
      attributes: { type: "button", role: "menuitem", tabindex: "-1" },
      onClick: () => take(),
    },
    [label, keys],
  );
  return {
    element: whole,
    update: (line: MenuLine, taken: () => void) => {
      setText(label, line.label);
      setText(keys, line.keys);
      take = taken;
    },
  };
}
