// Parts of a file that a change does not concern keep what was read of them, and their diagnostics move with them: after
// any history of edits all is as if the text had been read for the first time.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { givenText } from "../../../server/src/core/resources/hosts/givenValues";
import { rememberParts } from "../../../server/src/core/resources/hosts/partInputs";
import { nameOfResource, openResources } from "../../../server/src/core/resources/openResources";
import type { Resource } from "../../../server/src/core/resources/resource";
import type { Diagnostic } from "../../../server/src/core/rules/diagnostic";
import type { Node } from "../../../server/src/core/source/node";
import { isSameReading, movedDiagnostics } from "../../../server/src/core/workspace/movedDiagnostics";
import {
  validateInWorkspace,
  validationPartners,
} from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace, type Workspace } from "../../../server/src/core/workspace/workspace";
import { anyEdit, faultyFiles, placeOfEdit } from "../../support/faultyFiles";

for (const [file, text] of Object.entries(faultyFiles))
  test(`after edits of ${file} everything is as read for the first time`, () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { minLength: 1, maxLength: 8 }), (edits) => {
        const kept = createKept();
        kept(openResources(file, text));
        let now = text;
        for (const edit of edits) {
          const { start, end } = placeOfEdit(now, edit);
          now = now.slice(0, start) + edit.typed + now.slice(end);
          const resources = openResources(file, now);
          const fresh = openFresh(file, now);
          assert.deepEqual(
            resources.map((it) => shown(it)),
            fresh.map((it) => shown(it)),
            now,
          );
          assert.deepEqual(kept(resources), validateAll(fresh), now);
        }
      }),
      { numRuns: 25 },
    );
  });

test("a change concerns the resources that refer to what was changed, and no others", () => {
  const text = faultyFiles["main.tf"];
  const isKept = (changed: string, name: string) => {
    const before = openResources("main.tf", text);
    const now = openResources("main.tf", changed).find((it) => it.hosted?.id.endsWith(name));
    const then = before.find((it) => it.hosted?.id === now?.hosted?.id);
    return then !== undefined && now !== undefined && isSameReading(then, now);
  };
  const otherDefault = text.replace("default = 256", "default = 2560");
  assert.equal(isKept(otherDefault, "definition.agent_0"), false);
  assert.equal(isKept(otherDefault, "service.agent_0"), true);
  assert.equal(isKept(text.replace("essental = true }]", "essential = true }]"), "of_locals"), false);
  assert.equal(isKept(`# moved\n${text}`, "of_locals"), true);
  // A list in a local is shown there, which is now further away.
  assert.equal(isKept(text.replace("locals {\n  cont", "locals {\n\n  cont"), "of_locals"), false);
  assert.equal(isKept(text.replace("\nlocals {\n  cont", "\n\nlocals {\n  cont"), "of_locals"), false);
});

test("a change of one resource of a JSON template leaves the others as they were read", () => {
  const text = faultyFiles["stack.json"];
  const before = openResources("stack.json", text);
  const isKept = (changed: string) =>
    openResources("stack.json", changed).map((it, index) => isSameReading(before[index] ?? it, it));
  const [first, ...others] = before.map(() => true);
  assert.equal(first, true);
  assert.deepEqual(isKept(text.replace('"Essental": true', '"Essental": false')), [false, ...others]);
  assert.deepEqual(isKept(`\n${text}`), [first, ...others]);
  assert.equal(isKept(text.replace('"Default": 64', '"Default": 640')).includes(true), false);
});

test("the default of a parameter concerns the resources of a template", () => {
  const text = faultyFiles["stack.yaml"];
  const found = [text, text.replace("Default: 64", "Default: 512")].map((it) =>
    openResources("stack.yaml", it),
  );
  const memory = found.map(([definition]) =>
    JSON.stringify(definition && nodeShown(definition.input as Node)),
  );
  assert.match(memory[0] ?? "", /"byDefault":"64"/);
  assert.match(memory[1] ?? "", /"byDefault":"512"/);
});

for (const [file, text] of Object.entries(faultyFiles))
  test(`all of a resource of ${file} moves with its text`, () => {
    const line = file === "stack.json" ? "\n\n   " : "# a line above all others\n";
    const before = openResources(file, text).map((it) => JSON.stringify(shown(it)));
    const after = openResources(file, line + text).map((it) => JSON.stringify(shown(it, line.length)));
    assert.deepEqual(after, before);
  });

test("a diagnostic that points into another document is found again, not moved", () => {
  const [document] = openResources("main.tf", faultyFiles["main.tf"]);
  assert.ok(document);
  const span = { start: 1, end: 2 };
  const diagnostic: Diagnostic = { code: "unknown-volume", severity: "error", message: "", span, url: "" };
  const related = [{ message: "", span, file: "main.tf" }];
  assert.equal(movedDiagnostics([{ ...diagnostic, related }], document, document), undefined);
  assert.deepEqual(movedDiagnostics([diagnostic], document, document), [diagnostic]);
});

test("of more parts than are kept the older ones are read again", () => {
  const inputsOf = rememberParts<undefined>(4);
  const read: string[] = [];
  const ask = (part: string) =>
    inputsOf(
      part,
      0,
      () => true,
      () => {
        read.push(part);
        return { inputs: [], seen: undefined };
      },
    );
  for (const part of "abcd") ask(part);
  ask("a");
  ask("e");
  ask("c");
  ask("a");
  assert.equal(read.join(""), "abcdea");
});

/** The resources as nothing that was kept has a part in them: a value is given that nothing refers to. */
function openFresh(file: string, text: string): readonly Resource[] {
  return openResources(file, text, { given: new Map([["var.of nobody", givenText("")]]) });
}

function workspaceOf(resources: readonly Resource[]): Workspace {
  const files = resources.map((document) => ({ path: nameOfResource(document), document }));
  return createWorkspace({ files, pathOf: nameOfResource });
}

function validateAll(resources: readonly Resource[]) {
  const workspace = workspaceOf(resources);
  return resources.map((it) => validateInWorkspace(it, () => workspace));
}

/** Diagnostics as the language server keeps them from one text to the next. */
function createKept() {
  const last = new Map<
    string,
    { document: Resource; partners: readonly Resource[]; found: readonly Diagnostic[] }
  >();
  return (resources: readonly Resource[]) => {
    const workspace = workspaceOf(resources);
    return resources.map((document) => {
      const before = last.get(nameOfResource(document));
      const partners = validationPartners(document, workspace);
      const isSame =
        before !== undefined &&
        isSameReading(before.document, document) &&
        before.partners.length === partners.length &&
        before.partners.every((it, at) => isSameReading(it, partners[at] as Resource));
      const moved = isSame ? movedDiagnostics(before.found, before.document, document) : undefined;
      const found = moved ?? validateInWorkspace(document, () => workspace);
      last.set(nameOfResource(document), { document, partners, found });
      return found;
    });
  };
}

/** All that a resource is and where it is written, `by` less far behind in its text. */
function shown({ hosted, kind, input }: Resource, by = 0) {
  const { part: _part, name, ...rest } = hosted ?? {};
  return { rest, name: (name?.start ?? 0) - by, kind, input: input && nodeShown(input, by) };
}

function nodeShown(node: Node, by = 0): unknown {
  const { children, parent, content, origin, fallback, branches, offset, colonOffset, ...rest } = node;
  const at = content?.().toDocument({ start: 0, end: String(node.value).length });
  return {
    ...rest,
    offset: offset - by,
    colonOffset: (colonOffset ?? 0) - (colonOffset === undefined ? 0 : by),
    hasParent: parent !== undefined,
    content: at && { start: at.start - by, end: at.end - by, valueAt: content?.().toValue(at.start) },
    origin: origin && { at: origin.node.offset + (origin.embedding ? 0 : origin.base - by) },
    fallback: fallback && nodeShown(fallback, by),
    branches: branches?.map((it) => nodeShown(it, by)),
    children: children?.map((it) => nodeShown(it, by)),
  };
}
