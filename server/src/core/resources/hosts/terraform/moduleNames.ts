// The names of a Terraform module: the locals and variables of all files of its folder. A file whose text is unchanged is
// not read again, and a module of which nothing changed keeps its names.

import { rememberByText } from "../../../text/remembered";
import { namesInConfiguration } from "./readConfiguration";
import type { Names, ReadFile } from "./terraformHost";

const namesOf = rememberByText(200, namesInConfiguration);

/** Whether a file is one of those that a module consists of. */
export function isModuleFile(fileName: string): boolean {
  return /\.(?:tf|tofu)$/i.test(fileName);
}

/** The names of several files together. */
export function moduleNames(texts: readonly string[]): Names {
  const all = texts.map(namesOf).filter((it) => it.size > 0);
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : new Map(all.flatMap((it) => [...it]));
}

/** What a file of a module knows from around it. */
export interface ModuleContext {
  readonly names?: Names;
  readonly readFile: ReadFile;
}

const readCalls = /\b(?:file|templatefile)\(\s*"(?:\$\{path\.module\}\/)?([^"$]{1,200})"/g;
const pathsReadIn = rememberByText(200, (text) =>
  [...text.matchAll(readCalls)].map((it) => (it[1] ?? "").replace(/^\.\//, "")),
);

/**
 * What the files of a module give one of them: `own` is its text, `others` are those of the other files. The same object
 * under one key as long as the texts, and those that they read, are the same.
 */
export function createModuleContexts(): (
  key: string,
  own: string,
  others: readonly string[],
  readFile: ReadFile,
) => ModuleContext {
  const known = new Map<
    string,
    { readonly texts: readonly (string | undefined)[]; context: ModuleContext }
  >();
  return (key, own, others, readFile) => {
    const read = new Map([own, ...others].flatMap(pathsReadIn).map((it) => [it, readFile(it)]));
    const texts = [...others, ...read.values()];
    const last = known.get(key);
    if (last !== undefined && isSameList(last.texts, texts)) return last.context;
    const context = {
      readFile: (path: string) => read.get(path),
      ...(others.length > 0 && { names: moduleNames(others) }),
    };
    known.set(key, { texts, context });
    return context;
  };
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((it, at) => it === right[at]);
}
