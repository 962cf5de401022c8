import { type Uri, workspace } from "vscode";

/** A file, or a resource in it, as an item of a quick pick: its name, and the folder it is in. */
export function fileItem(uri: Uri) {
  const path = workspace.asRelativePath(uri);
  const nameStart = path.lastIndexOf("/") + 1;
  return {
    label: uri.fragment === "" ? path.slice(nameStart) : `${path.slice(nameStart)}#${uri.fragment}`,
    description: path.slice(0, Math.max(0, nameStart - 1)),
    uri,
  };
}
