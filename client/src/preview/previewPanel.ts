// One preview panel: asks the server, hands the answer to the page, does what the page's buttons ask for.

import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { CancellationTokenSource, Uri, type WebviewPanel, workspace } from "vscode";
import type {
  ClusterChange,
  ClusterChoice,
  PreviewAnswer,
  PreviewParams,
  PreviewResult,
  TextRange,
  TrialConstraint,
} from "../../../server/src/lsp/protocol/protocol";
import { onHeadChanged } from "./gitHead";
import { latestOnly } from "./latestOnly";
import type { Against, HostMessage, PanelMessage, PanelState, PreviewedDocument } from "./messages";
import { createPackedAnswers, type PackedAnswers } from "./packedAnswers";
import { createExpressionHelp, isExpressionMessage } from "./panelExpression";
import type { PanelHost, PreviewOptions } from "./panelHost";
import {
  type InspectedPanel,
  isEmpty,
  isInspectionMessage,
  performInspection,
  tellBaseline,
  tellSelection,
} from "./panelInspection";
import { panelPage } from "./panelPage";
import { performPanelRequest } from "./panelRequests";
import { isSimulationMessage, performSimulation } from "./panelSimulation";

export interface PreviewPanel {
  readonly document: PreviewedDocument;
  readonly isActive: boolean;
  /** Whether a change of that document changes what the panel shows. */
  follows(uri: string): boolean;
  reveal(options: PreviewOptions): void;
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
  host: PanelHost,
  panel: WebviewPanel,
  first: PreviewBeginning,
): PreviewPanel {
  const closing = new CancellationTokenSource();
  let { document, cluster: ownCluster } = first;
  let last: PreviewAnswer | undefined;
  let lastResult: PreviewResult | undefined;
  let { changes = [], trial } = first;
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
    last = await askServer(answers, asked);
    if (closing.token.isCancellationRequested) return;
    // About another cluster, or one that is gone, an old result says nothing; about an unsound text it is merely old.
    const key = JSON.stringify(wanted);
    if (key !== shownCluster || ("error" in last && clusterIsGone.has(last.error.code)))
      lastResult = undefined;
    shownCluster = key;
    if (!("error" in last)) lastResult = last;
    show(last);
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
      if (now === "head") watchHead ??= onHeadChanged(Uri.parse(document.uri), () => void tellWhatWas());
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
  return {
    get document() {
      return document;
    },
    get isActive() {
      return panel.active;
    },
    follows: (uri) =>
      uri === document.uri || uri === document.service || lastResult?.documents?.includes(uri) === true,
    reveal: (options) => {
      ownCluster = options.cluster;
      if (options.service !== undefined) document = { ...document, service: options.service };
      panel.reveal(undefined, true);
    },
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

function paramsOf(
  document: PreviewedDocument,
  cluster: ClusterChoice | undefined,
  changes: readonly ClusterChange[],
  trial: TrialConstraint | undefined,
): PreviewParams {
  return {
    textDocument: { uri: document.uri },
    ...(document.service !== undefined && { service: document.service }),
    ...(cluster !== undefined && { cluster }),
    ...(changes.length > 0 && { changes }),
    ...(trial !== undefined && { trial }),
  };
}

async function askServer(answers: PackedAnswers, params: PreviewParams): Promise<PreviewAnswer> {
  try {
    return await answers.ask(params);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: "unexpected", message: `The preview could not be made: ${message}` } };
  }
}

function asMessage(
  document: PreviewedDocument,
  answered: PreviewAnswer,
  answers: PackedAnswers,
  keepsLast: boolean,
): HostMessage {
  if ("error" in answered) return { kind: "failure", document, error: answered.error, keepsLast };
  const sources = [document.uri, answered.service.uri];
  const isDirty = workspace.textDocuments.some((it) => it.isDirty && sources.includes(it.uri.toString()));
  return { kind: "result", document, result: answers.forPage(answered), saved: !isDirty };
}

function loadPage(panel: WebviewPanel, extensionUri: Uri, documentName: string): void {
  const built = Uri.joinPath(extensionUri, "dist");
  const file = (name: string) => panel.webview.asWebviewUri(Uri.joinPath(built, name)).toString();
  panel.webview.options = { enableScripts: true, localResourceRoots: [built] };
  panel.webview.html = panelPage({
    documentName,
    script: file("webview.js"),
    styles: file("webview.css"),
    cspSource: panel.webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
  });
}
