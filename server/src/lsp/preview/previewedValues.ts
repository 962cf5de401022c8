// The names of a template or module that a preview depends on, with the values that a request gives for them.

import type { PreviewSubject } from "../../core/language/previewSubject";
import { previewValues, type ReadsProperties } from "../../core/language/previewValues";
import { type GivenValues, givenTexts, shownDefault } from "../../core/resources/hosts/givenValues";
import type { Resource } from "../../core/resources/resource";
import { withDefaults } from "../../core/resources/withDefaults";
import { isSecretNamed } from "../../core/secrets/secretText";
import type { Need } from "../../core/source/node";
import { type UsableValues, usableValues } from "../../core/workspace/usableValues";
import type { PreviewedValue } from "../protocol/protocol";
import type { FileValues } from "./valuesFiles";

export interface SubjectWithValues {
  /** The documents as they are with the values that can be used. */
  readonly subject: PreviewSubject;
  readonly values: readonly PreviewedValue[];
  /** The given values that count. */
  readonly given: GivenValues;
}

interface AskedValues {
  /** The values of the request, which count before those of files. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly fromFiles: FileValues;
  /** The names that decide which documents belong together. */
  readonly pairedBy?: readonly Need[];
}

/**
 * `read` gives a document with values, `reads` are the properties that the preview reads.
 */
export function subjectWithValues(
  written: PreviewSubject,
  { asked, fromFiles, pairedBy = [] }: AskedValues,
  read: (document: Resource, given: GivenValues) => Resource,
  reads?: ReadsProperties,
): SubjectWithValues {
  const texts = givenTexts(asked);
  const given = new Map([...fromFiles.given, ...texts]);
  const withValues = (values: GivenValues): PreviewSubject => ({
    taskDefinition: read(written.taskDefinition, values),
    service: written.service && read(written.service, values),
  });
  const usable = usableValues(documentsOf(written), given, read);
  const subject = withValues(usable.given);
  const needs = [...previewValues(written, reads), ...previewValues(subject, reads), ...pairedBy];
  // A value that chooses a branch may bring names along, which are values of the preview in their turn.
  for (const name of texts.keys())
    if (!needs.some((it) => it.name === name))
      needs.push(
        ...previewValues(withValues(without(usable.given, name)), reads).filter((it) => it.name === name),
      );
  const byName = new Map(needs.toReversed().map((it) => [it.name, it]));
  // Files have values of other resources, too: only those that the preview depends on are shown.
  const names = new Set([...needs.map((it) => it.name), ...texts.keys()]);
  const problemOf = (name: string, key: string) =>
    usable.problems.get(key) ?? problem(name, usable, subject, byName.has(name));
  return {
    subject,
    given: usable.given,
    values: [...names].map((name) => {
      const byDefault = byName.get(name)?.byDefault;
      const entry = { name, ...(byDefault !== undefined && { byDefault }) };
      const key = given.has(name) ? name : nameInFiles(name);
      const node = given.get(key);
      if (node === undefined) return entry;
      const from = texts.has(name) ? undefined : fromFiles.from.get(key);
      const value = from === undefined ? String(node.value) : shownDefault(node);
      const why = problemOf(name, key);
      const source = { ...entry, ...(from !== undefined && { from }) };
      if (isSecretNamed(name, value))
        return { ...source, secret: true, ...(why !== undefined && { problem: hidden }) };
      return { ...source, given: value, ...(why !== undefined && { problem: why }) };
    }),
  };
}

/** A file of Terraform names its variables without `var.`. */
const nameInFiles = (name: string) => name.replace(/^var\./, "");

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
