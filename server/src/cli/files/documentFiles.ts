// The documents that a call names: files as they are, folders by the files in them that are recognised.

import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { codeFamilyOf } from "../../core/source/code/literals";
import { append } from "../../core/text/lists";
import { printable } from "../../core/text/printable";
import type { Terminal } from "../output/terminal";
import { openTextOf, readResources, splitResource } from "./hostFiles";
import { tryRead, unreadable } from "./textFiles";

/** What nobody wrote by hand, or nobody deploys from. */
const skippedFolders = new Set(["node_modules", ".git"]);

/** Of a program, in bytes: what is larger nobody wrote by hand. */
const largestProgram = 1 << 20;

/** A file that only happens to lie in a folder is not read beyond this size, in bytes. */
const largestFound = 64_000_000;

/**
 * Opens every named file, and of every named folder those of a kind we know, each once, in the order of the names.
 * Rejects with an InputError where a named one is missing or unreadable. Of one that is none of ours it says so, unless
 * that `isExpected`.
 */
export async function collectDocuments(
  paths: readonly string[],
  terminal: Terminal,
  isExpected = false,
): Promise<readonly Resource[]> {
  const documents = new Map<string, Resource>();
  for (const path of paths) {
    for (const document of await openPath(path, terminal, isExpected)) {
      if (!documents.has(nameOfResource(document))) documents.set(nameOfResource(document), document);
    }
  }
  return [...documents.values()];
}

async function openPath(path: string, terminal: Terminal, isExpected: boolean): Promise<readonly Resource[]> {
  const found = await stat(splitResource(path).path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) return openFolder(path);
  const documents = await readResources(path);
  if (!isExpected && documents.every((it) => it.kind === undefined))
    terminal.say(
      printable(
        `Not checked: ${path} is not a task definition, service, managed daemon, capacity provider, cluster snapshot, fleet or placement expression.`,
      ),
    );
  return documents;
}

async function openFolder(folder: string): Promise<readonly Resource[]> {
  const documents: Resource[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entries = await entriesOf(next);
    append(documents, recognisedIn(next, entries));
    for (const it of entries)
      if (it.isDirectory() && !skippedFolders.has(it.name)) open.push(join(next, it.name));
  }
  return documents.sort((left, right) => (left.source.file < right.source.file ? -1 : 1));
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
}

function recognisedIn(folder: string, entries: readonly Dirent[]): readonly Resource[] {
  return entries.flatMap((entry) => {
    const isProgram = codeFamilyOf(entry.name) !== undefined;
    const isOurs = isProgram || /\.(jsonc?|ecsquery|ya?ml|template|tf|tofu|tpl|tftpl)$/i.test(entry.name);
    if (entry.isDirectory() || !isOurs) return [];
    return tryOpen(join(folder, entry.name), isProgram ? largestProgram : largestFound).filter(
      (it) => it.kind !== undefined,
    );
  });
}

/** Nothing for what cannot be read: in a folder nobody has asked for this file. */
function tryOpen(path: string, largest: number): readonly Resource[] {
  const text = tryRead(path, largest);
  return text === undefined ? [] : openTextOf(path, text);
}
