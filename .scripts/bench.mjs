// `npm run bench [words] [--json] [--write]`: our speed and size beside the peers, in one run on one machine.
// Words choose sections; --json prints the figures; --write stores the table in docs/performance.md.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { editorRows } from "../test/bench/editor.mjs";
import { endpointRows } from "../test/bench/endpoint.mjs";
import { languageServerRows } from "../test/bench/languageServers.mjs";
import { panelRows } from "../test/bench/panel.mjs";
import { installPeers, peerVersions } from "../test/bench/peers.mjs";
import { previewRows } from "../test/bench/preview.mjs";
import { queryRows } from "../test/bench/query.mjs";
import { machineName, pageOf, tablesOf, takenByOthers } from "../test/bench/report.mjs";
import { sizeRows } from "../test/bench/sizes.mjs";
import { validationRows } from "../test/bench/validation.mjs";

const root = join(import.meta.dirname, "..");
const out = join(root, "out");
const words = process.argv.slice(2).filter((it) => !it.startsWith("--"));
const compiled = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "--outDir", out],
  { cwd: root },
);
if (compiled.status !== 0) {
  process.stderr.write(compiled.stdout);
  process.exit(1);
}
installPeers();

const require = createRequire(import.meta.url);
const core = Object.assign(
  {},
  ...[
    "query/parser",
    "query/evaluate",
    "query/explain",
    "documents/document",
    "rules/validate",
    "cluster/snapshot",
    "cluster/fleet",
    "cluster/capabilities",
    "requirements/requirements",
    "requirements/requirementsOf",
    "scheduler/constraintsOf",
    "scheduler/placeDaemon",
  ].map((it) => require(join(out, "server/src/core", it))),
);
const { startLocalEndpoint } = require(join(out, "server/src/local/startLocalEndpoint"));
const sections = {
  query: queryRows,
  validation: validationRows,
  preview: previewRows,
  "language-servers": languageServerRows,
  endpoint: endpointRows,
  panel: panelRows,
  editor: editorRows,
  sizes: sizeRows,
};

const write = process.argv.includes("--write");
if (write && words.length > 0) {
  console.error("The page has all sections: give --write without words.");
  process.exit(2);
}

const measured = [];
for (const [name, section] of Object.entries(sections)) {
  if (words.length > 0 && !words.some((it) => name.includes(it))) continue;
  console.error(`${name} …`);
  const began = Date.now();
  const others = await takenByOthers();
  measured.push({ name, others, rows: await rowsOf(name, section) });
  console.error(`  ${Math.round((Date.now() - began) / 1000)} s`);
}

/** What one section cannot do must not cost the figures of the others: it is said in the table. */
async function rowsOf(name, section) {
  try {
    return await section({ core, root, startLocalEndpoint });
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return [{ what: name, note: `not measured: ${String(error.message ?? error).split("\n")[0]}` }];
  }
}

if (process.argv.includes("--json")) {
  const rows = measured.flatMap(({ name, others, rows }) =>
    rows.map((it) => ({ section: name, othersShare: Number(others.toFixed(2)), ...it })),
  );
  console.log(JSON.stringify({ machine: machineName(), peers: peerVersions, rows }, null, 2));
} else console.log(`${tablesOf(measured)}\n\n${machineName()}`);
if (write) writeFileSync(join(root, "docs", "performance.md"), pageOf(measured, peerVersions));
