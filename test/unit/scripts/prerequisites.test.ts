import assert from "node:assert/strict";
import { test } from "node:test";
import { importScript } from "../../support/scripts";

interface Script {
  nodeProblem(version: string): string | undefined;
}

test("a Node that is older than the manifest promises is named with the version that is required", async () => {
  const { nodeProblem } = await importScript<Script>("prerequisites.mjs");
  for (const version of ["v20.0.0", "v20.10.0", "v20.18.0", "v18.20.4"])
    assert.equal(nodeProblem(version), `Node 20.18.1 or newer is required. This is Node ${version}.`);
  for (const version of ["v20.18.1", "v20.18.2", "v20.20.0", "v21.0.0", "v24.1.0", process.version])
    assert.equal(nodeProblem(version), undefined, version);
});
