// The language server: one list of the features, each in a file of its own, wired to a connection.

import type { Connection } from "vscode-languageserver/node";
import { registerAccountRequests } from "./accountRequests";
import { registerClusterRequests } from "./clusterRequests";
import { registerClusterStudies } from "./clusterStudies";
import { registerClusterWatch } from "./clusterWatch";
import { registerCodeActions } from "./codeActions";
import { registerCodeLenses } from "./codeLenses";
import { registerCompletion } from "./completion";
import type { ServerContext } from "./context";
import { createContext } from "./createContext";
import { registerDeployRequests } from "./deployRequests";
import { registerDiagnostics } from "./diagnostics";
import type { Environment } from "./environment";
import { registerExpression } from "./expressionRequests";
import { registerFormatting } from "./formatting";
import { registerHover } from "./hover";
import { registerInlayHints } from "./inlayHints";
import { registerInspection } from "./inspectRequests";
import { registerLocalRequests } from "./localRequests";
import { askingForMfaCodes } from "./mfaCode";
import { registerNavigation } from "./navigation";
import { registerOutline } from "./outline";
import { registerPairing } from "./pairing";
import { registerPreview } from "./preview";
import { registerSemanticTokens } from "./semanticTokens";
import { registerSimulation } from "./simulationRequests";
import { registerTruthTable } from "./truthTable";
import { registerWorkspace } from "./workspace";

/** Wires every feature to the connection. The caller listens on it afterwards. */
export function startServer(connection: Connection, environment: Environment): void {
  const context = createContext(connection, askingForMfaCodes(environment, connection));
  for (const register of features) register(context);
}

const features: readonly ((context: ServerContext) => void)[] = [
  registerWorkspace,
  registerClusterWatch,
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
  registerInspection,
  registerTruthTable,
  registerSimulation,
  registerExpression,
  registerClusterRequests,
  registerDeployRequests,
  registerLocalRequests,
  registerAccountRequests,
  registerClusterStudies,
];
