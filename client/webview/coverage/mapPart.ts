// The map below the list of one cluster: the instances with gaps, or all of them, which are read when somebody asks.

import { counted, instanceCount } from "../../../server/src/core/text/counts";
import type { ClusterCoverageDetail, CoverageMapAnswer } from "../../../server/src/lsp/protocol/protocol";
import { element, setChildren, setText } from "../dom/dom";
import { type IllInstance, wholeFleet } from "./cells";
import { chip } from "./controls";
import { createHeatMap } from "./heatMap";
import { vscode } from "./host";
import { markElement } from "./marks";
import type { MarkName } from "./words";

const legend: readonly (readonly [MarkName, string])[] = [
  ["missing", "missing"],
  ["failing", "failing"],
  ["stale", "stale"],
  ["updating", "updating"],
  ["excluded", "not expected"],
];

export class MapPart {
  private readonly heat = createHeatMap((id) => this.chosen(id));
  private readonly chips = element("span", {
    class: "toggles",
    attributes: { role: "group", "aria-label": "Instances on the map" },
  });
  private readonly rest = element("p", { class: "muted" });
  readonly element = element("section", { class: "cov-map", attributes: { "aria-label": "Map" } }, [
    element("div", { class: "cov-map-head" }, [
      element("h2", { text: "Map" }),
      this.chips,
      element("span", { class: "cov-legend muted" }, [
        ...legend.map(([mark, word]) => element("span", {}, [markElement(mark), ` ${word}`])),
        element("span", { text: "· running" }),
      ]),
    ]),
    this.heat.element,
    this.rest,
  ]);
  private detail: ClusterCoverageDetail | undefined;
  private ill: readonly IllInstance[] = [];
  private map: CoverageMapAnswer | undefined;
  private whole: readonly IllInstance[] | undefined;
  private isWholeShown = false;

  constructor(private readonly chosen: (id: string) => void) {}

  reset(): void {
    this.map = undefined;
    this.whole = undefined;
    this.isWholeShown = false;
  }

  update(detail: ClusterCoverageDetail, ill: readonly IllInstance[], selected: string | undefined): void {
    this.detail = detail;
    this.ill = ill;
    if (this.map !== undefined && !("error" in this.map)) this.whole = wholeFleet(this.map, ill);
    this.draw();
    this.heat.select(selected);
  }

  takeWhole(map: CoverageMapAnswer): void {
    this.map = map;
    if ("error" in map) this.isWholeShown = false;
    else this.whole = wholeFleet(map, this.ill);
    this.draw();
  }

  select(id: string | undefined): void {
    this.heat.select(id);
  }

  find(id: string | undefined): IllInstance | undefined {
    return this.whole?.find((it) => it.instance.id === id);
  }

  private draw(): void {
    const { detail, ill } = this;
    if (detail === undefined) return;
    const { summary, daemons } = detail;
    const total = summary.instances ?? 0;
    this.element.hidden = daemons.length === 0 || summary.state === "unread";
    const isWhole = this.isWholeShown && this.whole !== undefined;
    setChildren(this.chips, [
      chip({ text: "With gaps", count: ill.length }, !this.isWholeShown, () => this.show(false)),
      ...(total <= ill.length
        ? []
        : [chip({ text: "All", count: total }, this.isWholeShown, () => this.show(true))]),
    ]);
    const rest = total - ill.length;
    const waits = this.isWholeShown && !isWhole;
    setText(
      this.rest,
      waits ? `Reading all ${instanceCount(total)}…` : isWhole ? "" : restText(rest, ill.length),
    );
    this.heat.element.hidden = !isWhole && ill.length === 0;
    const names = daemons.map((it) => it.service);
    this.heat.show(isWhole ? (this.whole ?? []) : ill, names, isWhole);
  }

  private show(isWhole: boolean): void {
    this.isWholeShown = isWhole;
    if (isWhole && this.whole === undefined && this.detail !== undefined)
      vscode.postMessage({ kind: "map", key: this.detail.summary.key });
    this.draw();
  }
}

/** What is not drawn. */
function restText(rest: number, drawn: number): string {
  if (rest <= 0) return "";
  const [run, they] = rest === 1 ? ["runs", "it"] : ["run", "they"];
  const who = counted(rest, drawn === 0 ? "instance" : "more instance");
  return `${who} ${run} all daemons that ${they} should.`;
}
