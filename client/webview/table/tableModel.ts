// The lines of the list, which of them are open, chosen and active, and how that changes. No DOM here.

import type { Row } from "../model/instanceRecords";
import { type ChoiceMode, createChoice } from "../model/selectedInstances";
import { mapInSteps, type Steps } from "../model/steps";
import { type ReasonGroup, reasonGroupsInSteps, reasonKeyOf } from "./reasonGroups";
import type { Asked } from "./roomWords";
import { entriesByReason, restKeyOf, type TableEntry } from "./tableEntries";

export class TableModel {
  entries: readonly TableEntry[] = [];
  rows: readonly Row[] = [];
  activeKey: string | undefined;
  /** Details are shown beside the list, where there is room for one. */
  isBeside = false;
  /** What one task reserves. */
  asked: Asked;
  readonly choice = createChoice();
  /** Ids of instances and keys of reasons. */
  private readonly open = new Set<string>();
  /** Where there is a line for each reason. */
  private groups: readonly ReasonGroup[] | undefined;

  /** Another list of rows. What is not in it is neither chosen nor active any more. */
  *show(rows: readonly Row[], byReason: boolean, asked?: Asked): Steps<void> {
    const groups = byReason ? yield* reasonGroupsInSteps(rows, asked) : undefined;
    const flat = byReason
      ? []
      : yield* mapInSteps(rows, (row): TableEntry => ({ kind: "row", key: row.id, row, level: 1 }));
    this.rows = rows;
    this.asked = asked;
    this.groups = groups;
    this.entries = flat;
    if (this.choice.ids.size > 0) this.choice.keep(new Set(rows.map((it) => it.id)));
    this.layOut();
    if (this.indexOf(this.activeKey) < 0) this.activeKey = undefined;
  }

  /** Makes the lines anew where they depend on what is open. */
  layOut(): void {
    if (this.groups !== undefined) this.entries = entriesByReason(this.groups, this.open);
  }

  indexOf(key: string | undefined): number {
    if (key === undefined) return -1;
    return this.entries.findIndex((it) => it.key === key);
  }

  isOpen(key: string): boolean {
    return this.open.has(key);
  }

  close(key: string): void {
    this.open.delete(key);
  }

  openRow(id: string): void {
    if (this.isBeside) this.closeRowsBut(id);
    this.open.add(id);
  }

  /** Opens or closes a line. Returns the id of the instance that is open now and was not before. */
  toggle({ key, kind }: TableEntry): string | undefined {
    if (this.open.delete(key)) return undefined;
    if (kind === "row") this.openRow(key);
    else this.open.add(key);
    return kind === "row" ? key : undefined;
  }

  /** Opens the reason that an instance is below, where it is not among the lines. */
  openReasonOf(row: Row): void {
    if (this.groups === undefined || this.indexOf(row.id) >= 0) return;
    this.open.add(reasonKeyOf(row));
    this.open.add(restKeyOf(reasonKeyOf(row)));
  }

  activate(entry: TableEntry, mode: ChoiceMode): void {
    this.activeKey = entry.key;
    if (entry.kind === "row") this.choice.choose(entry.row.id, mode, this.order());
  }

  /** Ids of the instances as the user sees them. */
  order(): readonly string[] {
    return this.entries.flatMap((it) => (it.kind === "row" ? [it.key] : []));
  }

  /** Ids of the opened rows. */
  openRows(): readonly string[] {
    return this.open.size === 0 ? [] : this.rows.flatMap((it) => (this.open.has(it.id) ? [it.id] : []));
  }

  /** The row whose detail is beside the list. */
  detailed(): Row | undefined {
    return this.isBeside && this.open.size > 0 ? this.rows.find((it) => this.open.has(it.id)) : undefined;
  }

  placeDetails(isBeside: boolean): void {
    this.isBeside = isBeside;
    const kept = this.detailed();
    if (kept !== undefined) this.closeRowsBut(kept.id);
  }

  private closeRowsBut(kept: string): void {
    for (const id of this.openRows()) if (id !== kept) this.open.delete(id);
  }
}
