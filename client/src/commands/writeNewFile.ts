// Files that a command makes.

import { type Uri, workspace } from "vscode";

/** Writes `text` to a new file. False where there is such a file: it is left as it is. */
export async function writeNewFile(uri: Uri, text: string): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return false;
  } catch {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return true;
  }
}
