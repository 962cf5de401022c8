// One preview panel: asks the server, hands the answer to the page, does what the page's buttons ask for.

import { isDeepStrictEqual } from "node:util";
import { CancellationTokenSource, Uri, type WebviewPanel } from "vscode";
import { printable } from "../../../server/src/core/text/printable";
import type {
  ClusterChoice,
  PreviewAnswer,
  PreviewResult,
  TextRange,
} from "../../../server/src/lsp/protocol/protocol";
import { fileUri, parsedFileUri } from "../resourceUri";
import { onHeadChanged } from "./gitHead";
import { latestOnly } from "./latestOnly";
import {
  type Against,
  documentOf,
  type HostMessage,
  type PanelCommand,
  type PanelMessage,
  type PanelState,
  type PreviewedDocument,
} from "./messages";
import { createPackedAnswers } from "./packedAnswers";
import { askServer, asMessage, loadPage, paramsOf } from "./panelAnswers";
import { createExpressionHelp, isExpressionMessage } from "./panelExpression";
import type { PreviewOptions, SinglePanelHost } from "./panelHost";
import {
  type InspectedPanel,
  isEmpty,
  isInspectionMessage,
  performInspection,
  tellBaseline,
  tellSelection,
} from "./panelInspection";
import { performPanelRequest } from "./panelRequests";
import { isSimulationMessage, performSimulation } from "./panelSimulation";

export interface PreviewPanel {
  readonly document: PreviewedDocument;
  readonly isActive: boolean;
  readonly isLocked: boolean;
  /** Whether what it shows can be deployed to its cluster. */
  readonly canDeploy: boolean;
  /** Whether a change of that document changes what the panel shows. */
  follows(uri: string): boolean;
  reveal(options: PreviewOptions): void;
  /** From now on it shows this document; resolves as `refresh`. */
  show(uri: string, options?: PreviewOptions): Promise<PreviewAnswer | undefined>;
  lock(isLocked: boolean): void;
  perform(command: PanelCommand): void;
  clusterStateChanged(): void;
  /** As `refresh`, and the account is read again, however short ago that was. */
  refreshAnew(): Promise<PreviewAnswer | undefined>;
  /** Another cluster was chosen for the workspace: one that a caller named for this panel no longer counts. */
  clusterChosen(): void;
  /** Asks again. Resolves with the newest answer; at most one request is under way. */
  refresh(): Promise<PreviewAnswer | undefined>;
  /** Something beside the text may have changed: what the verdicts are compared with is asked for anew too. */
  surroundingsChanged(): void;
  /** The user selected something in a document that the panel follows. */
  selected(uri: string, range: TextRange): void;
  dispose(): void;
}

/** What a panel begins with: after a reload of the window, with what was tried out in it. */
export interface PreviewBeginning extends Omit<PanelState, "version"> {
  /** One that a caller named for this panel alone. */
  readonly cluster?: ClusterChoice;
}

export function openPreviewPanel(
  host: SinglePanelHost,
  panel: WebviewPanel,
  first: PreviewBeginning,
): PreviewPanel {
  const closing = new CancellationTokenSource();
  let { document, cluster: ownCluster } = first;
  let last: PreviewAnswer | undefined;
  let lastResult: PreviewResult | undefined;
  let { changes = [], trial, locked: isLocked = false } = first;
  let wantsFresh = false;
  let against: Against = "saved";
  let toldFor: string | undefined;
  const send = (message: HostMessage) => void panel.webview.postMessage(message);
  const params = () => paramsOf(document, ownCluster ?? host.clusters.current, changes, trial);

  let shownCluster = "";
  // Each instance is explained when it is opened: a packed answer has no clauses.
  const answers = createPackedAnswers((asked) =>
    host.server.request("packedPreview", asked, { token: closing.token }),
  );
  const show = (answered: PreviewAnswer) =>
    send(asMessage(document, answered, answers, lastResult !== undefined));

  const ask = latestOnly(async () => {
    send({ kind: "loading", document });
    const wanted = ownCluster ?? host.clusters.current;
    const asked = { ...paramsOf(document, wanted, changes, trial), ...(wantsFresh && { fresh: true }) };
    wantsFresh = false;
    const asksFor = document.uri;
    last = await askServer(answers, asked);
    // Another document was shown meanwhile: its own answer is on its way.
    if (asksFor !== document.uri) return;
    if (closing.token.isCancellationRequested) return;
    // About another cluster, or one that is gone, an old result says nothing; about an unsound text it is merely old.
    const key = JSON.stringify(wanted);
    if (key !== shownCluster || ("error" in last && clusterIsGone.has(last.error.code)))
      lastResult = undefined;
    shownCluster = key;
    if (!("error" in last)) lastResult = last;
    show(last);
    host.changed();
    // Another cluster, or the first result after a reload, has other verdicts to compare with.
    if (toldFor !== `${against} ${key}`) void tellWhatWas();
  });
  const refresh = async () => {
    await ask();
    return last;
  };
  const refreshAnew = () => {
    wantsFresh = true;
    return refresh();
  };
  let watchHead: ReturnType<typeof onHeadChanged> | undefined;
  const inspected = (): InspectedPanel => ({
    server: host.server,
    params: params(),
    document,
    result: lastResult,
    send,
    compare: (now) => {
      against = now;
      void tellWhatWas();
      if (now === "head") watchHead ??= onHeadChanged(parsedFileUri(document.uri), () => void tellWhatWas());
    },
  });
  const tellWhatWas = latestOnly(async () => {
    if (lastResult !== undefined) toldFor = `${against} ${shownCluster}`;
    await tellBaseline(against, inspected());
  });
  let selection: { readonly uri: string; readonly range: TextRange } | undefined;
  let toldSelection = false;
  const tellSelected = latestOnly(async () => {
    // The cursor moves with every keystroke: where nothing was selected before there is nothing to tell.
    if (selection === undefined || (isEmpty(selection.range) && !toldSelection)) return;
    toldSelection = !isEmpty(selection.range);
    await tellSelection(selection.uri, selection.range, inspected());
  });
  const sendAll = () => {
    // The page was loaded anew: it has forgotten the last good state.
    answers.pageLoaded();
    if (lastResult !== undefined) show(lastResult);
    if (last === undefined) send({ kind: "loading", document });
    else if ("error" in last) show(last);
    sendState();
  };
  /** The state is that of the chosen cluster: a panel with one of its own shows that without a state. */
  const sendState = () => {
    if (ownCluster === undefined) send({ kind: "cluster", document, state: host.states.current.chosen });
  };
  const entitle = () => {
    panel.title = `${isLocked ? "[Preview]" : "Preview:"} ${printable(document.name)}`;
    panel.iconPath = {
      light: Uri.joinPath(host.extensionUri, "docs", "icons", "preview-light.svg"),
      dark: Uri.joinPath(host.extensionUri, "docs", "icons", "preview-dark.svg"),
    };
  };
  const forgetService = () => {
    document = { uri: document.uri, name: document.name };
  };
  const performExpression = createExpressionHelp(() => ({
    server: host.server,
    params: params(),
    document,
    send,
    tryOut: (now) => {
      if (isDeepStrictEqual(now, trial)) return;
      trial = now;
      void refresh();
    },
  }));
  panel.webview.onDidReceiveMessage((message: PanelMessage) => {
    if (message.kind === "ready") sendAll();
    else if (isSimulationMessage(message))
      void performSimulation(message, {
        server: host.server,
        params: params(),
        document,
        send,
        change: (now) => {
          // A page that was loaded anew tells again what is known.
          if (isDeepStrictEqual(now, changes)) return;
          changes = now;
          void refresh();
        },
      });
    else if (isExpressionMessage(message)) void performExpression(message);
    else if (isInspectionMessage(message)) void performInspection(message, inspected());
    else
      void performPanelRequest(message, {
        document,
        result: lastResult,
        refresh: refreshAnew,
        forgetService,
      });
  });
  panel.onDidDispose(() => {
    closing.cancel();
    void watchHead?.then((it) => it?.dispose());
  });
  loadPage(panel, host.extensionUri, document.name);
  entitle();
  return {
    get document() {
      return document;
    },
    get isActive() {
      return panel.active;
    },
    get isLocked() {
      return isLocked;
    },
    get canDeploy() {
      return (
        lastResult !== undefined && lastResult.cluster.kind !== "file" && !document.name.endsWith(".ecsquery")
      );
    },
    follows: (uri) =>
      [document.uri, document.service, ...(lastResult?.documents ?? [])].some(
        (it) => typeof it === "string" && fileUri(it) === uri,
      ),
    reveal: (options) => {
      ownCluster = options.cluster;
      panel.reveal(undefined, true);
    },
    show: (uri, options = {}) => {
      const { service } = options;
      if (uri !== document.uri) {
        document = documentOf(uri);
        // What was found of another document says nothing of this one.
        last = undefined;
        lastResult = undefined;
        selection = undefined;
      }
      if (service !== undefined) document = { ...document, service };
      entitle();
      return refresh();
    },
    lock: (now) => {
      isLocked = now;
      entitle();
    },
    perform: (command) => send({ kind: "command", document, ...command }),
    clusterStateChanged: sendState,
    refreshAnew,
    clusterChosen: () => {
      ownCluster = undefined;
    },
    refresh,
    surroundingsChanged: () => void refresh().then(tellWhatWas),
    selected: (uri, range) => {
      selection = { uri, range };
      void tellSelected().catch(() => {});
    },
    dispose: () => panel.dispose(),
  };
}

/** Failures after which the cluster is not there any more. */
const clusterIsGone: ReadonlySet<string> = new Set(["no-cluster", "no-local-cluster", "untrusted-workspace"]);
