// All our rules against the shape alone by the JSON language service, over the same file and schema.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type * as JsonService from "vscode-json-languageservice";
import { openResource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import { projectRoot } from "../support/paths";
import { taskDefinitionText } from "./fleets";
import { roundsFor, type Side, takeTurns } from "./measure";
import { importPeer } from "./peers";
import type { BenchOptions, Row } from "./section";

const peer = "vscode-json-languageservice";

export async function validationRows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const text = taskDefinitionText(64 * 1024);
  const ours = () => {
    const document = openResource("bench.taskdef.json", text);
    const found = validateDocument(document).filter((it) => it.severity === "error");
    if (found.length > 0) throw new Error(`The benchmark's file is not clean: ${found[0]?.message}`);
  };
  const sides: Record<string, Side> = { ours, ...(!quick && { [peer]: await peerSide(text) }) };
  return [
    {
      what: "validate a 64 KiB task definition, all rules",
      times: await takeTurns(sides, roundsFor(quick, 41, 10)),
      target: 1,
      against: peer,
    },
  ];
}

/** The shape alone, by the JSON language service and our schema. */
async function peerSide(text: string): Promise<Side> {
  const loaded = await importPeer<typeof JsonService & { default?: typeof JsonService }>(peer);
  const json = loaded.default ?? loaded;
  const schema = JSON.parse(
    readFileSync(join(projectRoot, "schemas", "task-definition.schema.json"), "utf8"),
  );
  const service = json.getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: "bench://schema", fileMatch: ["*"], schema }] });
  let version = 0;
  return async () => {
    const document = json.TextDocument.create("file:///bench.taskdef.json", "json", ++version, text);
    await service.doValidation(document, service.parseJSONDocument(document));
  };
}
