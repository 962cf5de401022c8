// What the preview panel and its host say to each other. Plain data, one union for each direction.

import type { ConstraintSource, Verdict } from "../../../server/src/core/scheduler/placement";
import type { Span } from "../../../server/src/core/text/span";
import type {
  ApplicableRemedy,
  ClusterChange,
  ClusterState,
  ClusterStep,
  ExpressionHelp,
  Failure,
  FilePlace,
  InstanceExplanation,
  ManagedPanel,
  ManagedTrial,
  PackedPreview,
  PreviewResult,
  ScenarioName,
  TimelineAnswer,
  TrialConstraint,
} from "../../../server/src/lsp/protocol/protocol";

/** The document that a panel follows. */
export interface PreviewedDocument {
  readonly uri: string;
  /** For a reader: the file's name. */
  readonly name: string;
  /** URI of the service file, or `null` for a new service, where a caller named one for this panel alone. */
  readonly service?: string | null;
}

/** What the buttons of the panel's tab ask of its page. */
export type PanelCommand =
  | { readonly command: "compare"; readonly against: Against }
  | { readonly command: "copy"; readonly format: "markdown" | "csv" | "json" };

export type HostMessage =
  /** The state of the cluster that the panel shows. */
  | { readonly kind: "cluster"; readonly document: PreviewedDocument; readonly state: ClusterState }
  | ({ readonly kind: "command"; readonly document: PreviewedDocument } & PanelCommand)
  /** The panel stays with its file, or follows the editor again; the page keeps that through a reload. */
  | { readonly kind: "lock"; readonly document: PreviewedDocument; readonly locked: boolean }
  /** An answer is on its way. */
  | { readonly kind: "loading"; readonly document: PreviewedDocument }
  | {
      readonly kind: "result";
      readonly document: PreviewedDocument;
      /** A packed one names only the fleet that was sent to the page before; where that is gone, another is on its way. */
      readonly result: PreviewResult | PackedPreview;
      /** Whether the texts it was made from are those on disk. */
      readonly saved: boolean;
    }
  /** The preview of a managed daemon, in place of everything else. */
  | { readonly kind: "managed"; readonly document: PreviewedDocument; readonly panel: ManagedPanel }
  | {
      readonly kind: "failure";
      readonly document: PreviewedDocument;
      readonly error: Failure["error"];
      /** What helps, where it is about the cluster. */
      readonly next: readonly ClusterStep[];
      /** Whether the last result, if any, is merely old: then it stays on view and is marked stale. */
      readonly keepsLast: boolean;
    }
  /** A story that the panel asked for. */
  | { readonly kind: "timeline"; readonly document: PreviewedDocument; readonly answer: TimelineAnswer }
  /** The changes of What if are real now: the list begins anew. */
  | { readonly kind: "applied"; readonly document: PreviewedDocument }
  | {
      readonly kind: "explanation";
      readonly document: PreviewedDocument;
      readonly explanation: InstanceExplanation;
    }
  /** What to compare with, or in a sentence why there is nothing. */
  | {
      readonly kind: "baseline";
      readonly document: PreviewedDocument;
      readonly against: Against;
      readonly verdicts?: Readonly<Record<string, Verdict>>;
      readonly problem?: string;
    }
  /** What there is to say about the text of the input box, and about an offset of it. */
  | {
      readonly kind: "expression";
      readonly document: PreviewedDocument;
      readonly text: string;
      readonly offset: number;
      readonly purpose: HelpPurpose;
      readonly help: ExpressionHelp;
    }
  /** The tried expression stands in a file now. */
  | { readonly kind: "trialAdded"; readonly document: PreviewedDocument }
  /** The clause selected in the editor and the ids of the instances that it matches; none without a clause. */
  | {
      readonly kind: "selection";
      readonly document: PreviewedDocument;
      readonly clause?: string;
      readonly matched: readonly string[];
    };

/** Whether help is wanted for what is typed, at the caret, or for what the pointer is over. */
export type HelpPurpose = "typing" | "pointing";

/** What verdicts are compared with: the text on disk, in git HEAD, or the running service. */
export type Against = "saved" | "head" | "deployed" | "nothing";

/** What a button of the panel asks the host to do. */
const panelActions = [
  "selectCluster",
  "startLocalCluster",
  "retryCluster",
  "signIn",
  "manageTrust",
  "showProblems",
  "selectFile",
  "showTruthTable",
  "addLocalInstances",
  "openDocument",
  "openService",
  "chooseService",
  "refresh",
  "cancel",
  "copyIamPolicy",
  "showLog",
] as const;
export type PanelAction = (typeof panelActions)[number];

/** A clause of a placement constraint, to be found again in the text it came from. */
export interface ClauseReference {
  readonly from: ConstraintSource;
  /** Position in `placementConstraints`. */
  readonly index: number;
  /** In the expression's own text. */
  readonly span: Span;
}

export type PanelMessage =
  /** The panel can receive; sent once each time its page is loaded. */
  | { readonly kind: "ready" }
  | { readonly kind: "action"; readonly action: PanelAction }
  /** The service file to preview and deploy with; `null`: a new service. */
  | { readonly kind: "chooseService"; readonly service: string | null }
  /** Put text on the clipboard. */
  | { readonly kind: "copy"; readonly text: string; readonly what: string; readonly isJson: boolean }
  | InspectionMessage
  | SimulationMessage
  | ExpressionMessage;

/** What a reader asks next. */
export type InspectionMessage =
  | { readonly kind: "explain"; readonly instance: string }
  /** Select the clause in the editor. */
  | { readonly kind: "revealClause"; readonly clause: ClauseReference }
  /** Show a place of a file. */
  | { readonly kind: "showPlace"; readonly place: FilePlace }
  | { readonly kind: "compare"; readonly against: Against }
  | { readonly kind: "remedy"; readonly instance: string; readonly remedy: ApplicableRemedy };

/** About the expression in the panel's input box. */
export type ExpressionMessage =
  | {
      readonly kind: "expression";
      readonly text: string;
      readonly offset: number;
      readonly purpose: HelpPurpose;
    }
  /** Preview with this constraint from now on; without one: with those of the files alone. */
  | { readonly kind: "trial"; readonly trial?: TrialConstraint }
  /** Write it into the service's file, else into the task definition. */
  | { readonly kind: "addTrial"; readonly trial: TrialConstraint };

/** What could be: nothing of it is real until it is applied to the local cluster. */
export type SimulationMessage =
  /** Preview the cluster with these changes from now on; an empty list: as it is. */
  | { readonly kind: "whatIf"; readonly changes: readonly ClusterChange[] }
  /** Preview with this value of a parameter or variable from now on; without one: with its default. */
  | { readonly kind: "giveValue"; readonly name: string; readonly value?: string }
  /** Let the user pick a file of values, to preview with from now on. */
  | { readonly kind: "chooseValuesFile" }
  /** Preview without the values of this file. */
  | { readonly kind: "leaveValuesFile"; readonly uri: string }
  /** The same for a managed daemon. */
  | { readonly kind: "managedTrial"; readonly trial: ManagedTrial }
  | { readonly kind: "timeline"; readonly scenario: ScenarioName; readonly minimumHealthyPercent?: number }
  | { readonly kind: "saveCluster"; readonly as: "fleet" | "snapshot" }
  | { readonly kind: "applyToLocal" };

/** What the panel keeps through a reload of the window. */
export interface PanelState {
  /** Of the form of this state; absent in the first one, which is the same. */
  readonly version?: 1;
  readonly document: PreviewedDocument;
  /** Those of What if, in order. */
  readonly changes?: readonly ClusterChange[];
  /** The expression that the preview was with. */
  readonly trial?: TrialConstraint;
  /** Given for parameters and variables of the document's file; never one that looks like a secret. */
  readonly values?: GivenTexts;
  /** URIs of files with such values. */
  readonly valuesFiles?: readonly string[];
  /** It stays with its file. */
  readonly locked?: boolean;
}

/** By the name of a parameter or variable. */
export type GivenTexts = Readonly<Record<string, string>>;

/** A document as a panel names it. */
export function documentOf(uri: string): PreviewedDocument {
  const end = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return { uri, name: decodeURIComponent(end) };
  } catch {
    return { uri, name: end };
  }
}
