// Which files may be read in Restricted Mode: those that are inside a workspace folder, whatever the path and its links say.

import { trimmedEnd } from "../../core/text/trimmedEnd";
import type { Environment } from "../base/environment";

/** Whether the real path of a file is below the real path of one of the folders. */
export async function isInsideFolders(
  { realPath }: Pick<Environment, "realPath">,
  path: string,
  folders: readonly string[],
): Promise<boolean> {
  const real = await realPath(path);
  for (const folder of folders) if (isBelow(real, await realPath(folder))) return true;
  return false;
}

/** Whether a path begins with the folder's. Both are absolute, without `..`. */
export function isBelow(path: string, folder: string): boolean {
  const start = trimmedEnd(folder, "\\/");
  return path.startsWith(start) && /^[\\/]/.test(path.slice(start.length));
}
