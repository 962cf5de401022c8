// The names of a template or module that a preview depends on, with the values that a request gives for them.

import type { PreviewSubject } from "../../core/language/previewSubject";
import { previewValues } from "../../core/language/previewValues";
import { type GivenValues, givenTexts } from "../../core/resources/hosts/givenValues";
import type { Resource } from "../../core/resources/resource";
import { withDefaults } from "../../core/resources/withDefaults";
import { holdsSecret } from "../../core/secrets/secretText";
import { isLikelySecret } from "../../core/secrets/secretValues";
import { type UsableValues, usableValues } from "../../core/workspace/usableValues";
import type { PreviewedValue } from "../protocol/protocol";

export interface SubjectWithValues {
  /** The documents as they are with the values that can be used. */
  readonly subject: PreviewSubject;
  readonly values: readonly PreviewedValue[];
  /** The given values that count. */
  readonly given: GivenValues;
}

/** `asked`: the values of the request; `read` gives a document with values. */
export function subjectWithValues(
  written: PreviewSubject,
  asked: Readonly<Record<string, unknown>>,
  read: (document: Resource, given: GivenValues) => Resource,
): SubjectWithValues {
  const given = givenTexts(asked);
  const withValues = (values: GivenValues): PreviewSubject => ({
    taskDefinition: read(written.taskDefinition, values),
    service: written.service && read(written.service, values),
  });
  const usable = usableValues(documentsOf(written), given, read);
  const subject = withValues(usable.given);
  const needs = [...previewValues(written), ...previewValues(subject)];
  // A value that chooses a branch may bring names along, which are values of the preview in their turn.
  for (const name of given.keys())
    if (!needs.some((it) => it.name === name))
      needs.push(...previewValues(withValues(without(usable.given, name))).filter((it) => it.name === name));
  const byName = new Map(needs.toReversed().map((it) => [it.name, it]));
  const names = new Set([...needs.map((it) => it.name), ...given.keys()]);
  const problemOf = (name: string) => problem(name, usable, subject, byName.has(name));
  return {
    subject,
    given: usable.given,
    values: [...names].map((name) => {
      const byDefault = byName.get(name)?.byDefault;
      const entry = { name, ...(byDefault !== undefined && { byDefault }) };
      if (!given.has(name)) return entry;
      const value = String(given.get(name)?.value);
      const why = problemOf(name);
      if (isSecret(name, value))
        return { ...entry, secret: true, ...(why !== undefined && { problem: hidden }) };
      return { ...entry, given: value, ...(why !== undefined && { problem: why }) };
    }),
  };
}

const hidden = "The value cannot be used.";

/** Why a given value does not count. */
function problem(
  name: string,
  { problems }: UsableValues,
  subject: PreviewSubject,
  isNeeded: boolean,
): string | undefined {
  const refused = problems.get(name);
  if (refused !== undefined) return refused;
  if (!isNeeded) return "The preview does not depend on it.";
  const isOpen = documentsOf(subject).some((it) =>
    withDefaults(it).unknown.some((need) => need.name === name),
  );
  return isOpen ? "It is part of an expression that is not evaluated here." : undefined;
}

function documentsOf({ taskDefinition, service }: PreviewSubject): readonly Resource[] {
  return service === undefined ? [taskDefinition] : [taskDefinition, service];
}

function without(given: GivenValues, name: string): GivenValues {
  return new Map([...given].filter(([it]) => it !== name));
}

/** `var.db_password`, `Database.Password`: the last part names what it is. */
function isSecret(name: string, value: string): boolean {
  return holdsSecret(value) || isLikelySecret(name.split(".").at(-1) ?? name, value);
}
