// What each command does. The code of a command is evaluated when it is first called.

import { signIn } from "../failures";
import type { Session } from "../session";
import type { CallArguments } from "./callArguments";
import type { CommandName } from "./commandIds";

type Handler = (session: Session, call: CallArguments) => Promise<unknown>;

export const commandHandlers: Readonly<Record<CommandName, Handler>> = {
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
