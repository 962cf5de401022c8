// The one function that VS Code gives the page of the coverage panel.

import type { CoveragePageMessage, CoverageState } from "../../src/coverage/coverageMessages";

interface VsCode {
  postMessage(message: CoveragePageMessage): void;
  getState(): unknown;
  setState(state: CoverageState): void;
}
declare function acquireVsCodeApi(): VsCode;

export const vscode = acquireVsCodeApi();
