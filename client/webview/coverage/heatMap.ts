// The map of one cluster: a column for each instance, a line for each daemon, on one canvas, with the pointer and the keys.

import { counted, countText, instanceCount } from "../../../server/src/core/text/counts";
import { element } from "../dom/dom";
import { type IllInstance, nameOf } from "./cells";
import { type HeatMapLayout, layOut, paintColumns } from "./paintColumns";
import type { MarkName } from "./words";

export interface HeatMap {
  readonly element: HTMLElement;
  show(instances: readonly IllInstance[], daemons: readonly string[], isWhole: boolean): void;
  /** Marks the column of an instance. */
  select(id: string | undefined): void;
}

/** `chosen` is called with an instance that was clicked, or taken with Enter. */
export function createHeatMap(chosen: (id: string) => void): HeatMap {
  return new CanvasMap(chosen);
}

class CanvasMap implements HeatMap {
  private readonly canvas = element("canvas", { attributes: { role: "img" } });
  private readonly cursor = element("div", { class: "heat-cursor", attributes: { hidden: "" } });
  private readonly labels = element("div", { class: "heat-labels", attributes: { "aria-hidden": "true" } });
  private readonly said = element("p", { class: "unseen", attributes: { "aria-live": "polite" } });
  private readonly cells = element(
    "div",
    {
      class: "heat-cells",
      attributes: {
        tabindex: "0",
        role: "group",
        "aria-label": "Map: arrow keys move, Enter selects the instance",
      },
    },
    [this.canvas, this.cursor],
  );
  readonly element = element("div", { class: "heat" }, [this.labels, this.cells, this.said]);
  private instances: readonly IllInstance[] = [];
  private daemons: readonly string[] = [];
  private isWhole = false;
  private width = 0;
  private layout: HeatMapLayout = layOut(0, 0, 0, false);
  private at = { column: 0, daemon: 0 };
  private selected: string | undefined;

  constructor(private readonly chosen: (id: string) => void) {
    new ResizeObserver(([entry]) => this.resized(entry?.contentRect.width ?? 0)).observe(this.cells);
    this.canvas.addEventListener("mousemove", (event) => {
      const found = this.cellBelow(event);
      this.canvas.title = found === undefined ? "" : this.wordsOf(found.column, found.daemon);
    });
    this.canvas.addEventListener("click", (event) => {
      const found = this.cellBelow(event);
      if (found === undefined) return;
      this.at = found;
      this.take();
    });
    this.cells.addEventListener("keydown", (event) => this.key(event));
    this.cells.addEventListener("focus", () => this.moveTo(this.at.column, this.at.daemon));
    this.cells.addEventListener("blur", () => this.drawCursor());
  }

  show(instances: readonly IllInstance[], daemons: readonly string[], isWhole: boolean): void {
    this.instances = instances;
    this.daemons = daemons;
    this.isWhole = isWhole;
    this.draw();
  }

  select(id: string | undefined): void {
    this.selected = id;
    const column = this.instances.findIndex((it) => it.instance.id === id);
    if (column >= 0) this.at = { ...this.at, column };
    this.drawCursor();
  }

  private resized(width: number): void {
    if (width === this.width || width === 0) return;
    this.width = width;
    this.draw();
  }

  private draw(): void {
    if (this.width === 0) return;
    const { instances, daemons, canvas } = this;
    this.layout = layOut(instances.length, daemons.length, this.width, this.isWhole);
    const { columns, bands, bandHeight, pitch, isLabelled } = this.layout;
    this.element.classList.toggle("labelled", isLabelled);
    this.labels.replaceChildren(
      ...(isLabelled ? daemons.map((text) => element("span", { text, title: text })) : []),
    );
    const [width, height] = [columns * pitch, bands * bandHeight];
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const place = canvas.getContext("2d");
    if (place === null) return;
    place.scale(scale, scale);
    paintColumns(place, this.layout, instances, daemons.length);
    canvas.setAttribute("aria-label", this.summary());
    this.drawCursor();
  }

  private summary(): string {
    const counts = new Map<MarkName, number>();
    for (const { cells } of this.instances)
      for (const { mark } of cells) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    const words = [...counts].map(([mark, count]) => `${countText(count)} ${mark}`).join(", ");
    return `${instanceCount(this.instances.length)} by ${counted(this.daemons.length, "daemon")}${words === "" ? "" : `: ${words}`}`;
  }

  private cellBelow(event: MouseEvent) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const { pitch, columns, bandHeight } = this.layout;
    const band = Math.floor((event.clientY - top) / bandHeight);
    const daemon = Math.floor((event.clientY - top - band * bandHeight) / pitch);
    const column = band * columns + Math.floor((event.clientX - left) / pitch);
    if (daemon >= this.daemons.length || this.instances[column] === undefined) return undefined;
    return { column, daemon };
  }

  private wordsOf(column: number, daemon: number): string {
    const found = this.instances[column];
    if (found === undefined) return "";
    const cell = found.cells.find((it) => it.daemon === daemon);
    const word = cell?.state ?? (found.excluded.has(daemon) ? "not expected" : "running");
    const where = [found.instance.zone, found.instance.type].filter((it) => it !== undefined).join(", ");
    return [
      `${nameOf(found.instance)}${where === "" ? "" : ` (${where})`}`,
      `${this.daemons[daemon] ?? ""}: ${word}`,
      ...(cell?.reasons ?? []).map((it) => it.message),
    ].join("\n");
  }

  private key(event: KeyboardEvent): void {
    const { column, daemon } = this.at;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowRight: () => this.moveTo(column + 1, daemon),
      ArrowLeft: () => this.moveTo(column - 1, daemon),
      ArrowDown: () => this.moveTo(column, daemon + 1),
      ArrowUp: () => this.moveTo(column, daemon - 1),
      Home: () => this.moveTo(0, daemon),
      End: () => this.moveTo(this.instances.length - 1, daemon),
      Enter: () => this.take(),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  private moveTo(column: number, daemon: number): void {
    const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
    this.at = {
      column: within(column, this.instances.length),
      daemon: within(daemon, this.daemons.length),
    };
    this.said.textContent = this.wordsOf(this.at.column, this.at.daemon);
    this.drawCursor();
  }

  private take(): void {
    const found = this.instances[this.at.column];
    if (found !== undefined) this.chosen(found.instance.id);
  }

  /** The cell with the focus, else the column that is selected. */
  private drawCursor(): void {
    const { pitch, size, columns, bandHeight } = this.layout;
    const hasFocus = document.activeElement === this.cells;
    const column = hasFocus
      ? this.at.column
      : this.instances.findIndex((it) => it.instance.id === this.selected);
    const isShown = column >= 0 && this.instances[column] !== undefined;
    this.cursor.hidden = !isShown;
    if (!isShown) return;
    const top = Math.floor(column / columns) * bandHeight + (hasFocus ? this.at.daemon * pitch : 0);
    const height = hasFocus ? size : (this.daemons.length - 1) * pitch + size;
    Object.assign(this.cursor.style, {
      left: `${(column % columns) * pitch - 2}px`,
      top: `${top - 2}px`,
      width: `${size + 4}px`,
      height: `${height + 4}px`,
    });
  }
}
