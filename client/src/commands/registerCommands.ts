// Registers every command behind one error boundary. The code of a command is evaluated when it is first called.

import { CancellationError, commands, type Disposable, workspace } from "vscode";
import type { Failure } from "../../../server/src/lsp/protocol/protocol";
import {
  describeFailure,
  isFailure,
  needsComputer,
  restricted,
  shown,
  showWithLog,
  signIn,
} from "../failures";
import type { Session } from "../session";
import { type CallArguments, readCallArguments } from "./callArguments";
import { type CommandName, commandId, commandNames, internalCommandNames } from "./commandIds";

type Handler = (session: Session, call: CallArguments) => Promise<unknown>;

const handlers: Readonly<Record<CommandName, Handler>> = {
  previewPlacement: async (...it) => (await import("./previewPlacement")).previewPlacement(...it),
  refreshPreview: ({ previews }) => previews.perform("refresh"),
  lockPreview: async ({ previews }) => previews.lock(true),
  unlockPreview: async ({ previews }) => previews.lock(false),
  comparePreview: async (...it) => (await import("./panelCommands")).comparePreview(...it),
  copyPreview: async (...it) => (await import("./panelCommands")).copyPreview(...it),
  showTruthTable: async (...it) => (await import("./showTruthTable")).showTruthTable(...it),
  deploy: async (...it) => (await import("./deploy")).deploy(...it),
  registerTaskDefinition: async (...it) => (await import("./deploy")).registerTaskDefinition(...it),
  createService: async (...it) => (await import("./deploy")).createService(...it),
  verifyService: async (...it) => (await import("./deploy")).verifyService(...it),
  deleteService: async (...it) => (await import("./deleteService")).deleteService(...it),
  putAttributes: async (...it) => (await import("./putAttributes")).putAttributes(...it),
  deleteAttributes: async (...it) => (await import("./deleteAttributes")).deleteAttributes(...it),
  selectCluster: async (...it) => (await import("./selectCluster")).selectCluster(...it),
  startLocalCluster: async (...it) => (await import("./localCluster")).startLocalCluster(...it),
  startLocalFromFleet: async (...it) => (await import("./localCluster")).startLocalFromFleet(...it),
  stopLocalCluster: async (session) => (await import("./localCluster")).stopLocalCluster(session),
  addLocalInstances: async (...it) => (await import("./localCluster")).addLocalInstances(...it),
  captureCluster: async (...it) => (await import("./captureCluster")).captureCluster(...it),
  compareWithAws: async (...it) => (await import("./compareWithAws")).compareWithAws(...it),
  copyAsAwsCli: async (...it) => (await import("./copyAsAwsCli")).copyAsAwsCli(...it),
  copyAsTaskDefinition: async (...it) => (await import("./copyAsTaskDefinition")).copyAsTaskDefinition(...it),
  copyId: async (...it) => (await import("../views/copyId")).copyId(...it),
  makeRoom: async (...it) => (await import("../coverage/makeRoom")).makeRoom(...it),
  refreshCluster: async (session) => (await import("../views/refreshCluster")).refreshCluster(session),
  selectCoverage: async (...it) => (await import("../coverage/selectCoverage")).selectCoverage(...it),
  showCoverage: async (...it) => (await import("../coverage/showCoverage")).showCoverage(...it),
  chooseService: async (...it) => (await import("./chooseService")).chooseService(...it),
  newDaemon: async (...it) => (await import("./newDaemon")).newDaemon(...it),
  convertToManagedDaemon: async (...it) =>
    (await import("../managed/convertToManagedDaemon")).convertToManagedDaemon(...it),
  showLog: async ({ log }) => log.show(),
  "internal.setDocumentKind": async (...it) =>
    (await import("../managed/setDocumentKind")).setDocumentKind(...it),
  "internal.setSeverity": async (...it) => (await import("./setSeverity")).setSeverity(...it),
  "internal.startServer": ({ server }) => server.start(),
  "internal.retryCluster": ({ server }) => server.request("retryCluster", {}),
  "internal.showDocumentation": async (...it) =>
    (await import("./showDocumentation")).showDocumentation(...it),
  "internal.signIn": async ({ states }) => signIn(states.current.chosen.problem?.signIn?.profile),
};

/** What starts something or reaches an account: asked of nobody before the workspace is trusted. */
const needsTrust: ReadonlySet<CommandName> = new Set<CommandName>([
  "deploy",
  "registerTaskDefinition",
  "createService",
  "verifyService",
  "deleteService",
  "putAttributes",
  "deleteAttributes",
  "startLocalCluster",
  "startLocalFromFleet",
  "addLocalInstances",
  "captureCluster",
  "compareWithAws",
  "makeRoom",
  "selectCoverage",
]);

/** One registration for each command; each returns its result, `undefined` where the user cancelled. */
export function registerCommands(session: Session): readonly Disposable[] {
  return [...commandNames, ...internalCommandNames].map((name) =>
    commands.registerCommand(commandId(name), async (...values: unknown[]) => {
      try {
        const refused = needsTrust.has(name) ? refusal(session) : undefined;
        const result =
          refused === undefined ? await handlers[name](session, readCallArguments(values)) : shown(refused);
        if (isFailure(result)) session.log.warn(`${commandId(name)}: ${describeFailure(result)}`);
        return result;
      } catch (error) {
        if (error instanceof CancellationError) return undefined;
        return fail(session, name, error);
      }
    }),
  );
}

/** Why nothing may be started and no account asked here. */
function refusal({ inBrowser }: Session): Failure | undefined {
  if (inBrowser) return needsComputer;
  return workspace.isTrusted ? undefined : restricted;
}

/** What nobody foresaw: the whole of it goes to the log, its first line to the user, and a Failure to the caller. */
function fail({ log }: Session, name: CommandName, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  log.error(`${commandId(name)}: ${error instanceof Error ? (error.stack ?? message) : message}`);
  showWithLog("error", `ECS Daemon: ${message}`);
  return { error: { code: "unexpected", message } };
}
