// The names of a Terraform module: the locals and variables of all files of its folder. A file whose text is unchanged is
// not read again, and a module of which nothing changed keeps its names.

import { rememberByText } from "../../../text/remembered";
import { namesInConfiguration } from "./readConfiguration";
import type { Names } from "./terraformHost";

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

/** As `moduleNames`; the same object for the same texts under one key. */
export function createModuleNames(): (key: string, texts: readonly string[]) => Names {
  const known = new Map<string, { readonly texts: readonly string[]; readonly names: Names }>();
  return (key, texts) => {
    const last = known.get(key);
    const isSame =
      last !== undefined &&
      last.texts.length === texts.length &&
      last.texts.every((it, at) => it === texts[at]);
    if (last !== undefined && isSame) return last.names;
    const names = moduleNames(texts);
    known.set(key, { texts, names });
    return names;
  };
}
