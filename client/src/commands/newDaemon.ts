import { Uri, window, workspace } from "vscode";
import type { Session } from "../session";
import { askText, given } from "./ask";
import { type CallArguments, textOption } from "./callArguments";
import { daemonFiles, daemonNameProblem } from "./daemonTemplate";

export interface NewDaemon {
  readonly taskDefinition: string;
  /** Without a workspace folder only the task definition is made, as an untitled document. */
  readonly service: string | undefined;
}

/**
 * Writes `NAME.taskdef.json` and `NAME.service.json` into a workspace folder (or the folder that was clicked) and opens
 * the first. A file that exists is left as it is. Option: `name`. Returns the URIs.
 */
export async function newDaemon(_session: Session, call: CallArguments): Promise<NewDaemon> {
  const named = textOption(call, "name");
  const name = named !== undefined && daemonNameProblem(named) === undefined ? named : await askName();
  const files = daemonFiles(name);
  const folder = call.uri === undefined ? await askFolder() : Uri.parse(call.uri);
  if (folder === undefined) {
    const document = await workspace.openTextDocument({ language: "json", content: files.taskDefinition });
    await window.showTextDocument(document);
    return { taskDefinition: document.uri.toString(), service: undefined };
  }
  const taskDefinition = Uri.joinPath(folder, `${name}.taskdef.json`);
  const service = Uri.joinPath(folder, `${name}.service.json`);
  await writeNew(service, files.service);
  await writeNew(taskDefinition, files.taskDefinition);
  await window.showTextDocument(taskDefinition);
  return { taskDefinition: taskDefinition.toString(), service: service.toString() };
}

function askName(): Promise<string> {
  return askText({
    title: "New Daemon Service",
    prompt: "Name of the daemon service and of its task definition's family",
    placeHolder: "node-agent",
    validateInput: daemonNameProblem,
  });
}

async function askFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return given(await window.showWorkspaceFolderPick({ placeHolder: "In which folder?" })).uri;
}

async function writeNew(uri: Uri, text: string): Promise<void> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
}
