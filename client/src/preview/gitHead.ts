// A file's text as git HEAD has it, through the Git extension that VS Code brings along.

import { type Disposable, type Event, extensions, type Uri } from "vscode";

/** As much of the Git extension's API (version 1) as is used here. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}
interface GitApi {
  getRepository(uri: Uri): Repository | null;
}
interface Repository {
  readonly state: { readonly onDidChange: Event<void> };
  show(ref: string, path: string): Promise<string>;
}

/** The text, or in a sentence why there is none. */
export type HeadText = { readonly text: string } | { readonly problem: string };

/** Never rejects: without Git, or outside of a repository, the problem says so. */
export async function headText(uri: Uri): Promise<HeadText> {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const repository = await repositoryOf(uri);
  if (repository === undefined) return { problem: "Git is switched off or not installed." };
  if (repository === null) return { problem: `${name} is in no git repository that is open here.` };
  try {
    return { text: await repository.show("HEAD", uri.fsPath) };
  } catch {
    return { problem: `${name} is not in git HEAD.` };
  }
}

/** Calls back when a commit or a checkout may have moved HEAD; nothing happens without Git. */
export async function onHeadChanged(uri: Uri, changed: () => void): Promise<Disposable | undefined> {
  const repository = await repositoryOf(uri);
  return repository?.state.onDidChange(changed);
}

/** `undefined`: no Git; `null`: no repository. */
async function repositoryOf(uri: Uri): Promise<Repository | null | undefined> {
  const extension = extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined) return undefined;
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    return git.enabled ? git.getAPI(1).getRepository(uri) : undefined;
  } catch {
    return undefined;
  }
}
