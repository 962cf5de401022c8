// `npm run bench [words] [--json] [--write]`: our speed and size beside the peers, in one run on one machine.
// Words choose sections; --json prints the figures; --write stores the table in docs/performance.md.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { editorRows } from "../test/bench/editor.mjs";
import { endpointRows } from "../test/bench/endpoint.mjs";
import { languageServerRows } from "../test/bench/languageServers.mjs";
import { panelRows } from "../test/bench/panel.mjs";
import { installPeers, peerVersions } from "../test/bench/peers.mjs";
import { previewRows } from "../test/bench/preview.mjs";
import { queryRows } from "../test/bench/query.mjs";
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

const rows = [];
for (const [name, section] of Object.entries(sections)) {
  if (words.length > 0 && !words.some((it) => name.includes(it))) continue;
  console.error(`${name} …`);
  const began = Date.now();
  rows.push(...(await rowsOf(name, section)).map((it) => ({ section: name, ...it })));
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

/** Ours divided by the peer's, at the median or where the row says so at the 95th percentile. */
function ratioOf(row) {
  const peer = row.times?.[row.against];
  const figure = row.compare ?? "median";
  return peer ? row.times.ours[figure] / peer[figure] : undefined;
}

function verdictOf(row) {
  if (row.limit !== undefined)
    return row.figure <= row.limit ? `≤ ${row.limit}: met` : `≤ ${row.limit}: MISSED`;
  const ratio = ratioOf(row);
  if (row.target === undefined || ratio === undefined) return row.note ?? "";
  return `≤ ${row.target.toFixed(2)}: ${ratio <= row.target ? "met" : "MISSED"}`;
}

const show = (times, unit = "ms") =>
  times ? `${times.median.toFixed(2)} (${times.p95.toFixed(2)}) ${unit}` : "";
const table = [
  "| what | ours: median (p95) | peer | peer's | ratio | target |",
  "| --- | --- | --- | --- | --- | --- |",
  ...rows.map((row) => {
    const ratio = ratioOf(row);
    const ours = row.figure ?? show(row.times?.ours, row.unit);
    const peers = show(row.times?.[row.against], row.unit);
    return `| ${row.what} | ${ours} | ${row.against ?? ""} | ${peers} | ${ratio?.toFixed(2) ?? ""} | ${verdictOf(row)} |`;
  }),
].join("\n");
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`;
if (process.argv.includes("--json"))
  console.log(JSON.stringify({ machine, peers: peerVersions, rows }, null, 2));
else console.log(`${table}\n\n${machine}`);
if (process.argv.includes("--write")) {
  const versions = Object.entries(peerVersions).map(([name, version]) => `${name} ${version}`);
  writeFileSync(
    join(root, "docs", "performance.md"),
    `# Performance\n\nThe last table of \`npm run bench -- --write\`, on ${machine}. Both sides ran in turn on the same input; a ratio is ours divided by the peer's.\n\n${table}\n\nPeers: ${versions.join(", ")}.\n`,
  );
}
