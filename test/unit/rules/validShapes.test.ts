// Templates and Terraform files in which most is computed: nothing is wrong with them, and nothing is reported.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nameOfResource, openResources } from "../../../server/src/core/resources/openResources";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";
import { projectRoot } from "../../support/paths";

const folder = join(projectRoot, "test", "fixtures", "shapes");

for (const name of readdirSync(folder))
  test(`nothing is reported in ${name}`, () => {
    const text = readFileSync(join(folder, name), "utf8");
    const resources = openResources(name, text);
    assert.ok(resources.some((it) => it.hosted !== undefined));
    const files = resources.map((document) => ({ path: nameOfResource(document), document }));
    const workspace = createWorkspace({ files, pathOf: nameOfResource });
    const found = resources.flatMap((it) => validateInWorkspace(it, () => workspace));
    assert.deepEqual(
      found.map((it) => `${it.code}: ${text.slice(it.span.start, it.span.end)}`),
      [],
    );
  });
