// URIs and paths. The same file has one key, however the client spells its URI.

import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The path of a `file:` URI; `undefined` for every other scheme and for what is no URI. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

/** Equal for two spellings of the URI of one file. */
export function uriKey(uri: string): string {
  return pathOfUri(uri) ?? uri;
}

/** The path that a path or URI names; a relative path is looked for below `folders` in turn, so each gives one. */
export function candidatePaths(pathOrUri: string, folders: readonly string[]): readonly string[] {
  const path = /^[a-z][a-z0-9+.-]+:\/\//i.test(pathOrUri) ? pathOfUri(pathOrUri) : pathOrUri;
  if (path === undefined) return [];
  if (isAbsolute(path)) return [path];
  return folders.map((folder) => resolve(folder, path));
}
