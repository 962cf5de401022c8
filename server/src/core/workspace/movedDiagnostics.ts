// Diagnostics of a resource whose part of the text is unchanged and stands elsewhere: they move with it.

import type { Resource } from "../resources/resource";
import type { Diagnostic } from "../rules/diagnostic";
import type { Span } from "../text/span";

/** Whether the same was read of both: they are one document, or one unchanged part of a file before and after a change. */
export function isSameReading(before: Resource, now: Resource): boolean {
  if (before === now) return true;
  const read = before.hosted?.part?.read;
  return read !== undefined && read === now.hosted?.part?.read && before.source.file === now.source.file;
}

/**
 * The diagnostics of `before` as those of `now`, of which the same was read; `undefined` where one of them points into
 * another document, whose place may have changed by another distance.
 */
export function movedDiagnostics(
  diagnostics: readonly Diagnostic[],
  before: Resource,
  now: Resource,
): readonly Diagnostic[] | undefined {
  const pointsElsewhere = diagnostics.some((it) => it.related?.some((place) => place.file !== undefined));
  if (pointsElsewhere) return undefined;
  const by = (now.hosted?.part?.start ?? 0) - (before.hosted?.part?.start ?? 0);
  return by === 0 ? diagnostics : diagnostics.map((it) => moved(it, by));
}

function moved(diagnostic: Diagnostic, by: number): Diagnostic {
  const { span, related, fixes } = diagnostic;
  const there = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...diagnostic,
    span: there(span),
    ...(related && { related: related.map((it) => ({ ...it, span: there(it.span) })) }),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((it) => ({ ...it, span: there(it.span) })),
      })),
    }),
  };
}
