// The documents that a call names: files as they are, folders by the files in them that are recognised.

import { type Dirent, readFileSync, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileOptions, nameOfResource, openResources } from "../core/resources/openResources";
import type { Resource } from "../core/resources/resource";
import { printable } from "../core/text/printable";
import { InputError } from "./command";
import { decodedText } from "./decodedText";
import { readTextFile, whyUnreadable } from "./readFiles";
import type { Terminal } from "./terminal";

/** What nobody wrote by hand, or nobody deploys from. */
const skippedFolders = new Set(["node_modules", ".git"]);

/** A file that only happens to lie in a folder is not read beyond this size, in bytes. */
const largestFound = 64_000_000;
/** Bytes of a list of containers that a Terraform file reads; a task definition has 64 KiB at most. */
const largestList = 1_000_000;

/**
 * Opens every named file, and of every named folder those of a kind we know, each once, in the order of the names.
 * Rejects with an InputError where a named one is missing or unreadable.
 */
export async function collectDocuments(
  paths: readonly string[],
  terminal: Terminal,
): Promise<readonly Resource[]> {
  const documents = new Map<string, Resource>();
  for (const path of paths) {
    for (const document of await openPath(path, terminal)) {
      if (!documents.has(nameOfResource(document))) documents.set(nameOfResource(document), document);
    }
  }
  return [...documents.values()];
}

async function openPath(path: string, terminal: Terminal): Promise<readonly Resource[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new InputError(`${path} cannot be read: ${whyUnreadable(error)}.`);
  });
  if (found.isDirectory()) return openFolder(path);
  const documents = openResources(path, await readTextFile(path), besides(path));
  if (documents.every((it) => it.kind === undefined))
    terminal.say(
      printable(
        `Not checked: ${path} is not a task definition, service, cluster snapshot, fleet or placement expression.`,
      ),
    );
  return documents;
}

async function openFolder(folder: string): Promise<readonly Resource[]> {
  const documents: Resource[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entries = await entriesOf(next);
    documents.push(...recognisedIn(next, entries));
    for (const it of entries)
      if (it.isDirectory() && !skippedFolders.has(it.name)) open.push(join(next, it.name));
  }
  return documents.sort((left, right) => (left.source.file < right.source.file ? -1 : 1));
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new InputError(`${folder} cannot be read: ${whyUnreadable(error)}.`);
  });
}

function recognisedIn(folder: string, entries: readonly Dirent[]): readonly Resource[] {
  return entries.flatMap((entry) => {
    if (entry.isDirectory() || !/\.(jsonc?|ecsquery|ya?ml|template|tf|tofu|tpl|tftpl)$/i.test(entry.name))
      return [];
    return tryOpen(join(folder, entry.name)).filter((it) => it.kind !== undefined);
  });
}

/** Nothing for what cannot be read: in a folder nobody has asked for this file. */
function tryOpen(path: string): readonly Resource[] {
  const text = tryRead(path, largestFound);
  return text === undefined ? [] : openResources(path, text, besides(path));
}

/** What is known besides the text of a file: the files that a Terraform file reads, below or beside its folder. */
export function besides(path: string): FileOptions {
  return { readFile: (name) => tryRead(join(dirname(path), name), largestList) };
}

/** The text of a regular file of at most so many bytes. */
export function tryRead(path: string, largest: number): string | undefined {
  try {
    // Anything else, a pipe for example, may never come to an end.
    const found = statSync(path);
    return found.isFile() && found.size <= largest ? decodedText(readFileSync(path)) : undefined;
  } catch {
    return undefined;
  }
}
