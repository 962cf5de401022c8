// Any text as a document of any kind: it is opened and checked without a fault, and every place named lies in the text.

import assert from "node:assert/strict";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { documentValue } from "../../server/src/core/resources/documentValue";
import { openResources } from "../../server/src/core/resources/openResources";
import { placementExpressions } from "../../server/src/core/resources/placementExpressions";
import { openResource } from "../../server/src/core/resources/resource";
import type { Diagnostic } from "../../server/src/core/rules/diagnostic";
import { validateDocument } from "../../server/src/core/rules/validate";
import type { ValidationContext } from "../../server/src/core/rules/validationContext";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import { assertApart, assertInside } from "./assertInside";
import { clusterFiles, realDefinitions } from "./corpus";
import { documentInputs } from "./documentInputs";
import { pureTarget } from "./fuzzTarget";
import { editedFile, type NamedText } from "./texts";

const sample = clusterFiles.find((it) => it.name === "sample.ecs-cluster.json");
/** The cluster of the sample workspace. */
export const { cluster } = readClusterText("sample.ecs-cluster.json", sample?.text ?? "");

/** For the context of a check: a rule that fails is contained, so that a test has to ask. */
export const onRuleFault = (codes: readonly string[], fault: unknown) => {
  throw new Error(`The rule of ${codes.join(", ")} failed.`, { cause: fault });
};

function applied(
  text: string,
  edits: readonly { readonly span: { start: number; end: number }; readonly newText: string }[],
) {
  return [...edits]
    .sort((left, right) => right.span.start - left.span.start || right.span.end - left.span.end)
    .reduce((now, { span, newText }) => now.slice(0, span.start) + newText + now.slice(span.end), text);
}

/**
 * A finding says something about a place in the text, and its fixes change places in the text; what they make of it can
 * be opened, where `opensFixed` asks for that.
 */
export function checkFinding(name: string, text: string, finding: Diagnostic, opensFixed = true): void {
  const { code, message, span, related = [], fixes = [] } = finding;
  assertInside(span, text.length, code);
  assert.match(message, /\S/, `${code} says something`);
  for (const it of related)
    if (it.file === undefined) assertInside(it.span, text.length, `${code}'s related place`);
  for (const { title, edits } of fixes) {
    assert.ok(edits.length > 0, `"${title}" changes something`);
    for (const it of edits) assertInside(it.span, text.length, `"${title}"`);
    assertApart(edits, `"${title}"`);
    if (opensFixed) openResources(name, applied(text, edits));
  }
}

function check({ name = "", text = "" }: NamedText): void {
  const document = openResource(name, text);
  for (const { span } of document.source.problems) assertInside(span, text.length, "a syntax error");
  for (const span of document.source.placeholders) assertInside(span, text.length, "a placeholder");
  const context: ValidationContext = {
    cluster,
    onRuleFault,
    findTaskDefinition: () => document,
    findServices: () => [document],
  };
  const findings = validateDocument(document, context);
  for (const it of findings) checkFinding(name, text, it);
  assert.deepEqual(validateDocument(document, context), findings, "checking twice finds the same");
  for (const it of placementExpressions(document)) {
    assertInside(it.span, text.length, "an expression");
    const length = it.text?.length ?? 0;
    for (const at of [0, length])
      assertInside(it.toDocumentSpan({ start: 0, end: at }), text.length, "a part of it");
    it.toTextOffset(text.length);
  }
  const daemon = daemonServiceOf(documentValue(document));
  const { summary } = placeDaemon(daemon, cluster);
  const { instances, ...verdicts } = summary;
  const judged = Object.values(verdicts).reduce((sum, it) => sum + it, 0);
  assert.equal(judged, instances, "every instance has one verdict");
}

export const documentTarget = pureTarget(documentInputs, check);

const named = realDefinitions.map((it) => ({ ...it, name: it.name.replace(/\.json$/, ".taskdef.json") }));

/** Task definitions of other projects, damaged; `undefined` where there are none to start from. */
export const realDefinitionTarget = named.length === 0 ? undefined : pureTarget(editedFile(named), check);
