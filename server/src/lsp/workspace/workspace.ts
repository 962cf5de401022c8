// Follows what happens around the documents: settings, folders, files on disk, the chosen cluster.

import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  WorkspaceFoldersRequest,
} from "vscode-languageserver/node";
import type { ServerContext } from "../base/context";
import { createDebounce } from "../base/debounce";
import { readTaskDefinitionPaths } from "../base/settings";
import { pathOfUri, uriKey } from "../base/uris";
import { taskDefinitionFilesOf } from "./taskDefinitionFiles";

export function registerWorkspace(context: ServerContext): void {
  const { connection, index, fence } = context;
  context.onInitialized(() => begin(context));

  connection.onDidChangeConfiguration((change) =>
    fence.wait("workspace/didChangeConfiguration", undefined, () =>
      readSettings(context, sectionOf(change.settings)),
    ),
  );

  connection.onDidChangeWatchedFiles(({ changes }) =>
    fence.wait("workspace/didChangeWatchedFiles", undefined, async () => {
      const uris = changes.map((it) => it.uri);
      const concernsIndex = await index.filesChanged(uris);
      const concernsCluster = await refreshCluster(context, uris);
      if (concernsIndex || concernsCluster) context.surroundingsChanged();
    }),
  );

  const localChanged = createDebounce(50, () =>
    fence.wait("local cluster", undefined, async () => {
      if (context.clusters.chosen() !== "local") return;
      await loadCluster(context);
      context.surroundingsChanged();
    }),
  );
  context.local.onChanged(localChanged);

  const followDocument = (uri: string) => {
    const file = context.clusters.currentFile();
    if (file === undefined || uriKey(uri) !== file) return;
    void fence.wait("cluster", undefined, async () => {
      await loadCluster(context);
      context.surroundingsChanged();
    });
  };
  context.documents.onChanged(followDocument);
  // What was typed and not saved is gone with the document: the file counts again.
  context.documents.onClosed(followDocument);
}

/** Reads the chosen cluster, so that hints and diagnostics know it. */
export async function loadCluster({ clusters, index }: ServerContext): Promise<void> {
  if (clusters.chosen() !== undefined) await clusters.resolve(undefined, pathsOf(index.folders()));
}

export function pathsOf(uris: readonly string[]): readonly string[] {
  return uris.flatMap((it) => pathOfUri(it) ?? []);
}

async function begin(context: ServerContext): Promise<void> {
  const { connection, client, index } = context;
  if (client().registersWatchers)
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: "**/*.{json,jsonc,ecsquery,yaml,yml,template,tf,tofu,tpl,tftpl}" },
        { globPattern: "**/ecspresso*.{yml,yaml,jsonnet}" },
        { globPattern: "**/.github/workflows/*.{yml,yaml}" },
      ],
    });
  if (client().registersConfiguration)
    await connection.client.register(DidChangeConfigurationNotification.type, { section: "ecsDaemon" });
  if (client().changesFolders)
    connection.workspace.onDidChangeWorkspaceFolders(() =>
      context.fence.wait("workspace/didChangeWorkspaceFolders", undefined, async () => {
        const folders = await connection.sendRequest(WorkspaceFoldersRequest.type);
        index.setFolders((folders ?? []).map((it) => it.uri));
        // Settings can be those of a folder.
        await readSettings(context, undefined);
        context.surroundingsChanged();
      }),
    );
  await readSettings(context, undefined);
  await loadCluster(context);
  if (context.clusters.current() !== undefined) context.surroundingsChanged();
}

async function readSettings(context: ServerContext, sent: unknown): Promise<void> {
  const { connection, client, settings, index, options } = context;
  const folders = index.folders();
  const [section, ...own]: unknown[] = client().readsConfiguration
    ? await connection.workspace.getConfiguration([
        { section: "ecsDaemon" },
        ...folders.map((scopeUri) => ({ scopeUri, section: "ecsDaemon" })),
      ])
    : [sent, ...folders.map(() => sent)];
  const files = pathsByFolder(folders, own);
  const isOther = await index.setTaskDefinitionFiles(
    taskDefinitionFilesOf(files, options().trusted !== false),
  );
  const isChanged = settings.update(section);
  index.setKinds(settings.kinds());
  // The settings may name another account.
  if (isChanged && context.clusters.chosen() === "aws") await loadCluster(context);
  if (isChanged || isOther) context.surroundingsChanged();
}

/** The setting `ecsDaemon.taskDefinitions` as every workspace folder has it, by the folder's path. */
function pathsByFolder(folders: readonly string[], sections: readonly unknown[]) {
  return new Map(
    folders.flatMap((uri, at) => {
      const folder = pathOfUri(uri);
      return folder === undefined ? [] : [[folder, readTaskDefinitionPaths(sections[at])] as const];
    }),
  );
}

function sectionOf(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return undefined;
  return (settings as { readonly ecsDaemon?: unknown }).ecsDaemon;
}

/** Reads the chosen cluster again where its file is among those that changed. */
async function refreshCluster(context: ServerContext, uris: readonly string[]): Promise<boolean> {
  const file = context.clusters.currentFile();
  if (file === undefined || !uris.some((it) => uriKey(it) === file)) return false;
  await loadCluster(context);
  return true;
}
