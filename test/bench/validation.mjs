// All our rules against the shape alone by the JSON language service, over the same file and schema.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { taskDefinitionText } from "./fleets.mjs";
import { takeTurns } from "./measure.mjs";
import { importPeer } from "./peers.mjs";

export async function validationRows({ core, root }) {
  const text = taskDefinitionText(64 * 1024);
  const schema = JSON.parse(readFileSync(join(root, "schemas", "task-definition.schema.json"), "utf8"));
  const peer = await importPeer("vscode-json-languageservice");
  const json = peer.default ?? peer;
  const service = json.getLanguageService({});
  service.configure({ validate: true, schemas: [{ uri: "bench://schema", fileMatch: ["*"], schema }] });
  let version = 0;
  const times = await takeTurns(
    {
      ours: () => {
        const document = core.openDocument("bench.taskdef.json", text);
        const found = core.validateDocument(document).filter((it) => it.severity === "error");
        if (found.length > 0) throw new Error(`The benchmark's file is not clean: ${found[0].message}`);
      },
      "vscode-json-languageservice": async () => {
        const document = json.TextDocument.create("file:///bench.taskdef.json", "json", ++version, text);
        await service.doValidation(document, service.parseJSONDocument(document));
      },
    },
    { rounds: 41, warmUp: 10 },
  );
  return [
    {
      what: "validate a 64 KiB task definition, all rules",
      times,
      target: 2,
      against: "vscode-json-languageservice",
    },
  ];
}
