import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Cluster, ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { queryProblems } from "../../../server/src/core/query/problemCodes";
import { kindSigns } from "../../../server/src/core/resources/kinds/kindSigns";
import { openResource } from "../../../server/src/core/resources/resource";
import { type Code, catalogue, entryOf, urlOf } from "../../../server/src/core/rules/catalogue";
import { fleetFileCodes } from "../../../server/src/core/rules/clusterFiles/fleetFile";
import { snapshotFileCodes } from "../../../server/src/core/rules/clusterFiles/snapshotFile";
import { rulesOf } from "../../../server/src/core/rules/kindRules";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { pagesWithExamples } from "../../support/diagnosticsPages";
import { projectRoot } from "../../support/paths";

const codes = Object.keys(catalogue) as Code[];

test("messages are sentences with a full stop, codes are slugs", () => {
  for (const code of codes) {
    const { message, title, why } = entryOf(code);
    assert.match(code, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, code);
    assert.match(message, /[.?}]$/, code);
    assert.match(why, /\.$/, code);
    assert.match(title, /^[A-Za-z].*[^.]$/, code);
  }
});

test("every code belongs to exactly one rule, to the query language, or to the document as a whole", () => {
  const byRule = [...new Set(kindSigns.flatMap(({ kind }) => rulesOf(kind)))].flatMap((it) => it.codes);
  assert.equal(new Set(byRule).size, byRule.length);
  const clusterFiles = [...fleetFileCodes, ...snapshotFileCodes];
  const whole = ["json-syntax", "cli-skeleton", "left-out-by-sender", "foreign-spelling"];
  assert.deepEqual(
    [...byRule, ...Object.keys(queryProblems), ...clusterFiles, ...whole].sort(),
    [...codes].sort(),
  );
});

const docs = join(projectRoot, "docs");

test("the pages of diagnostics are current", () => {
  const pages = pagesWithExamples();
  for (const [name, page] of pages) {
    const path = join(docs, name);
    if (process.env.UPDATE === "1") writeFileSync(path, page);
    else assert.ok(readFileSync(path, "utf8") === page, `docs/${name} is old: run this test with UPDATE=1.`);
  }
  const found = readdirSync(join(docs, "diagnostics")).map((it) => `diagnostics/${it}`);
  assert.deepEqual([...found, "diagnostics.md"].sort(), [...pages.keys()].sort());
});

test("the address of every code is a heading of a page, and the index has the anchor of each code", () => {
  const index = readFileSync(join(docs, "diagnostics.md"), "utf8");
  for (const code of codes) {
    const [page = "", anchor] = (urlOf(code).split("/docs/")[1] ?? "").split("#");
    assert.equal(anchor, code);
    assert.ok(readFileSync(join(docs, page), "utf8").includes(`\n## ${code}\n`), code);
    assert.ok(index.includes(`<a id="${code}"></a>[${code}](${page}#${code})`), code);
  }
});

/** One container instance that has what the examples ask for. */
const instance: ContainerInstance = {
  id: "1",
  arn: "arn:aws:ecs:eu-west-1:123456789012:container-instance/default/1",
  status: "ACTIVE",
  agentConnected: true,
  attributes: new Map([["env", "prod"]]),
  registered: { cpu: 2048, memory: 4096, usedTcpPorts: new Set(), usedUdpPorts: new Set(), gpus: [] },
  remaining: { cpu: 2048, memory: 4096, usedTcpPorts: new Set(), usedUdpPorts: new Set(), gpus: [] },
  tasks: undefined,
};
const cluster: Cluster = { name: "default", instances: [instance] };

for (const [code, { wrong, right }] of Object.entries(queryProblems)) {
  test(`${code} is found in its wrong example, at a place inside the expression, and not in the right one`, () => {
    const needsCluster = code === "expression-unknown-attribute" || code === "expression-unknown-value";
    const find = (expression: string) => {
      const constraint = { type: "memberOf", expression };
      const definition = {
        family: "agent",
        containerDefinitions: [{ name: "agent", image: "agent:1", memory: 128 }],
        placementConstraints: [constraint],
      };
      const text = JSON.stringify(definition, undefined, 2);
      const start = text.indexOf('"expression": "') + '"expression": "'.length;
      const end = start + JSON.stringify(expression).length - 2;
      const found = validateDocument(openResource("x.json", text), needsCluster ? { cluster } : {});
      for (const { span } of found) assert.ok(start <= span.start && span.end <= end, code);
      return found.map((it) => it.code as string);
    };
    assert.ok(find(wrong).includes(code));
    assert.ok(!find(right).includes(code));
  });
}
