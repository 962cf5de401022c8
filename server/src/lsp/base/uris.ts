// URIs and paths. The same file has one key, however the client spells its URI.

import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rememberByText } from "../../core/text/remembered";

/** The path of a `file:` URI; `undefined` for every other scheme and for what is no URI. */
export function pathOfUri(uri: string): string | undefined {
  return uri.startsWith("file:") ? pathOfFile(uri) : undefined;
}

/** Kept, since every keystroke asks for the path of each resource of the open files. */
const pathOfFile = rememberByText(5000, (uri): string | undefined => {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
});

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

/** Equal for two spellings of the URI of one file, or of one resource in a file (`file:///main.tf#aws_ecs_service.agent`). */
export function uriKey(uri: string): string {
  const path = pathOfUri(uri);
  return path === undefined ? uri : `${path}${fragmentOf(uri)}`;
}

/** The URI of the file, without the resource in it. */
export function fileUri(uri: string): string {
  return uri.slice(0, uri.length - fragmentOf(uri).length);
}

/** The name of the resource in a URI; `undefined` where the URI is that of a file. */
export function resourceIdOf(uri: string): string | undefined {
  const fragment = fragmentOf(uri).slice(1);
  if (fragment === "") return undefined;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** With its number sign. A path has none: it is written as `%23`. */
function fragmentOf(uri: string): string {
  const at = uri.indexOf("#");
  return at < 0 ? "" : uri.slice(at);
}

/** The path that a path or URI names; a relative path is looked for below `folders` in turn, so each gives one. */
export function candidatePaths(pathOrUri: string, folders: readonly string[]): readonly string[] {
  const path = /^[a-z][a-z0-9+.-]+:\/\//i.test(pathOrUri) ? pathOfUri(pathOrUri) : pathOrUri;
  if (path === undefined) return [];
  if (isAbsolute(path)) return [path];
  return folders.map((folder) => resolve(folder, path));
}
