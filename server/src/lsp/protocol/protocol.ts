// What client and server say to each other beyond LSP, in one import. The client draws what it gets and decides nothing about ECS.

import type { Pair } from "./pairingProtocol";
import type { ClusterChoice } from "./protocolBasics";

export type { AttributeColumn } from "../../core/cluster/attributeColumns";
export type { ClusterChange } from "../../core/simulation/clusterChanges";
export type { VerdictChange } from "../../core/simulation/compareVerdicts";
export type { ScenarioName } from "../../core/simulation/scenarios";
export type { TrialConstraint } from "../../core/simulation/trialConstraint";
export type { Undo } from "../../ecs/deploy/undoDeployment";
export type { DeployReport, DeployStepName, VerifyReport } from "../../ecs/report";
export * from "./accountProtocol";
export * from "./clusterProtocol";
export * from "./clusterStateProtocol";
export * from "./coverageProtocol";
export * from "./customRequests";
export * from "./deployProtocol";
export * from "./expressionProtocol";
export * from "./filesProtocol";
export * from "./inspectProtocol";
export * from "./localProtocol";
export * from "./managedProtocol";
export * from "./pairingProtocol";
export * from "./previewProtocol";
export * from "./protocolBasics";
export * from "./simulationProtocol";
export * from "./truthTableProtocol";
export * from "./viewProtocol";

export interface InitializationOptions {
  readonly cluster?: ClusterChoice;
  /** Report JSON syntax errors as diagnostics; for editors without a JSON language of their own. */
  readonly reportSyntaxErrors?: boolean;
  /** False in a workspace that is not trusted: nothing is started, no account is asked. */
  readonly trusted?: boolean;
  /** True in a browser, where neither an account nor a local cluster can be reached: what needs one is not offered. */
  readonly inBrowser?: boolean;
  /** A folder of the client's for the state of the local cluster, which then outlives this server. */
  readonly localStateFolder?: string;
  /** The user's answers to the question which files belong together. */
  readonly pairs?: readonly Pair[];
  /** The client has the command `setSeverityCommand`: code actions may name it. */
  readonly setsSeverity?: boolean;
  /** The same for `setDocumentKindCommand`. */
  readonly setsDocumentKind?: boolean;
}

/**
 * A command of the client, not a request: it adds an entry to the setting `ecsDaemon.diagnostics` of the workspace. Its
 * only argument is a SetSeverityParams.
 */
export const setSeverityCommand = "ecsDaemon.internal.setSeverity";
/**
 * A command of the client: it adds an entry to the setting `ecsDaemon.documentKinds` of the workspace. Its only argument
 * is a SetDocumentKindParams.
 */
export const setDocumentKindCommand = "ecsDaemon.internal.setDocumentKind";

export interface SetDocumentKindParams {
  readonly uri: string;
  readonly kind: "taskDefinition" | "daemonTaskDefinition";
}

/** A command of the client: opens the page about diagnostics at a code. Its only argument is `{ code, topic }`. */
export const showDocumentationCommand = "ecsDaemon.internal.showDocumentation";

export interface SetSeverityParams {
  readonly code: string;
  /** The file it is about; absent: all. */
  readonly uri?: string;
  /** Absent: the user is asked. */
  readonly severity?: "error" | "warning" | "information" | "hint" | "off";
}

/** Shows where the daemon would land. Its only argument is a URI. Where the client is not VS Code, the server does it. */
export const previewPlacementCommand = "ecsDaemon.previewPlacement";

/** A command of the client: it asks which of several services or task definitions is meant. Its only argument is a URI. */
export const chooseServiceCommand = "ecsDaemon.chooseService";

// ecsDaemon/previewChanged: server → client, when a preview asked before would come out differently. ----------

export const previewChangedMethod = "ecsDaemon/previewChanged";
