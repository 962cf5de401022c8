// Writes the kind of a file into the settings of the workspace: what its name and content leave open.

import { ConfigurationTarget, Uri, workspace } from "vscode";
import { type CallArguments, isRecord } from "../commands/callArguments";
import { globOfPath } from "../commands/severityEntry";
import type { Session } from "../session";

interface KindEntry {
  readonly files: string;
  readonly kind: string;
}

/** Resolves to the entry that was added. An entry about the same file goes. */
export async function setDocumentKind(
  _session: Session,
  call: CallArguments,
): Promise<KindEntry | undefined> {
  const { kind } = call.options;
  if (call.uri === undefined || typeof kind !== "string") return undefined;
  const entry = { files: globOfPath(workspace.asRelativePath(Uri.parse(call.uri), false)), kind };
  const settings = workspace.getConfiguration("ecsDaemon");
  const value: unknown = settings.get("documentKinds");
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const others = entries.filter((it) => !(isRecord(it) && it.files === entry.files));
  const isWorkspace = workspace.workspaceFile !== undefined || workspace.workspaceFolders !== undefined;
  const target = isWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await settings.update("documentKinds", [...others, entry], target);
  return entry;
}
