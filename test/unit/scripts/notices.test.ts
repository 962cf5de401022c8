// The notices of third-party software are in the package, one for each package that is bundled and for no other.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../support/paths";
import { temporaryFolder } from "../../support/temporaryFolder";

function built(context: { after(work: () => void): void }): { readonly notices: string } {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const file = join(folder.path, "NOTICES.txt");
  const outdir = join(folder.path, "dist");
  const words = ["--production", "--extension", `--outdir=${outdir}`, `--notices=${file}`];
  const run = spawnSync(process.execPath, [join(projectRoot, ".scripts", "build.mjs"), ...words], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  return { notices: readFileSync(file, "utf8") };
}

test("every bundled package has its notice and its license text", (context) => {
  const { notices } = built(context);
  const named = [...notices.matchAll(/^((?:@[\w-]+\/)?[\w.-]+) \d+\.\d+\.\d+\S* \(([^)]+)\)/gm)];
  const names = named.map(([, name = ""]) => name);
  for (const it of ["@aws-sdk/client-ecs", "@smithy/core", "jsonc-parser", "re2js", "vscode-languageclient"])
    assert.ok(names.includes(it), `${it} in ${names.join(", ")}`);
  for (const it of ["esbuild", "typescript", "@biomejs/biome", "minimatch"])
    assert.ok(!names.includes(it), it);
  assert.deepEqual([...new Set(names)].length, names.length);
  assert.ok(
    named.every(([, , license = ""]) => /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD)$/.test(license)),
  );
  for (const it of [/Apache License\s+Version 2\.0/, /Permission is hereby granted, free of charge/])
    assert.match(notices, it);
});

test("the package takes the notices along", () => {
  assert.match(readFileSync(join(projectRoot, ".vscodeignore"), "utf8"), /^!THIRD_PARTY_NOTICES\.txt$/m);
  assert.match(
    readFileSync(join(projectRoot, ".scripts", "package.mjs"), "utf8"),
    /--notices=\$\{join\(stage, "THIRD_PARTY_NOTICES\.txt"\)\}/,
  );
});
