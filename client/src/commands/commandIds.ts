/** Every command of the extension, without the prefix `ecsDaemon.`; a test compares the list with package.json. */
export const commandNames = [
  "previewPlacement",
  "refreshPreview",
  "lockPreview",
  "unlockPreview",
  "comparePreview",
  "copyPreview",
  "showTruthTable",
  "deploy",
  "registerTaskDefinition",
  "createService",
  "verifyService",
  "deleteService",
  "putAttributes",
  "deleteAttributes",
  "selectCluster",
  "startLocalCluster",
  "startLocalFromFleet",
  "stopLocalCluster",
  "addLocalInstances",
  "captureCluster",
  "compareWithAws",
  "copyAsAwsCli",
  "copyAsTaskDefinition",
  "copyId",
  "makeRoom",
  "refreshCluster",
  "selectCoverage",
  "showCoverage",
  "chooseService",
  "newDaemon",
  "convertToManagedDaemon",
  "showLog",
] as const;

/** Commands of code actions and of buttons in messages: they are in no palette, menu or manifest. */
export const internalCommandNames = [
  "internal.setSeverity",
  "internal.setDocumentKind",
  "internal.startServer",
  "internal.retryCluster",
  "internal.signIn",
  "internal.showDocumentation",
] as const;

export type CommandName = (typeof commandNames)[number] | (typeof internalCommandNames)[number];

/** The id that package.json, key bindings and tasks use. */
export function commandId(name: CommandName): string {
  return `ecsDaemon.${name}`;
}
