// One cluster: the reasons with their instances, the map of daemons by instances, and the rail.

import { counted, countText } from "../../../server/src/core/text/counts";
import type {
  ClusterCoverageDetail,
  CoverageGroup,
  CoverageMapAnswer,
  RoomPlanAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import { button, element, setChildren, setText } from "../dom/dom";
import { type IllInstance, illInstances, matches, worstFirst } from "./cells";
import { daemonRows, groupRow, instanceRow, moreRow } from "./clusterRows";
import { answerOf, isRead, keyOf, stateWords } from "./clusterWords";
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
import { MapPart } from "./mapPart";
import { Rail } from "./rail";
import { type ListRow, RowList } from "./rowList";

/** Rows of an open reason, and how many more a click shows. */
const fewRows = 5;
const moreRows = 100;

export class ClusterView {
  private readonly headParts = createHead();
  readonly head = this.headParts.element;
  private readonly chips = chipGroup("List by");
  private readonly field = textFilter("Filter by instance, daemon or reason");
  private readonly list = new RowList("Instances without a daemon, by reason");
  private readonly empty = element("div");
  private readonly map = new MapPart((id) => this.select(id));
  private readonly rail = new Rail();
  readonly body = element("div", { class: "body-part cov-cluster" }, [
    element("div", { class: "main-part cov-scroll", attributes: { tabindex: "-1" } }, [
      element("div", { class: "tools" }, [this.chips, this.field]),
      this.list.element,
      this.empty,
      this.map.element,
    ]),
    this.rail.element,
  ]);
  readonly parts = [this.head, this.body, this.rail.element];
  private detail: ClusterCoverageDetail | undefined;
  private ill: readonly IllInstance[] = [];
  private byDaemon = false;
  private selected: string | undefined;
  private readonly open = new Set<string>();
  private readonly shownRows = new Map<string, number>();
  private ahead = 0;
  private clusters = 1;

  constructor(private readonly back: () => void) {
    this.field.addEventListener("input", () => this.drawList());
  }

  /** Another cluster begins anew. */
  reset(): void {
    this.detail = undefined;
    this.map.reset();
    this.selected = undefined;
    this.open.clear();
    this.shownRows.clear();
    this.field.value = "";
  }

  update(detail: ClusterCoverageDetail, ahead: number, clusters: number): void {
    const isFirst = this.detail === undefined;
    this.detail = detail;
    this.ahead = ahead;
    this.clusters = clusters;
    this.ill = worstFirst(illInstances(detail));
    const [first] = detail.groups;
    if (isFirst && first !== undefined) this.open.add(keyOf(first));
    setText(this.headParts.answer, answerOf(detail));
    this.drawContext();
    const { wanted, running, states } = detail.summary;
    setChildren(
      this.headParts.counts,
      isRead(detail.summary) ? [countLine(wanted, running, stateWords(states))] : [],
    );
    setChildren(this.headParts.notes, this.noteOf(detail));
    this.drawList();
    this.map.update(detail, this.ill, this.selected);
    this.rail.update(detail, this.selectedInstance());
  }

  takeMap(map: CoverageMapAnswer): void {
    if ("error" in map) setChildren(this.headParts.notes, [note("warning", map.error.message, [])]);
    this.map.takeWhole(map);
  }

  takePlan(instance: string, plan: RoomPlanAnswer): void {
    this.rail.takePlan(instance, plan);
    if (this.detail !== undefined) this.rail.update(this.detail, this.selectedInstance());
  }

  drawContext(): void {
    if (this.detail === undefined) return;
    const { summary } = this.detail;
    const { cluster, place, account, readAt, isReading, daemons } = summary;
    setChildren(this.headParts.context, [
      element("span", { class: "fact" }, [
        ...(this.clusters > 1 ? [button(counted(this.clusters, "cluster"), this.back, "link"), "›"] : []),
        element("span", { text: [cluster, account, place].filter((it) => it !== undefined).join(", ") }),
      ]),
      ...(isRead(summary) ? [element("span", { text: counted(daemons, "daemon") })] : []),
      element("span", {
        text: isReading
          ? "reading…"
          : readAt === undefined
            ? ""
            : `read ${ageText(Date.now() + this.ahead - readAt)}`,
      }),
    ]);
  }

  focusFilter(): void {
    this.field.focus();
  }

  private noteOf({ summary }: ClusterCoverageDetail): readonly HTMLElement[] {
    const { problem, incomplete } = summary;
    if (problem !== undefined) return [note("warning", problem.message, stepButtons(["retry"]))];
    const [first] = incomplete;
    if (first === undefined) return [];
    const more = incomplete.length - 1;
    return [
      note("warning", `${first}${more > 0 ? ` +${countText(more)} more` : ""}`, stepButtons(["retry"])),
    ];
  }

  // The list -------------------------------------------------------------------------------------------------------

  private drawList(): void {
    const { detail } = this;
    if (detail === undefined) return;
    const list = (byDaemon: boolean) => () => {
      this.byDaemon = byDaemon;
      this.drawList();
    };
    setChildren(this.chips, [
      chip({ text: "Reasons", count: detail.groups.length }, !this.byDaemon, list(false)),
      chip({ text: "Daemons", count: detail.daemons.length }, this.byDaemon, list(true)),
    ]);
    const rows = this.byDaemon ? this.daemonRows(detail) : this.reasonRows(detail);
    this.list.show(rows);
    this.list.element.hidden = rows.length === 0;
    setChildren(this.empty, rows.length === 0 ? [this.emptyList(detail)] : []);
  }

  private emptyList({ summary }: ClusterCoverageDetail): HTMLElement {
    const clear = button("Clear Filters", () => {
      this.field.value = "";
      this.drawList();
    });
    if (this.field.value !== "")
      return emptyState("Nothing passes the filter", "Instances are hidden.", [clear]);
    const { state } = summary;
    if (state === "unread") return emptyState("Reading…", "The cluster has not been read yet.", []);
    if (state === "none")
      return emptyState(
        "No daemon services",
        "The cluster has no service with the scheduling strategy DAEMON, and no managed daemon.",
        [],
      );
    if (state === "empty")
      return emptyState("No container instances", "The cluster has no container instances.", []);
    if (state === "unknown")
      return emptyState(
        "Coverage unknown",
        isRead(summary)
          ? "The cluster could not be read completely: a gap may be unseen."
          : "Nothing is known about the daemons of this cluster.",
        [],
      );
    return emptyState("Covered", "Select Daemons to see how many tasks of each run.", []);
  }

  private reasonRows(detail: ClusterCoverageDetail): readonly ListRow[] {
    const text = this.field.value.trim();
    const byId = new Map(this.ill.map((it) => [it.instance.id, it]));
    return detail.groups.flatMap((group) => {
      const own = group.instances.flatMap((at) => byId.get(detail.instances[at]?.id ?? "") ?? []);
      const passing = own.filter((it) => matches(it, detail.daemons, text));
      return passing.length === 0 ? [] : this.groupRows(detail, group, passing);
    });
  }

  private groupRows(
    detail: ClusterCoverageDetail,
    group: CoverageGroup,
    passing: readonly IllInstance[],
  ): readonly ListRow[] {
    const key = keyOf(group);
    const isOpen = this.open.has(key);
    const shown = this.shownRows.get(key) ?? fewRows;
    const hidden = passing.length - shown;
    const next = Math.min(hidden, moreRows);
    const head = groupRow(detail, group, passing.length, isOpen, () => {
      if (!this.open.delete(key)) this.open.add(key);
      this.drawList();
    });
    if (!isOpen) return [head];
    const rows = passing
      .slice(0, shown)
      .map((it) =>
        instanceRow(detail, group, it, it.instance.id === this.selected, () => this.select(it.instance.id)),
      );
    if (hidden <= 0) return [head, ...rows];
    const more = moreRow(key, next, hidden, () => {
      this.shownRows.set(key, shown + next);
      this.drawList();
    });
    return [head, ...rows, more];
  }

  private daemonRows({ daemons }: ClusterCoverageDetail): readonly ListRow[] {
    const text = this.field.value.trim().toLowerCase();
    const found = daemons.filter((it) => it.service.toLowerCase().includes(text));
    return daemonRows(found, (service) => {
      this.field.value = service;
      this.byDaemon = false;
      this.drawList();
    });
  }

  // Map and rail ---------------------------------------------------------------------------------------------------

  private select(id: string): void {
    if (this.selected !== id) this.rail.forgetPlan();
    this.selected = id;
    const found = this.ill.find((it) => it.instance.id === id);
    const group = this.detail?.groups.find((it) =>
      it.instances.some((at) => this.detail?.instances[at]?.id === id),
    );
    if (found !== undefined && group !== undefined) this.open.add(keyOf(group));
    this.drawList();
    this.map.select(id);
    if (this.detail !== undefined) this.rail.update(this.detail, this.selectedInstance());
  }

  private selectedInstance(): IllInstance | undefined {
    return this.ill.find((it) => it.instance.id === this.selected) ?? this.map.find(this.selected);
  }
}
