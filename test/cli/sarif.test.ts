// The SARIF log against the schema of SARIF itself, over every finding that the fixtures have.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { getLanguageService, TextDocument } from "vscode-json-languageservice";
import { runCli } from "../support/commandLine";
import { projectRoot } from "../support/paths";
import { validationFolder } from "../support/validationFixtures";

const schemaFile = createRequire(join(projectRoot, "package.json")).resolve(
  "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
);

/** The log names the schema by its public address; no address is asked. */
async function complaintsAbout(log: string): Promise<readonly string[]> {
  const service = getLanguageService({});
  service.configure({
    validate: true,
    schemas: [
      {
        uri: "https://json.schemastore.org/sarif-2.1.0.json",
        fileMatch: ["*.sarif"],
        schema: JSON.parse(readFileSync(schemaFile, "utf8")),
      },
    ],
  });
  const document = TextDocument.create("file:///log.sarif", "json", 1, log);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map((it) => `${it.range.start.line}: ${it.message}`);
}

test("a SARIF log of every finding is what the SARIF schema describes", async () => {
  const { stdout } = await runCli(["validate", validationFolder, "--format", "sarif"]);
  const log = JSON.parse(stdout);
  assert.ok(log.runs[0].results.length > 100, `only ${log.runs[0].results.length} results`);
  assert.deepEqual(await complaintsAbout(stdout), []);
});

test("the schema is really asked: a log that breaks it is refused", async () => {
  const broken = JSON.stringify({ version: "2.1.0", runs: [{ tool: {}, results: [{ level: "fatal" }] }] });
  assert.ok((await complaintsAbout(broken)).length >= 2);
});
