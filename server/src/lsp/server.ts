// The language server: one list of the features, each in a file of its own, wired to a connection.

import type { Connection } from "vscode-languageserver/node";
import type { ServerContext } from "./base/context";
import { createContext } from "./base/createContext";
import type { Environment } from "./base/environment";
import { askingForMfaCodes } from "./base/mfaCode";
import { registerClusterStates } from "./clusters/clusterStates";
import { registerClusterStudies } from "./clusters/clusterStudies";
import { registerClusterWatch } from "./clusters/clusterWatch";
import { registerCoverage } from "./coverage/coverageRequests";
import { registerCodeActions } from "./features/codeActions";
import { registerCodeLenses } from "./features/codeLenses";
import { registerCompletion } from "./features/completion";
import { registerDiagnostics } from "./features/diagnostics";
import { registerFormatting } from "./features/formatting";
import { registerHover } from "./features/hover";
import { registerInlayHints } from "./features/inlayHints";
import { registerNavigation } from "./features/navigation";
import { registerOutline } from "./features/outline";
import { registerSemanticTokens } from "./features/semanticTokens";
import { registerManagedPreview } from "./preview/managedPreview";
import { registerPreview } from "./preview/preview";
import { registerAccountRequests } from "./requests/accountRequests";
import { registerClusterRequests } from "./requests/clusterRequests";
import { registerConversion } from "./requests/conversionRequests";
import { registerDeployRequests } from "./requests/deployRequests";
import { registerExpression } from "./requests/expressionRequests";
import { registerInspection } from "./requests/inspectRequests";
import { registerLocalRequests } from "./requests/localRequests";
import { registerManagedDeployment } from "./requests/managedDeployRequests";
import { registerShownTexts } from "./requests/shownTexts";
import { registerSimulation } from "./requests/simulationRequests";
import { registerTools } from "./requests/toolRequests";
import { registerTruthTable } from "./requests/truthTable";
import { registerPairing } from "./workspace/pairing";
import { registerWorkspace } from "./workspace/workspace";

/** Wires every feature to the connection. The caller listens on it afterwards. */
export function startServer(connection: Connection, environment: Environment): void {
  const context = createContext(connection, askingForMfaCodes(environment, connection));
  for (const register of features) register(context);
}

const features: readonly ((context: ServerContext) => void)[] = [
  registerWorkspace,
  registerClusterWatch,
  registerClusterStates,
  registerDiagnostics,
  registerCodeActions,
  registerCodeLenses,
  registerCompletion,
  registerFormatting,
  registerHover,
  registerInlayHints,
  registerNavigation,
  registerOutline,
  registerSemanticTokens,
  registerPairing,
  registerPreview,
  registerManagedPreview,
  registerConversion,
  registerManagedDeployment,
  registerInspection,
  registerTruthTable,
  registerShownTexts,
  registerSimulation,
  registerExpression,
  registerClusterRequests,
  registerDeployRequests,
  registerLocalRequests,
  registerAccountRequests,
  registerClusterStudies,
  registerCoverage,
  registerTools,
];
