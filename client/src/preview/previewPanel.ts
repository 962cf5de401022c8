// One preview panel: its tab, and what the buttons of its page ask for.

import { isDeepStrictEqual } from "node:util";
import { CancellationTokenSource, Uri, type WebviewPanel } from "vscode";
import { printable } from "../../../server/src/core/text/printable";
import type { PreviewAnswer, TextRange } from "../../../server/src/lsp/protocol/protocol";
import { fileUri } from "../resourceUri";
import type { HostMessage, PanelCommand, PanelMessage, PreviewedDocument } from "./messages";
import { loadPage } from "./panelAnswers";
import { type ComparedPanel, PanelComparison } from "./panelComparison";
import { createExpressionHelp, isExpressionMessage } from "./panelExpression";
import type { Previewed, PreviewOptions, SinglePanelHost } from "./panelHost";
import { isInspectionMessage, performInspection } from "./panelInspection";
import { PanelPreview } from "./panelPreview";
import { performPanelRequest } from "./panelRequests";
import { isSimulationMessage, performSimulation } from "./panelSimulation";

/** What a panel begins with: after a reload of the window, with what was tried out in it. */
export interface PreviewBeginning extends Previewed {
  readonly locked?: boolean;
}

export class PreviewPanel {
  isLocked: boolean;
  private readonly host: SinglePanelHost;
  private readonly panel: WebviewPanel;
  private readonly closing = new CancellationTokenSource();
  private readonly preview: PanelPreview;
  private readonly comparison: PanelComparison;
  private readonly performExpression = createExpressionHelp(() => ({
    ...this.asking(),
    tryOut: (now) => {
      if (isDeepStrictEqual(now, this.preview.trial)) return;
      this.preview.trial = now;
      void this.preview.refresh();
    },
  }));

  constructor(host: SinglePanelHost, panel: WebviewPanel, first: PreviewBeginning) {
    this.host = host;
    this.panel = panel;
    this.isLocked = first.locked === true;
    this.preview = this.createPreview(first);
    this.comparison = new PanelComparison(() => this.inspected());
    panel.webview.onDidReceiveMessage((message: PanelMessage) => this.take(message));
    panel.onDidDispose(() => {
      this.closing.cancel();
      this.comparison.dispose();
    });
    loadPage(panel, host.extensionUri, this.document.name);
    this.entitle();
  }

  private createPreview(first: PreviewBeginning): PanelPreview {
    const { host, closing } = this;
    return new PanelPreview(
      {
        chosenCluster: () => host.clusters.current,
        send: (message) => this.send(message),
        answered: () => {
          host.changed();
          this.comparison.answered();
        },
        isClosed: () => closing.token.isCancellationRequested,
        request: (asked) => host.server.request("packedPreview", asked, { token: closing.token }),
        requestManaged: (asked) => host.server.request("managedPreview", asked, { token: closing.token }),
      },
      first,
    );
  }

  get document(): PreviewedDocument {
    return this.preview.document;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  /** Whether what it shows can be deployed to its cluster. */
  get canDeploy(): boolean {
    const { result } = this.preview;
    return (
      result !== undefined && result.cluster.kind !== "file" && !this.document.name.endsWith(".ecsquery")
    );
  }

  /** Whether a change of that document changes what the panel shows. */
  follows(uri: string): boolean {
    const { document, result, valuesFiles } = this.preview;
    return [document.uri, document.service, ...(result?.documents ?? []), ...valuesFiles].some(
      (it) => typeof it === "string" && fileUri(it) === uri,
    );
  }

  reveal(options: PreviewOptions): void {
    this.preview.ownCluster = options.cluster;
    this.panel.reveal(undefined, true);
  }

  /** From now on it shows this document; resolves as `refresh`. `isSameFile`: the file has another name now. */
  show(
    uri: string,
    { service }: PreviewOptions = {},
    isSameFile = false,
  ): Promise<PreviewAnswer | undefined> {
    const { preview } = this;
    if (preview.turnTo(uri, isSameFile)) this.comparison.forgetSelection();
    if (service !== undefined) preview.document = { ...preview.document, service };
    this.entitle();
    return preview.refresh();
  }

  /** Stays with its file, or follows the editor. */
  lock(isLocked: boolean): void {
    this.isLocked = isLocked;
    this.entitle();
    this.sendLock();
  }

  perform(command: PanelCommand): void {
    this.send({ kind: "command", document: this.document, ...command });
  }

  /** The state is that of the chosen cluster: a panel with one of its own shows that without a state. */
  clusterStateChanged(): void {
    if (this.preview.ownCluster !== undefined) return;
    this.send({ kind: "cluster", document: this.document, state: this.host.states.current.chosen });
  }

  /** Another cluster was chosen for the workspace: one that a caller named for this panel no longer counts. */
  clusterChosen(): void {
    this.preview.ownCluster = undefined;
  }

  refresh(): Promise<PreviewAnswer | undefined> {
    return this.preview.refresh();
  }

  refreshAnew(): Promise<PreviewAnswer | undefined> {
    return this.preview.refreshAnew();
  }

  /** Something beside the text may have changed: what the verdicts are compared with is asked for anew too. */
  surroundingsChanged(): void {
    void this.preview.refresh().then(this.comparison.sendBaseline);
  }

  /** The user selected something in a document that the panel follows. */
  selected(uri: string, range: TextRange): void {
    this.comparison.select(uri, range);
  }

  dispose(): void {
    this.panel.dispose();
  }

  private sendLock(): void {
    this.send({ kind: "lock", document: this.document, locked: this.isLocked });
  }

  private send(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private entitle(): void {
    const { panel, host, document } = this;
    panel.title = `${this.isLocked ? "[Preview]" : "Preview:"} ${printable(document.name)}`;
    const icon = (name: string) => Uri.joinPath(host.extensionUri, "docs", "icons", name);
    panel.iconPath = { light: icon("preview-light.svg"), dark: icon("preview-dark.svg") };
  }

  private take(message: PanelMessage): void {
    if (message.kind === "ready") {
      this.preview.sendAll();
      this.sendLock();
      this.clusterStateChanged();
    } else if (isSimulationMessage(message)) void performSimulation(message, this.simulating());
    else if (isExpressionMessage(message)) void this.performExpression(message);
    else if (isInspectionMessage(message)) void performInspection(message, this.inspected());
    else {
      const { document, result } = this.preview;
      void performPanelRequest(message, {
        document,
        result,
        refresh: () => this.refreshAnew(),
        cancel: () => this.preview.cancel(),
        forgetService: () => {
          const { uri, name } = this.document;
          this.preview.document = { uri, name };
        },
      });
    }
  }

  /** The panel as it is now, for whoever asks the server on its behalf. */
  private asking() {
    const { params, document } = this.preview;
    return { server: this.host.server, params, document, send: (it: HostMessage) => this.send(it) };
  }

  private inspected(): ReturnType<ComparedPanel> {
    const { result, shownCluster } = this.preview;
    return {
      ...this.asking(),
      result,
      clusterKey: shownCluster,
      compare: (now) => this.comparison.compare(now),
    };
  }

  private simulating(): Parameters<typeof performSimulation>[1] {
    return {
      ...this.asking(),
      change: (now) => {
        // A page that was loaded anew tells again what is known.
        if (isDeepStrictEqual(now, this.preview.changes)) return;
        this.preview.changes = now;
        void this.preview.refresh();
      },
      giveValue: (name, value) => {
        if (this.preview.give(name, value)) void this.preview.refresh();
      },
      valuesFiles: this.preview.valuesFiles,
      useValuesFiles: (uris) => {
        this.preview.valuesFiles = uris;
        void this.preview.refresh();
      },
      changeManaged: (trial) => {
        this.preview.managedTrial = trial;
        void this.preview.refresh();
      },
    };
  }
}
