// The pages for contributors name files that are there.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { test } from "node:test";
import { projectRoot } from "./support/paths";

const files = [".scripts", "client", "docs", "schemas", "server", "syntaxes", "test"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true })
    .map((it) => `/${folder}/${String(it).split(sep).join("/")}`)
    .filter((it) => !it.includes("/node_modules/")),
);

for (const page of ["docs/architecture.md", "CONTRIBUTING.md"])
  test(`${page} names files that are there`, () => {
    const text = readFileSync(join(projectRoot, page), "utf8");
    const named = [
      ...text.matchAll(/`([\w./-]+\.(?:ts|mjs|css|json)|(?:core|lsp|test|client|server)\/[\w/]+)`/g),
    ];
    assert.ok(named.length > 5);
    const missing = named
      .map(([, name = ""]) => name)
      .filter((name) => name !== "package.json" && name !== "catalogue.ts")
      .filter((name) => !files.some((it) => it.endsWith(`/${name}`)));
    assert.deepEqual(missing, []);
  });
