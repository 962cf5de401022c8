// Any text as a file of another tool (a template, a module, a list of containers, a program): whatever is found in it is
// checked without a fault, is in the text, can be fixed and placed, and is found again.

import assert from "node:assert/strict";
import { documentValue } from "../../server/src/core/resources/documentValue";
import { openResources } from "../../server/src/core/resources/openResources";
import { placementExpressions } from "../../server/src/core/resources/placementExpressions";
import type { Resource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import { assertInside } from "./assertInside";
import { hostFiles } from "./corpus";
import { checkFinding, cluster, onRuleFault } from "./documentTarget";
import { pureTarget } from "./fuzzTarget";
import { editedFile, type NamedText } from "./texts";

/** Throws where something is wrong with a file or with what is found in it. */
export function checkFile({ name = "", text = "" }: NamedText): void {
  const resources = openResources(name, text);
  for (const it of resources) checkResource(it, name, text, resources);
  if (text.length % 16 > 0) return;
  const again = openResources(name, text);
  assert.deepEqual(again.map(idOf), resources.map(idOf), "reading twice finds the same");
}

const idOf = ({ kind, hosted }: Resource) => [kind, hosted?.id];

function checkResource(resource: Resource, name: string, text: string, all: readonly Resource[]): void {
  const { source, hosted } = resource;
  for (const { span } of source.problems) assertInside(span, text.length, "a syntax error");
  for (const span of source.placeholders) assertInside(span, text.length, "a placeholder");
  if (hosted !== undefined) assertInside(hosted.name, text.length, "a name");
  const findings = validateDocument(resource, {
    cluster,
    onRuleFault,
    findTaskDefinition: () => all.find((it) => it.kind === "taskDefinition"),
    findServices: () => all.filter((it) => it.kind === "service"),
  });
  for (const it of findings) checkFinding(name, text, it, text.length % 8 === 0);
  for (const it of placementExpressions(resource)) {
    assertInside(it.span, text.length, "an expression");
    for (const at of [0, it.text?.length ?? 0])
      assertInside(it.toDocumentSpan({ start: 0, end: at }), text.length, "a part of it");
  }
  // What a file comes to is the subject of other tests too: one in sixteen is enough here.
  if (text.length % 16 > 0) return;
  const { summary } = placeDaemon(daemonServiceOf(documentValue(resource)), cluster);
  assert.equal(summary.instances, cluster.instances.length);
}

/** Files of other tools, damaged. */
export const hostTarget = pureTarget(editedFile(hostFiles), checkFile);
