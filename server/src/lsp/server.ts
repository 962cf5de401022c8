// The language server: one list of the features, each in a file of its own, wired to a connection. `later.ts` has those
// that no document needs.

import type { Connection } from "vscode-languageserver/node";
import { answerRequests } from "./base/answerRequest";
import type { ServerContext } from "./base/context";
import { createContext } from "./base/createContext";
import type { Environment } from "./base/environment";
import { askingForMfaCodes } from "./base/mfaCode";
import { registerClusterStates } from "./clusters/clusterStates";
import { registerClusterWatch } from "./clusters/clusterWatch";
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
import type { Later } from "./loadLater";
import { registerPreviewChanges } from "./preview/previewChanges";
import { registerPairing } from "./workspace/pairing";
import { registerWorkspace } from "./workspace/workspace";

/**
 * Wires every feature to the connection. The caller listens on it afterwards. `load` brings the features that answer
 * requests alone, at the first of these.
 */
export function startServer(
  connection: Connection,
  environment: Environment,
  load: () => Promise<Later>,
): void {
  const context = createContext(connection, askingForMfaCodes(environment, connection));
  for (const register of features) register(context);
  answerRequests(context, async () => (await load()).registerLater(context));
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
  registerPreviewChanges,
];
