// What one preview panel previews, the answers to it, and how they reach its page.

import type {
  ClusterChange,
  ClusterChoice,
  ManagedPanel,
  ManagedPreviewAnswer,
  ManagedPreviewParams,
  ManagedTrial,
  PreviewAnswer,
  PreviewParams,
  PreviewResult,
  TrialConstraint,
} from "../../../server/src/lsp/protocol/protocol";
import { fileUri } from "../resourceUri";
import { latestOnly } from "./latestOnly";
import { documentOf, type GivenTexts, type HostMessage, type PreviewedDocument } from "./messages";
import { createPackedAnswers, type PackedAnswers } from "./packedAnswers";
import { askServer, asMessage, paramsOf } from "./panelAnswers";
import type { Previewed } from "./panelHost";

export interface PanelPreviewHost {
  /** The cluster chosen for the workspace. */
  chosenCluster(): ClusterChoice | undefined;
  send(message: HostMessage): void;
  /** An answer is there. */
  answered(): void;
  readonly isClosed: () => boolean;
  request: Parameters<typeof createPackedAnswers>[0];
  /** The preview of a managed daemon. */
  requestManaged(params: ManagedPreviewParams): Promise<ManagedPreviewAnswer>;
}

export class PanelPreview {
  document: PreviewedDocument;
  ownCluster: ClusterChoice | undefined;
  changes: readonly ClusterChange[];
  trial: TrialConstraint | undefined;
  /** Given for parameters and variables of the document's file. */
  private values: GivenTexts;
  /** URIs of files with such values. */
  valuesFiles: readonly string[];
  /** What is tried out of a managed daemon. */
  managedTrial: ManagedTrial = {};
  /** The last answer that was no failure, as long as it says something. */
  result: PreviewResult | undefined;
  /** The cluster of the last answer, as a key. */
  shownCluster = "";
  private last: PreviewAnswer | undefined;
  private managed: ManagedPanel | undefined;
  private wantsFresh = false;
  /** While an answer is on its way. */
  private cancelAsk: (() => void) | undefined;
  private readonly host: PanelPreviewHost;
  /** Each instance is explained when it is opened: a packed answer has no clauses. */
  private readonly answers: PackedAnswers;
  private readonly ask = latestOnly(() => this.askOnce());

  constructor(
    host: PanelPreviewHost,
    { document, cluster, changes = [], trial, values = {}, valuesFiles = [] }: Previewed,
  ) {
    this.host = host;
    this.document = document;
    this.ownCluster = cluster;
    this.changes = changes;
    this.trial = trial;
    this.values = values;
    this.valuesFiles = valuesFiles;
    this.answers = createPackedAnswers(host.request);
  }

  get params(): PreviewParams {
    const { document, cluster, changes, trial, values, valuesFiles } = this;
    return paramsOf({
      document,
      changes,
      values,
      valuesFiles,
      ...(trial && { trial }),
      ...(cluster && { cluster }),
    });
  }

  private get cluster(): ClusterChoice | undefined {
    return this.ownCluster ?? this.host.chosenCluster();
  }

  /** Asks again. Resolves with the newest answer; at most one request is under way. */
  async refresh(): Promise<PreviewAnswer | undefined> {
    await this.ask();
    return this.last;
  }

  /** As `refresh`, and the account is read again, however short ago that was. */
  refreshAnew(): Promise<PreviewAnswer | undefined> {
    this.wantsFresh = true;
    return this.refresh();
  }

  /** Waits no longer for the answer that is on its way: the panel says that it was canceled. */
  cancel(): void {
    this.cancelAsk?.();
  }

  /** True where that changes something. `undefined`: the value is taken back. */
  give(name: string, value: string | undefined): boolean {
    const { [name]: known, ...others } = this.values;
    if (known === value) return false;
    this.values = value === undefined ? others : { ...this.values, [name]: value };
    return true;
  }

  /**
   * True where it is another document: what was found of the old one says nothing of it. Given values are those of one
   * file, whatever its name is.
   */
  turnTo(uri: string, isSameFile = false): boolean {
    if (uri === this.document.uri) return false;
    if (!isSameFile && fileUri(uri) !== fileUri(this.document.uri)) {
      this.values = {};
      this.valuesFiles = [];
    }
    this.document = documentOf(uri);
    this.last = undefined;
    this.managed = undefined;
    this.managedTrial = {};
    this.result = undefined;
    return true;
  }

  /** The page was loaded anew: it has forgotten everything, the last good state included. */
  sendAll(): void {
    const { last, result, document } = this;
    this.answers.pageLoaded();
    if (result !== undefined) this.show(result);
    if (last === undefined) this.host.send({ kind: "loading", document });
    else if ("error" in last) this.show(last);
  }

  private show(answer: PreviewAnswer): void {
    const { document, managed } = this;
    this.host.send(
      managed !== undefined
        ? { kind: "managed", document, panel: managed }
        : asMessage(document, answer, this.answers, this.result !== undefined),
    );
  }

  private askManaged({
    textDocument,
    cluster,
    values,
    valuesFiles,
  }: PreviewParams): Promise<ManagedPreviewAnswer> {
    return this.host.requestManaged({
      textDocument,
      trial: this.managedTrial,
      ...(cluster !== undefined && { cluster }),
      ...(values !== undefined && { values }),
      ...(valuesFiles !== undefined && { valuesFiles }),
    });
  }

  private async askOnce(): Promise<void> {
    const { document, cluster } = this;
    this.host.send({ kind: "loading", document });
    const asked = { ...this.params, ...(this.wantsFresh && { fresh: true }) };
    this.wantsFresh = false;
    const cancelling = new Promise<PreviewAnswer>((resolve) => {
      this.cancelAsk = () => resolve(cancelled);
    });
    const first = await Promise.race([askServer(this.answers, asked), cancelling]);
    const isManaged = "error" in first && first.error.code === "managed-daemon";
    const managed = isManaged ? await this.askManaged(asked) : undefined;
    this.cancelAsk = undefined;
    const answer = managed !== undefined && "error" in managed ? managed : first;
    // Another document was shown meanwhile: its own answer is on its way.
    if (document.uri !== this.document.uri || this.host.isClosed()) return;
    this.last = answer;
    this.managed = managed !== undefined && !("error" in managed) ? managed : undefined;
    const key = JSON.stringify(cluster);
    if (key !== this.shownCluster || isGone(answer)) this.result = undefined;
    this.shownCluster = key;
    if (!("error" in answer)) this.result = answer;
    this.show(answer);
    this.host.answered();
  }
}

const cancelled: PreviewAnswer = { error: { code: "cancelled", message: "The preview was canceled." } };

/** About a cluster that is gone an old result says nothing; about an unsound text it is merely old. */
function isGone(answer: PreviewAnswer): boolean {
  return "error" in answer && clusterIsGone.has(answer.error.code);
}

/** Failures after which the cluster is not there any more. */
const clusterIsGone: ReadonlySet<string> = new Set(["no-cluster", "no-local-cluster", "untrusted-workspace"]);
