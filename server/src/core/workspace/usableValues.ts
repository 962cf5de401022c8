// Which of the given values a template or module can be read with: one of a wrong type, or one that makes no expression
// of the cluster query language, is left out with the reason, so that nothing is counted as zero for its sake.

import type { GivenValues } from "../resources/hosts/givenValues";
import type { Resource } from "../resources/resource";
import type { Diagnostic } from "../rules/diagnostic";
import { validateDocument } from "../rules/validate";
import type { Node } from "../source/node";

export interface UsableValues {
  readonly given: GivenValues;
  /** By name, what a diagnostic says with a value that cannot be used. */
  readonly problems: ReadonlyMap<string, string>;
}

type ReadWith = (document: Resource, given: GivenValues) => Resource;

/** `read` gives a document with values. Of values that exclude each other the earlier ones count. */
export function usableValues(
  documents: readonly Resource[],
  given: GivenValues,
  read: ReadWith,
): UsableValues {
  if (given.size === 0) return { given, problems: new Map() };
  const before = new Set(documents.flatMap(errorsOf).map(keyOf));
  const firstError = (values: GivenValues) =>
    documents.flatMap((it) => errorsOf(read(it, values))).find((it) => !before.has(keyOf(it)));
  if (firstError(given) === undefined) return { given, problems: new Map() };
  const usable = new Map<string, Node>();
  const problems = new Map<string, string>();
  for (const [name, value] of given) {
    const error = firstError(new Map([...usable, [name, value]]));
    if (error === undefined) usable.set(name, value);
    else problems.set(name, error.message);
  }
  return { given: usable, problems };
}

/** What a value is to blame for; a property that a condition brings along is not. */
const aboutValues = /^(?:wrong-type|unknown-value|number-out-of-range|text-length|expression-.+)$/;

function errorsOf(document: Resource): readonly Diagnostic[] {
  return validateDocument(document).filter((it) => it.severity === "error" && aboutValues.test(it.code));
}

function keyOf({ code, span }: Diagnostic): string {
  return `${code} ${span.start} ${span.end}`;
}
