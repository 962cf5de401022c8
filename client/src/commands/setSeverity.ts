// Changes the severity of a diagnostic's code, for a file or for all, in the settings of the workspace.

import { ConfigurationTarget, Uri, window, workspace } from "vscode";
import type { Session } from "../session";
import { given } from "./ask";
import type { CallArguments } from "./callArguments";
import {
  globOfPath,
  readSetSeverity,
  type SeverityEntry,
  type SeverityLevel,
  severityLevels,
  withSeverity,
} from "./severityEntry";

/** Resolves to the entry that was added; asks for the severity where the call does not say it. */
export async function setSeverity(
  _session: Session,
  call: CallArguments,
): Promise<SeverityEntry | undefined> {
  const asked = readSetSeverity(call.options);
  if (asked === undefined) return undefined;
  const { code } = asked;
  const path = call.uri === undefined ? undefined : workspace.asRelativePath(Uri.parse(call.uri), false);
  const severity = asked.severity ?? (await askSeverity(code, path));
  const entry = { code, ...(path !== undefined && { files: globOfPath(path) }), severity };
  const settings = workspace.getConfiguration("ecsDaemon");
  // The workspace's value hides the user's, so it starts with what holds now.
  const value = withSeverity(settings.get("diagnostics"), entry);
  await settings.update("diagnostics", value, targetOfSettings());
  return entry;
}

async function askSeverity(code: string, path: string | undefined): Promise<SeverityLevel> {
  const items = severityLevels.map((level) => ({ label: level, description: meanings[level] }));
  const picked = await window.showQuickPick(items, {
    title: path === undefined ? code : `${code} in ${path}`,
    placeHolder: "Which severity shall it have?",
  });
  return given(picked).label;
}

const meanings: Readonly<Record<SeverityLevel, string>> = {
  error: "ECS would reject it",
  warning: "likely not what is meant",
  information: "worth knowing",
  hint: "a faint mark in the text",
  off: "not shown at all",
};

/** Without a folder there are no settings of a workspace. */
function targetOfSettings(): ConfigurationTarget {
  const isWorkspace = workspace.workspaceFile !== undefined || workspace.workspaceFolders !== undefined;
  return isWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
}
