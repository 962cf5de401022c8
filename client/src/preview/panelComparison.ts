// What a preview panel compares its verdicts with, and the clause that is selected in the editor.

import type { Disposable } from "vscode";
import type { TextRange } from "../../../server/src/lsp/protocol/protocol";
import { parsedFileUri } from "../resourceUri";
import { onHeadChanged } from "./gitHead";
import { latestOnly } from "./latestOnly";
import type { Against } from "./messages";
import { type InspectedPanel, isEmpty, tellBaseline, tellSelection } from "./panelInspection";

/** The panel, as it is now. */
export type ComparedPanel = () => InspectedPanel & { readonly clusterKey: string };

export class PanelComparison {
  private readonly panel: ComparedPanel;
  private against: Against = "saved";
  /** What the page has a baseline of. */
  private sentFor: string | undefined;
  private head: Promise<Disposable | undefined> | undefined;
  private selection: { readonly uri: string; readonly range: TextRange } | undefined;
  private hasSentSelection = false;
  /** Sends what the verdicts are compared with. */
  readonly sendBaseline = latestOnly(() => this.sendBaselineOnce());
  private readonly sendSelection = latestOnly(() => this.sendSelectionOnce());

  constructor(panel: ComparedPanel) {
    this.panel = panel;
  }

  compare(against: Against): void {
    this.against = against;
    void this.sendBaseline();
    if (against !== "head") return;
    const uri = parsedFileUri(this.panel().document.uri);
    this.head ??= onHeadChanged(uri, () => void this.sendBaseline());
  }

  /** Another cluster, or the first result after a reload, has other verdicts to compare with. */
  answered(): void {
    if (this.sentFor !== this.key()) void this.sendBaseline();
  }

  select(uri: string, range: TextRange): void {
    this.selection = { uri, range };
    void this.sendSelection().catch(() => {});
  }

  forgetSelection(): void {
    this.selection = undefined;
  }

  dispose(): void {
    void this.head?.then((it) => it?.dispose());
  }

  private key(): string {
    return `${this.against} ${this.panel().clusterKey}`;
  }

  private async sendBaselineOnce(): Promise<void> {
    const panel = this.panel();
    if (panel.result !== undefined) this.sentFor = this.key();
    await tellBaseline(this.against, panel);
  }

  private async sendSelectionOnce(): Promise<void> {
    const { selection } = this;
    // The cursor moves with every keystroke: where nothing was selected before there is nothing to send.
    if (selection === undefined || (isEmpty(selection.range) && !this.hasSentSelection)) return;
    this.hasSentSelection = !isEmpty(selection.range);
    await tellSelection(selection.uri, selection.range, this.panel());
  }
}
