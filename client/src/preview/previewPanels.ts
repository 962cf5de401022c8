// The preview panels: one that follows the editor, and those that are locked to their file. They are found again after a
// reload, however fast that was.

import {
  commands,
  type Disposable,
  type ExtensionContext,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { PreviewAnswer } from "../../../server/src/lsp/protocol/protocol";
import { lookAt } from "../documentKind";
import { kindAtFirstSight } from "../relevance";
import { documentOf, type PanelCommand, type PanelState, type PreviewedDocument } from "./messages";
import type { PanelHost, PreviewOptions } from "./panelHost";
import { refusedPage } from "./panelPage";
import { openPreviewPanel, type PreviewBeginning, type PreviewPanel } from "./previewPanel";

export interface PreviewPanels extends Disposable {
  /** Shows the document in the panel that follows the editor, else in a new one; resolves with what it then shows. */
  show(uri: string, options: PreviewOptions): Promise<PreviewAnswer | undefined>;
  /** The document of the panel that has the focus. */
  readonly active: PreviewedDocument | undefined;
  /** What a title button of the panel with the focus does. */
  perform(command: PanelCommand | "refresh"): Promise<void>;
  /** Locks the panel with the focus to its file, or lets it follow the editor. */
  lock(isLocked: boolean): void;
}

const viewType = "ecsDaemon.preview";
/** What the panel showed last, for a page that was loaded anew before it could keep anything. */
const lastKey = "ecsDaemon.previewed";

export function createPreviewPanels(context: ExtensionContext, host: PanelHost): PreviewPanels {
  const panels = new Set<PreviewPanel>();
  const following = () => [...panels].find((it) => !it.isLocked);
  const active = () => [...panels].find((it) => it.isActive);
  const setKeys = () => {
    const panel = active();
    void commands.executeCommand("setContext", "ecsDaemon.previewLocked", panel?.isLocked === true);
    void commands.executeCommand("setContext", "ecsDaemon.previewDeploys", panel?.canDeploy === true);
  };
  const keep = (uri: string) => void context.workspaceState.update(lastKey, uri);
  const adopt = (webview: WebviewPanel, first: PreviewBeginning) => {
    const panel = openPreviewPanel({ ...host, changed: setKeys }, webview, first);
    panels.add(panel);
    keep(first.document.uri);
    webview.onDidDispose(() => panels.delete(panel));
    webview.onDidChangeViewState(setKeys);
    return panel;
  };
  const refreshAll = () => {
    for (const panel of panels) panel.surroundingsChanged();
  };
  context.subscriptions.push(
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (webview, state: Partial<PanelState> | undefined) => {
        if (state?.version !== undefined && state.version !== 1) {
          webview.webview.html = refusedPage(state.version);
          return;
        }
        const last = context.workspaceState.get<string>(lastKey);
        const document = state?.document ?? (last === undefined ? undefined : documentOf(last));
        if (document === undefined) webview.dispose();
        else void adopt(webview, { ...state, document }).refresh();
      },
    }),
    host.server.onPreviewChanged(refreshAll),
    // While it is away the panels say so; when it is back they are up to date again.
    host.server.onLost(refreshAll),
    host.server.onReturned(refreshAll),
    host.clusters.onDidChange(() => {
      for (const panel of panels) panel.clusterChosen();
      refreshAll();
    }),
    host.states.onDidChange(() => {
      for (const panel of panels) panel.clusterStateChanged();
      setKeys();
    }),
    ...followDocuments(panels),
    window.onDidChangeActiveTextEditor((editor) => {
      const panel = following();
      if (panel === undefined || editor === undefined) return;
      const uri = editor.document.uri.toString();
      // A file that the preview is made of already is no other preview.
      if (panel.follows(uri) || !isPreviewed(lookAt(editor.document))) return;
      keep(uri);
      void panel.show(uri);
    }),
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files)
        for (const panel of panels) {
          const moved = movedUri(panel.document.uri, oldUri, newUri);
          if (moved !== undefined) void panel.show(moved);
        }
    }),
  );
  return {
    show: (uri, options) => {
      const known = [...panels].find((it) => it.document.uri === uri) ?? following();
      if (known !== undefined) {
        known.reveal(options);
        keep(uri);
        return known.show(uri, options);
      }
      const { service } = options;
      const document = { ...documentOf(uri), ...(service !== undefined && { service }) };
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const webview = window.createWebviewPanel(viewType, `Preview: ${document.name}`, column);
      return adopt(webview, {
        document,
        ...(options.cluster !== undefined && { cluster: options.cluster }),
      }).refresh();
    },
    get active() {
      return active()?.document;
    },
    perform: async (command) => {
      const panel = active() ?? following();
      if (command === "refresh") await panel?.refreshAnew();
      else panel?.perform(command);
    },
    lock: (isLocked) => {
      const panel = active();
      if (panel === undefined) return;
      panel.lock(isLocked);
      setKeys();
    },
    dispose: () => {
      for (const panel of [...panels]) panel.dispose();
    },
  };
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

function isPreviewed(document: ReturnType<typeof lookAt>): boolean {
  const kind = kindAtFirstSight(document);
  return kind === "taskDefinition" || kind === "service" || kind === "query";
}

/** Where a document is after a file or folder was renamed; `undefined` where it stays. */
function movedUri(uri: string, from: Uri, to: Uri): string | undefined {
  const [old, now] = [from.toString(), to.toString()];
  if (uri === old) return now;
  return uri.startsWith(`${old}/`) ? `${now}${uri.slice(old.length)}` : undefined;
}
