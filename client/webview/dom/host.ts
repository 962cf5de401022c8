// The one function that VS Code gives the page, and what the page keeps through a reload of the window.

import type { ClusterChange } from "../../../server/src/lsp/protocol/protocol";
import type { PanelMessage, PanelState } from "../../src/preview/messages";
import type { KeptExpression } from "../expression/expressionBox";
import type { ViewOptions } from "../model/visibleRows";
import type { KeptTime } from "../time/time";

export interface StoredState extends PanelState {
  readonly view: ViewOptions;
  readonly changes: readonly ClusterChange[];
  /** The label of the cluster that the changes were made on. */
  readonly madeOn?: string;
  readonly time: KeptTime;
  readonly open: Readonly<Record<"map" | "whatIf" | "time", boolean>>;
  readonly expression: KeptExpression;
}

interface VsCode {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: StoredState): void;
}
declare function acquireVsCodeApi(): VsCode;

export const vscode = acquireVsCodeApi();
