// Changes the severity of a diagnostic's code, for a file or for all, in the settings of the workspace.

import { ConfigurationTarget, Uri, workspace } from "vscode";
import type { Session } from "../session";
import type { CallArguments } from "./callArguments";
import {
  globOfPath,
  readSetSeverity,
  type SeverityEntry,
  type SeverityLevel,
  severityLevels,
  withSeverity,
} from "./severityEntry";
import { runWizard } from "./wizard";

/** Resolves to the entry that was added; asks for the severity where the call does not say it. */
export async function setSeverity(
  _session: Session,
  call: CallArguments,
): Promise<SeverityEntry | undefined> {
  const asked = readSetSeverity(call.options);
  if (asked === undefined) return undefined;
  const { code } = asked;
  const path = call.uri === undefined ? undefined : workspace.asRelativePath(Uri.parse(call.uri), false);
  const chosen = asked.severity === undefined ? await askSeverity(code, path) : undefined;
  const files = chosen?.isEverywhere === true || path === undefined ? undefined : globOfPath(path);
  const severity = asked.severity ?? chosen?.severity ?? "off";
  const entry = { code, ...(files !== undefined && { files }), severity };
  const settings = workspace.getConfiguration("ecsDaemon");
  // The workspace's value hides the user's, so it starts with what holds now.
  const value = withSeverity(settings.get("diagnostics"), entry);
  await settings.update("diagnostics", value, targetOfSettings());
  return entry;
}

interface Chosen {
  readonly isEverywhere?: boolean;
  readonly severity?: SeverityLevel;
}

function askSeverity(code: string, path: string | undefined): Promise<Chosen> {
  const levels = severityLevels.map((level) => ({ label: level, description: meanings[level] }));
  const here = { label: "In this file", description: path ?? "" };
  const everywhere = { label: "In every file" };
  return runWizard<Chosen>(`Severity of '${code}'`, {}, [
    {
      ask: async (page) => ({
        severity: (await page.pick({ prompt: "Which severity?", items: levels })).label,
      }),
    },
    {
      isAsked: () => path !== undefined,
      ask: async (page, answers) => {
        const picked = await page.pick({ prompt: "Where?", items: [here, everywhere] });
        return { ...answers, isEverywhere: picked === everywhere };
      },
    },
  ]);
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
