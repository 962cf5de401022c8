// Where VS Code for the Web enters. It runs the files of the desktop, `client.js` here and `server.js` in a worker, and
// reads by the means of VS Code what the server would read from disk.

import * as vscode from "vscode";
import { type ExtensionContext, FileType, Uri, workspace } from "vscode";
import { fileStampMethod, listFolderMethod, readFileMethod } from "../../../server/src/lsp/protocol/protocol";
import type { WorkerHost } from "../workerHost";
import { type Port, readerOf, writerOf } from "./channel";
import { type ModuleFunction, moduleParameters, requireFrom } from "./modules";
import { nodeModules } from "./nodeModules";
import { toClient, toServer } from "./virtualUris";

interface ClientModule {
  activate(context: ExtensionContext, worker: WorkerHost): void;
}

interface BrowserWorker extends Port {
  terminate(): void;
}
declare const Worker: new (url: string) => BrowserWorker;

export async function activate(context: ExtensionContext): Promise<void> {
  // Menus and commands that need a machine or an account ask for it.
  await vscode.commands.executeCommand("setContext", "ecsDaemon.web", true);
  const names = ["client", "later", "languageClient", "protocol", "webWorker", ...serverNames] as const;
  const read = names.map(async (it) => [it, await readDist(context, `${it}.js`)] as const);
  const texts = Object.fromEntries(await Promise.all(read)) as Record<(typeof names)[number], string>;
  const modules = {
    "./client.js": moduleOf(texts.client),
    "./later.js": moduleOf(texts.later),
    "./languageClient.js": moduleOf(texts.languageClient),
    "./protocol.js": moduleOf(texts.protocol),
  };
  const require = requireFrom(modules, { ...nodeModules, vscode });
  (require("./client.js") as ClientModule).activate(context, workerHost(context, workerText(texts)));
}

async function readDist({ extensionUri }: ExtensionContext, name: string): Promise<string> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, "dist", name));
  return new TextDecoder().decode(bytes);
}

/** As the extension host itself evaluates the file that it loads. */
function moduleOf(text: string): ModuleFunction {
  return new Function(...moduleParameters, text) as ModuleFunction;
}

/** The files of the server. The AWS client is not among them: no account is offered here. */
const serverNames = ["server", "serverCore", "serverLater", "patterns"] as const;
type WorkerFile = "webWorker" | "protocol" | (typeof serverNames)[number];

/** One script for the worker: a worker may load no other one from where the extension is. */
function workerText(texts: Readonly<Record<WorkerFile, string>>): string {
  const modules = (["protocol", ...serverNames] as const).map(
    (it) => `"./${it}.js": function (${moduleParameters.join(", ")}) {\n${texts[it]}\n}`,
  );
  return `${texts.webWorker}\nself.startWorker({ ${modules.join(",\n")} });`;
}

function workerHost({ subscriptions }: ExtensionContext, text: string): WorkerHost {
  const schemes = () => {
    const folders = workspace.workspaceFolders ?? [];
    return [...new Set(folders.map((it) => it.uri.scheme))].filter((it) => it !== "file");
  };
  let running: BrowserWorker | undefined;
  subscriptions.push({ dispose: () => running?.terminate() });
  return {
    schemes,
    connect: async () => {
      running?.terminate();
      const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      running = new Worker(url);
      return {
        reader: readerOf(running, toClient),
        writer: writerOf(running, (message) => toServer(message, schemes())),
      };
    },
    requests: {
      [readFileMethod]: ({ uri }) =>
        orNull(async () => new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)))),
      [fileStampMethod]: ({ uri }) =>
        orNull(async () => {
          const { type, mtime, size } = await workspace.fs.stat(Uri.parse(uri));
          return type === FileType.Directory ? null : { modified: mtime, size };
        }),
      [listFolderMethod]: async ({ uri }) => {
        const entries = await orNull(async () => workspace.fs.readDirectory(Uri.parse(uri)));
        return (entries ?? []).map(([name, type]) => ({ name, isFolder: type === FileType.Directory }));
      },
    },
  };
}

/** What cannot be read is not there. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
