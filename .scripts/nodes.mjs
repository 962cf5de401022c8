// `npm run test:nodes [-- WORDS]`: builds, packages, installs, demonstrates and tests the project with each version of Node that the
// manifest promises: the oldest, and the newest of each later line with long-term support. Each comes from the npm
// registry, as the package `node`. Words choose test files as in `npm run test:only`; default: some of the command line and the
// bundled language server.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { nodeFolder } from "./nodeVersion.mjs";

const root = join(import.meta.dirname, "..");
const words = process.argv.slice(2);
const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const oldest = engines.node.replace(">=", "");
const laterLines = ["22", "24"];

const failed = [oldest, ...laterLines].filter((it) => !passes(it));
if (failed.length > 0) {
  console.error(`Failed with Node ${failed.join(", ")}.`);
  process.exit(1);
}

/** @param {string} version */
function passes(version) {
  const bin = nodeFolder(version);
  // What the scripts start themselves gets the same Node.
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  const node = join(bin, "node");
  const out = `out-node-${version}`;
  // Not deeper: the command line finds the manifest in the folder above.
  const dist = join(root, `out-bundles-node-${version}`);
  const named = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  console.log(`Node ${named}`);
  const steps = [
    [".scripts/build.mjs", `--outdir=${dist}`],
    [".scripts/package.mjs", `--out=${join(dist, "ecs-daemon.vsix")}`],
    [".scripts/tryPacked.mjs"],
    [".scripts/demo.mjs"],
    [
      ".scripts/test.mjs",
      ...(words.length > 0 ? words : ["cli/usage", "cli/files", "protocol/bundledServer"]),
    ],
  ];
  return steps.every(([script = "", ...args]) => {
    const run = spawnSync(node, [join(root, script), ...args], {
      cwd: root,
      env: { ...env, OUT_DIR: out, DIST_DIR: dist },
      encoding: "utf8",
    });
    const isDone = run.status === 0;
    console.log(`  ${isDone ? "✔" : "✖"} ${script} ${args.join(" ")}`);
    if (!isDone) console.error(`${run.stdout}${run.stderr}`);
    return isDone;
  });
}
