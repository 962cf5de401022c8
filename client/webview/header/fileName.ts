// Files by their names.

import { distinctName } from "../../../server/src/core/text/distinctName";

/** The name of a file from its URI, after as many folders as tell it from the others; empty without one. */
export function fileName(uri = "", others: readonly string[] = []): string {
  const name = distinctName(uri, others);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
