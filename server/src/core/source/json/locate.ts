// Where in JSON text an offset is, whole or broken: the way down is scanned from the text, not read from a tree.

import { getLocation } from "jsonc-parser";
import type { Span } from "../../text/span";
import type { Step } from "../node";

export interface JsonLocation {
  /** From the outermost value down; at a key with the text before the offset as its last step. */
  readonly path: readonly Step[];
  readonly isKey: boolean;
  /** The token at the offset, or the one before it. */
  readonly previous: Span | undefined;
}

/** Locates an offset in JSON text. Never throws. */
export function locateInJson(text: string, offset: number): JsonLocation {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const previous = previousNode && {
    start: previousNode.offset,
    end: previousNode.offset + previousNode.length,
  };
  return { path, isKey: isAtPropertyKey, previous };
}
