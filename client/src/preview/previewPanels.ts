// The preview panels: one that follows the editor, and those that are locked to their file. They are found again after a
// reload, however fast that was.

import {
  commands,
  type Disposable,
  type ExtensionContext,
  type FileRenameEvent,
  type TextEditor,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { PreviewAnswer } from "../../../server/src/lsp/protocol/protocol";
import { storedTexts, storedValues } from "../storedValues";
import { previewViewType } from "../viewTypes";
import { documentOf, type PanelCommand, type PreviewedDocument } from "./messages";
import type { PanelHost, PreviewOptions } from "./panelHost";
import { refusedPage } from "./panelPage";
import { previewedIn } from "./previewedIn";
import { type PreviewBeginning, PreviewPanel } from "./previewPanel";
import { readPanelState } from "./storedPanel";

/** What the panel showed last, for a page that was loaded anew before it could keep anything. */
const lastKey = "ecsDaemon.previewed";
/** URIs of the documents of locked panels: the page of a panel may be loaded anew before it has kept its lock. */
const lockedKey = "ecsDaemon.lockedPreviews";

export class PreviewPanels implements Disposable {
  private readonly context: ExtensionContext;
  private readonly host: PanelHost;
  private readonly panels = new Set<PreviewPanel>();
  /** As they were before the window was reloaded. */
  private readonly lockedBefore: readonly string[];

  constructor(context: ExtensionContext, host: PanelHost) {
    this.context = context;
    this.host = host;
    this.lockedBefore = storedTexts(context.workspaceState.get(lockedKey));
    context.subscriptions.push(
      ...this.followServer(),
      ...this.followClusters(),
      ...followDocuments(this.panels),
      window.onDidChangeActiveTextEditor((editor) => void this.followEditor(editor)),
      workspace.onDidRenameFiles(({ files }) => this.followRenames(files)),
    );
  }

  /** Shows the document in the panel that follows the editor, else in a new one; resolves with what it then shows. */
  show(uri: string, options: PreviewOptions): Promise<PreviewAnswer | undefined> {
    const known = [...this.panels].find((it) => it.document.uri === uri) ?? this.following();
    if (known !== undefined) {
      known.reveal(options);
      this.keep(uri);
      return known.show(uri, options);
    }
    const { service, cluster } = options;
    const document = { ...documentOf(uri), ...(service !== undefined && { service }) };
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const webview = window.createWebviewPanel(previewViewType, `Preview: ${document.name}`, column);
    return this.adopt(webview, { document, ...(cluster !== undefined && { cluster }) }).refresh();
  }

  /** The document of the panel that has the focus. */
  get active(): PreviewedDocument | undefined {
    return this.activePanel()?.document;
  }

  /** What a title button of the panel with the focus does. */
  async perform(command: PanelCommand | "refresh"): Promise<void> {
    const panel = this.activePanel() ?? this.following();
    if (command === "refresh") await panel?.refreshAnew();
    else panel?.perform(command);
  }

  /** Locks the panel with the focus to its file, or lets it follow the editor. */
  lock(isLocked: boolean): void {
    this.activePanel()?.lock(isLocked);
    this.keepLocks();
    this.setKeys();
  }

  dispose(): void {
    for (const panel of [...this.panels]) panel.dispose();
  }

  private following(): PreviewPanel | undefined {
    return [...this.panels].find((it) => !it.isLocked);
  }

  private activePanel(): PreviewPanel | undefined {
    return [...this.panels].find((it) => it.isActive);
  }

  private setKeys(): void {
    const panel = this.activePanel();
    void commands.executeCommand("setContext", "ecsDaemon.previewLocked", panel?.isLocked === true);
    void commands.executeCommand("setContext", "ecsDaemon.previewDeploys", panel?.canDeploy === true);
  }

  private keep(uri: string): void {
    void this.context.workspaceState.update(lastKey, uri);
  }

  private keepLocks(): void {
    const locked = [...this.panels].filter((it) => it.isLocked).map((it) => it.document.uri);
    void this.context.workspaceState.update(lockedKey, locked);
  }

  private adopt(webview: WebviewPanel, first: PreviewBeginning): PreviewPanel {
    const panel = new PreviewPanel({ ...this.host, changed: () => this.setKeys() }, webview, first);
    this.panels.add(panel);
    this.keep(first.document.uri);
    this.keepLocks();
    webview.onDidDispose(() => this.panels.delete(panel));
    webview.onDidChangeViewState(() => this.setKeys());
    return panel;
  }

  /** Goes on with a panel after a reload of the window; `stored` is what its page kept. */
  restore(webview: WebviewPanel, stored: unknown): void {
    const { version } = storedValues(stored);
    if (version !== undefined && version !== 1) {
      webview.webview.html = refusedPage(version);
      return;
    }
    const state = readPanelState(stored);
    const [last] = storedTexts([this.context.workspaceState.get(lastKey)]);
    const document = state.document ?? (last === undefined ? undefined : documentOf(last));
    if (document === undefined) webview.dispose();
    else {
      const locked = state.locked === true || this.lockedBefore.includes(document.uri);
      void this.adopt(webview, { ...state, document, locked }).refresh();
    }
  }

  private refreshAll(): void {
    for (const panel of this.panels) panel.surroundingsChanged();
  }

  /** While it is away the panels say so; when it is back they are up to date again. */
  private followServer(): readonly Disposable[] {
    const { server } = this.host;
    const refresh = () => this.refreshAll();
    return [server.onPreviewChanged(refresh), server.onLost(refresh), server.onReturned(refresh)];
  }

  private followClusters(): readonly Disposable[] {
    const { clusters, states } = this.host;
    return [
      clusters.onDidChange(() => {
        for (const panel of this.panels) panel.clusterChosen();
        this.refreshAll();
      }),
      states.onDidChange(() => {
        for (const panel of this.panels) panel.clusterStateChanged();
        this.setKeys();
      }),
    ];
  }

  private async followEditor(editor: TextEditor | undefined): Promise<void> {
    const panel = this.following();
    // A file that the preview is made of already is no other preview.
    if (editor === undefined || panel?.follows(editor.document.uri.toString()) !== false) return;
    const uri = await previewedIn(editor, this.host.server);
    if (uri === undefined || window.activeTextEditor !== editor || panel !== this.following()) return;
    this.keep(uri);
    void panel.show(uri);
  }

  private followRenames(files: FileRenameEvent["files"]): void {
    for (const { oldUri, newUri } of files)
      for (const panel of this.panels) {
        const moved = movedUri(panel.document.uri, oldUri, newUri);
        if (moved !== undefined) void panel.show(moved, {}, true);
      }
    this.keepLocks();
  }
}

/** Text, selections and saves of the documents that a panel is made of. */
function followDocuments(panels: ReadonlySet<PreviewPanel>): readonly Disposable[] {
  const concerned = (uri: Uri) => [...panels].filter((it) => it.follows(uri.toString()));
  return [
    workspace.onDidSaveTextDocument(({ uri }) => {
      for (const panel of concerned(uri)) panel.surroundingsChanged();
    }),
    window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const { uri } = textEditor.document;
      const [selection] = selections;
      if (selection === undefined) return;
      for (const panel of concerned(uri)) panel.selected(uri.toString(), selection);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      for (const panel of concerned(document.uri)) void panel.refresh();
    }),
  ];
}

/** Where a document is after a file or folder was renamed; `undefined` where it stays. */
function movedUri(uri: string, from: Uri, to: Uri): string | undefined {
  const [old, now] = [from.toString(), to.toString()];
  if (uri === old) return now;
  return uri.startsWith(`${old}/`) ? `${now}${uri.slice(old.length)}` : undefined;
}
