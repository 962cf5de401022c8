// All clusters: those with gaps as rows with the reason, then one tile for each, by Region.

import { counted, countText } from "../../../server/src/core/text/counts";
import type { ClusterSummary, CoverageOverview } from "../../../server/src/lsp/protocol/protocol";
import { button, element, setChildren, setText } from "../dom/dom";
import {
  ageText,
  chip,
  chipGroup,
  countLine,
  createHead,
  emptyState,
  note,
  stepButtons,
  textFilter,
} from "./controls";
import { vscode } from "./host";
import { markElement } from "./marks";
import { cell, type ListRow, RowList, twistie, whyCell } from "./rowList";
import { type MarkName, markOfCluster, percentText, wordOfCluster } from "./words";

export class FleetView {
  private readonly headParts = createHead();
  readonly head = this.headParts.element;
  private readonly chips = chipGroup("Filter by state");
  private readonly field = textFilter("Filter by cluster, daemon or reason");
  private readonly tools = element("div", { class: "tools" }, [this.chips, this.field]);
  private readonly list = new RowList("Clusters with gaps");
  private readonly tiles = element("div", { class: "cov-tiles" });
  private readonly empty = element("div");
  readonly body = element("div", { class: "body-part one" }, [
    element("div", { class: "main-part cov-scroll", attributes: { tabindex: "-1" } }, [
      this.tools,
      this.list.element,
      this.tiles,
      this.empty,
    ]),
  ]);
  readonly parts = [this.head, this.body];
  private overview: CoverageOverview | undefined;
  private shown: MarkName | undefined;
  /** Milliseconds that the clock of the host is ahead. */
  private ahead = 0;

  constructor(private readonly open: (key: string) => void) {
    this.field.addEventListener("input", () => this.drawClusters());
  }

  update(overview: CoverageOverview, ahead: number): void {
    this.overview = overview;
    this.ahead = ahead;
    setText(this.headParts.answer, answerOf(overview));
    this.drawContext();
    const expected = sum(overview.clusters, (it) => it.wanted);
    setChildren(this.headParts.counts, [
      countLine(
        expected,
        sum(overview.clusters, (it) => it.running),
        shareOf(overview),
      ),
    ]);
    setChildren(
      this.headParts.notes,
      overview.problems.slice(0, 1).map(({ place, error }) => {
        const more = overview.problems.length - 1;
        const rest = more > 0 ? ` +${counted(more, "more place", "more places")}` : "";
        return note("warning", `${place}: ${error.message}${rest}`, stepButtons(overview.next.slice(0, 2)));
      }),
    );
    this.drawClusters();
  }

  /** Ages grow by themselves. */
  drawContext(): void {
    if (this.overview === undefined) return;
    const { clusters, condition, nextLook, problems } = this.overview;
    const places = [...new Set([...clusters, ...problems].map((it) => it.place))];
    const oldest = Math.min(...clusters.flatMap((it) => it.readAt ?? []));
    const read = clusters.filter((it) => it.readAt !== undefined).length;
    const words = [
      ...(condition === "looking"
        ? [`reading, ${countText(read)} of ${counted(clusters.length, "cluster")} read`]
        : []),
      ...(Number.isFinite(oldest) ? [`oldest read ${ageText(Date.now() + this.ahead - oldest)}`] : []),
      ...(condition === "ready" && nextLook !== undefined && clusters.length > 0
        ? [`next check within ${Math.ceil(nextLook / 1000)} s`]
        : []),
    ];
    setChildren(this.headParts.context, [
      dropdown(places.length === 1 ? (places[0] ?? "") : `${counted(places.length, "place")}`),
      element("span", { text: words.join(", ") }),
    ]);
  }

  focusFilter(): void {
    this.field.focus();
  }

  private drawClusters(): void {
    const { clusters = [] } = this.overview ?? {};
    const counts = new Map<MarkName, number>();
    for (const it of clusters) counts.set(markOfCluster(it), (counts.get(markOfCluster(it)) ?? 0) + 1);
    const choose = (mark: MarkName | undefined) => () => {
      this.shown = this.shown === mark ? undefined : mark;
      this.drawClusters();
    };
    setChildren(this.chips, [
      chip({ text: "All", count: clusters.length }, this.shown === undefined, choose(undefined)),
      ...[...counts].map(([mark, count]) =>
        chip(
          { text: mark === "excluded" ? "nothing expected" : mark, count, mark },
          this.shown === mark,
          choose(mark),
        ),
      ),
    ]);
    this.tools.hidden = clusters.length === 0;
    this.headParts.counts.hidden = clusters.length === 0;
    const text = this.field.value.trim().toLowerCase();
    const visible = clusters.filter(
      (it) => (this.shown === undefined || markOfCluster(it) === this.shown) && matches(it, text),
    );
    this.list.show(visible.filter(isListed).map((it) => this.row(it)));
    setChildren(this.tiles, tilesByPlace(visible, this.open));
    const isFiltered = visible.length === 0 && clusters.length > 0;
    setChildren(this.empty, isFiltered ? [this.filteredAway()] : []);
  }

  private filteredAway(): HTMLElement {
    const clear = button("Clear Filters", () => {
      this.shown = undefined;
      this.field.value = "";
      this.drawClusters();
    });
    return emptyState("No cluster passes the filters", "Some clusters are hidden.", [clear]);
  }

  private row(summary: ClusterSummary): ListRow {
    const { key, cluster, place, lacking, reason, more, problem, incomplete, running, wanted } = summary;
    const mark = markOfCluster(summary);
    const why = problem?.message ?? reason ?? incomplete[0] ?? "";
    const rest = more > 0 ? `+${countText(more)} more` : "";
    return {
      key,
      level: 1,
      isOpen: false,
      class: "cluster",
      title: `${cluster}: ${why} ${rest}`.trimEnd(),
      cells: [
        cell("mark", [twistie(false), markElement(mark)]),
        cell(
          "state",
          lacking > 0 ? [element("b", { text: countText(lacking) }), ` ${mark}`] : [wordOfCluster(summary)],
        ),
        cell("name", [cluster]),
        whyCell(why, {
          narrow: `${lacking > 0 ? `${countText(lacking)} ` : ""}${wordOfCluster(summary)}: `,
          rest,
        }),
        cell("place", [place]),
        cell("share", [problem === undefined ? percentText(running, wanted) : ""]),
      ],
      toggle: () => this.open(key),
    };
  }
}

function dropdown(text: string): HTMLElement {
  return element("span", { class: "fact" }, [
    element("button", {
      ...{ class: "button link drop", text },
      title: "Select accounts and Regions",
      attributes: { type: "button" },
      onClick: () => vscode.postMessage({ kind: "select" }),
    }),
  ]);
}

function answerOf({ clusters, condition, problems }: CoverageOverview): string {
  const lacking = sum(clusters, (it) => it.lacking);
  const ill = clusters.filter((it) => it.lacking > 0).length;
  const unknown = clusters.filter((it) => it.state === "unknown" || it.problem !== undefined).length;
  const isUnread = clusters.some((it) => it.state === "unread");
  if (lacking > 0)
    return `${counted(lacking, "container instance")} ${lacking === 1 ? "lacks" : "lack"} a working daemon, in ${countText(ill)} of ${counted(clusters.length, "cluster")}.`;
  if (clusters.length === 0)
    return condition === "looking" ? "Reading the clusters…" : "No cluster has been read.";
  if (unknown > 0 || problems.length > 0)
    return `No gap was seen, but ${unknown > 0 ? counted(unknown, "cluster") : counted(problems.length, "place")} could not be read.`;
  if (isUnread) return "No gap so far; some clusters have not been read yet.";
  return `Every expected daemon runs, in ${counted(clusters.length, "cluster")}.`;
}

function shareOf({ clusters }: CoverageOverview): readonly string[] {
  const read = clusters.filter((it) => it.wanted > 0);
  const unknown = clusters.filter((it) => it.state === "unknown").length;
  const share = percentText(
    sum(read, (it) => it.running),
    sum(read, (it) => it.wanted),
  );
  return [
    ...(share === "" ? [] : [`${share} of ${counted(read.length, "cluster")}`]),
    ...(unknown > 0 ? [`${counted(unknown, "cluster")} unknown`] : []),
  ];
}

const quiet: readonly ClusterSummary["state"][] = ["covered", "none", "empty", "unread", "updating"];
const isListed = ({ state, problem }: ClusterSummary): boolean =>
  problem !== undefined || !quiet.includes(state);

function matches({ cluster, place, reason, problem }: ClusterSummary, text: string): boolean {
  return [cluster, place, reason, problem?.message].some((it) => it?.toLowerCase().includes(text) === true);
}

function tilesByPlace(
  clusters: readonly ClusterSummary[],
  open: (key: string) => void,
): readonly HTMLElement[] {
  const places = new Map<string, ClusterSummary[]>();
  for (const it of clusters) {
    const known = places.get(it.place);
    if (known === undefined) places.set(it.place, [it]);
    else known.push(it);
  }
  return [...places].flatMap(([place, own]) => [
    element("h2", {}, [
      place,
      element("span", { class: "muted", text: ` ${counted(own.length, "cluster")}` }),
    ]),
    element(
      "div",
      { class: "cov-grid" },
      own.map((it) => tile(it, open)),
    ),
  ]);
}

function tile(summary: ClusterSummary, open: (key: string) => void): HTMLElement {
  const { key, cluster, lacking } = summary;
  const mark = markOfCluster(summary);
  const word = wordOfCluster(summary);
  return element(
    "button",
    {
      class: `cov-tile ${mark}`,
      title: `${cluster}: ${lacking > 0 ? `${countText(lacking)} ` : ""}${word}`,
      attributes: { type: "button" },
      onClick: () => open(key),
    },
    [
      markElement(mark),
      ...(lacking > 0 ? [element("b", { text: countText(lacking) })] : []),
      element("span", { class: "tile-name", text: cluster }),
      element("span", { class: "unseen", text: ` ${word}` }),
    ],
  );
}

function sum<It>(all: readonly It[], of: (it: It) => number): number {
  return all.reduce((total, it) => total + of(it), 0);
}
