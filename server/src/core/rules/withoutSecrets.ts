// Takes the secrets of the documents out of diagnostics: whatever a rule quotes, no message repeats a secret.

import { isTemplateValue, plainValue } from "../resources/documentValue";
import { traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { secretsIn } from "../secrets/hideSecrets";
import { comparedSecrets, withoutComparedSecrets } from "../secrets/querySecrets";
import { redactor } from "../secrets/redact";
import { printableLines } from "../text/printable";
import type { Diagnostic } from "./diagnostic";

/** Characters; a definition above it is reported as too large, and nothing of it is quoted. */
const searched = 1 << 19;

/** Characters that are searched of what is no input, such as a file with one expression. */
const longestExpression = 4000;

/** The same diagnostics without the secrets that are in `documents`: those that the rules looked at. */
export function diagnosticsWithoutSecrets(
  diagnostics: readonly Diagnostic[],
  documents: readonly Resource[],
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const secrets = documents.flatMap(secretsOf);
  const known = redactor(secrets);
  const clean = (text: string) => printableLines(withoutComparedSecrets(known(text)));
  return diagnostics.map((it) => ({
    ...it,
    message: clean(it.message),
    ...(it.related && { related: it.related.map((place) => ({ ...place, message: clean(place.message) })) }),
    ...(it.fixes && { fixes: it.fixes.map((fix) => ({ ...fix, title: clean(fix.title) })) }),
    ...(it.server && { server: { ...it.server, message: clean(it.server.message) } }),
  }));
}

const remembered = new WeakMap<Resource, readonly string[]>();

/** Memoizes by identity: a service is checked again with every change of its definition, and the other way round. */
function secretsOf(document: Resource): readonly string[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const isInput = traitsOf(document).ofService !== undefined;
  const {
    source: { root, text },
  } = document;
  const secrets = !isInput
    ? comparedSecrets(text.slice(0, longestExpression))
    : root && root.length <= searched
      ? secretsIn(withTemplateTexts(plainValue(root, text)))
      : [];
  remembered.set(document, secrets);
  return secrets;
}

/** A text with a placeholder in it counts as the text that it is. */
function withTemplateTexts(value: unknown): unknown {
  if (isTemplateValue(value)) return value.template.replace(/^"(.*)"$/s, "$1");
  if (Array.isArray(value)) return value.map(withTemplateTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, withTemplateTexts(it)]));
}
