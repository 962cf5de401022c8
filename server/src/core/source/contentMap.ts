// Offsets in the decoded value of a string ↔ offsets in the host text. Escapes make the two differ: `\"` is two
// characters of JSON text for one of the value, `\u0041` six.

import type { Span } from "../text/span";

export interface ContentMap {
  /** The span of the document that a span of the string's value was written as. */
  toDocument(span: Span): Span;
  /** The offset in the value that an offset of the document falls on; clamped to the string. */
  toValue(offset: number): number;
}

/** A map for a text that stands in the document as it is. */
export function plainMap(start: number, length: number): ContentMap {
  return {
    toDocument: (span) => ({ start: start + span.start, end: start + span.end }),
    toValue: (offset) => Math.min(length, Math.max(0, offset - start)),
  };
}

/** The map of a text that is written elsewhere: all of it is at the place of what refers to it. */
export function placeMap(start: number, length: number): ContentMap {
  return { toDocument: () => ({ start, end: start + length }), toValue: () => 0 };
}

/** The map of a string literal whose opening quote stands at `offset` of `text`; `length` includes the quotes. */
export function stringMap(text: string, offset: number, length: number): ContentMap {
  const start = offset + 1;
  const closed = length > 1 && text[offset + length - 1] === '"';
  const end = closed ? offset + length - 1 : offset + length;
  if (text.slice(start, end).indexOf("\\") < 0) return plainMap(start, end - start);
  const starts: number[] = [];
  for (let at = start; at < end; at += escapeLength(text, at)) starts.push(at);
  starts.push(end);
  return mapOfStarts(starts);
}

/** `starts[i]` is where the i-th UTF-16 unit of the value is written; one more entry for its end. */
export function mapOfStarts(starts: readonly number[]): ContentMap {
  const written = (index: number) => starts[Math.min(Math.max(index, 0), starts.length - 1)] ?? 0;
  return {
    toDocument: (span) => ({ start: written(span.start), end: written(span.end) }),
    toValue: (document) => {
      const behind = starts.findIndex((it) => it > document);
      return behind < 0 ? starts.length - 1 : Math.max(0, behind - 1);
    },
  };
}

function escapeLength(text: string, at: number): number {
  if (text[at] !== "\\") return 1;
  return text[at + 1] === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6)) ? 6 : 2;
}

/** The map of a text that begins elsewhere. */
export function movedMap(map: ContentMap, by: number): ContentMap {
  if (by === 0) return map;
  return {
    toDocument: (span) => {
      const { start, end } = map.toDocument(span);
      return { start: start + by, end: end + by };
    },
    toValue: (offset) => map.toValue(offset - by),
  };
}
