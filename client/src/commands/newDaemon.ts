import { Uri, window, workspace } from "vscode";
import { notify } from "../notify";
import type { Session } from "../session";
import { askText, given } from "./ask";
import { attributesProblem, readAttributes } from "./attributeText";
import { type CallArguments, textOption } from "./callArguments";
import {
  type DaemonAnswers,
  daemonFiles,
  daemonNameProblem,
  portsProblem,
  usualHostPaths,
} from "./daemonTemplate";

export interface NewDaemon {
  readonly taskDefinition: string;
  readonly service: string;
}

const title = "New Daemon Service";

/**
 * Writes `NAME.taskdef.json` and `NAME.service.json` into a workspace folder (or the folder that was clicked) and opens
 * the first; without a folder both are untitled documents. A file that exists is left as it is. Options: `name`, `image`, `ports` ("8125/udp, 8126"), `hostPaths`,
 * `attributes` ("env=prod"); a call that says the name is asked nothing more. Returns the URIs.
 */
export async function newDaemon(_session: Session, call: CallArguments): Promise<NewDaemon> {
  const answers = answersOf(call) ?? (await ask());
  const files = daemonFiles(answers);
  const folder = call.uri === undefined ? await askFolder() : Uri.parse(call.uri);
  if (folder === undefined) {
    return {
      service: await showUntitled(files.service),
      taskDefinition: await showUntitled(files.taskDefinition),
    };
  }
  const taskDefinition = Uri.joinPath(folder, `${answers.name}.taskdef.json`);
  const service = Uri.joinPath(folder, `${answers.name}.service.json`);
  const kept = [
    ...((await writeNew(taskDefinition, files.taskDefinition)) ? [] : [taskDefinition]),
    ...((await writeNew(service, files.service)) ? [] : [service]),
  ];
  if (kept.length > 0) {
    const names = kept.map((it) => workspace.asRelativePath(it)).join(" and ");
    void notify.warning(
      `${names} ${kept.length === 1 ? "was" : "were"} there before, and ${kept.length === 1 ? "is" : "are"} left as before.`,
    );
  }
  await window.showTextDocument(taskDefinition);
  return { taskDefinition: taskDefinition.toString(), service: service.toString() };
}

function answersOf(call: CallArguments): DaemonAnswers | undefined {
  const name = textOption(call, "name");
  if (name === undefined || daemonNameProblem(name) !== undefined) return undefined;
  const { hostPaths } = call.options;
  const ports = textOption(call, "ports");
  return {
    name: name.trim(),
    image: textOption(call, "image"),
    ports: ports !== undefined && portsProblem(ports) === undefined ? ports : undefined,
    hostPaths: Array.isArray(hostPaths)
      ? hostPaths.filter((it): it is string => typeof it === "string" && it.startsWith("/"))
      : undefined,
    attributes: textOption(call, "attributes"),
  };
}

async function ask(): Promise<DaemonAnswers> {
  const name = await askText({
    title,
    prompt: "Name of the daemon service and of its task definition's family",
    placeHolder: "node-agent",
    validateInput: daemonNameProblem,
  });
  const image = await askText({
    title,
    prompt: "Image of the agent; empty for a tiny one to begin with",
    placeHolder: "public.ecr.aws/datadog/agent:7",
    validateInput: (text) => (/\s/.test(text.trim()) ? "An image has no spaces in its name." : undefined),
  });
  const ports = await askText({
    title,
    prompt: "Ports of the instance that it listens on; empty for none",
    placeHolder: "8125/udp, 8126",
    validateInput: portsProblem,
  });
  return {
    name,
    image: image === "" ? undefined : image,
    ports,
    hostPaths: await askHostPaths(image === ""),
    attributes: await askWhere(),
  };
}

async function askHostPaths(isDefaultImage: boolean): Promise<readonly string[]> {
  const items = usualHostPaths.map(({ path, what }) => ({
    label: path,
    description: what,
    picked: isDefaultImage && path === "/proc/",
  }));
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: "What of the instance does it read?",
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return given(picked).map((it) => it.label);
}

async function askWhere(): Promise<string> {
  const everywhere = { label: "On every container instance" };
  const some = { label: "On instances with an attribute…" };
  const picked = await window.showQuickPick([everywhere, some], {
    title,
    placeHolder: "Where should it run?",
    ignoreFocusOut: true,
  });
  if (given(picked) === everywhere) return "";
  return askText({
    title,
    prompt: "Attributes that the instances have",
    placeHolder: "env=prod",
    validateInput: (text) => attributesProblem(text) ?? nameProblem(text),
  });
}

function nameProblem(text: string): string | undefined {
  const wrong = readAttributes(text).find((it) => !/^[\w./\\-]+$/.test(it.name));
  return wrong === undefined ? undefined : `“${wrong.name}” is no name of an attribute.`;
}

async function askFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return given(await window.showWorkspaceFolderPick({ placeHolder: "In which folder?" })).uri;
}

async function showUntitled(content: string): Promise<string> {
  const document = await workspace.openTextDocument({ language: "json", content });
  await window.showTextDocument(document, { preview: false });
  return document.uri.toString();
}

/** False where there is such a file: it is left as it is. */
async function writeNew(uri: Uri, text: string): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return false;
  } catch {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return true;
  }
}
