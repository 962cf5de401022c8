// Packages the extension as a user installs it: dist/ecs-daemon.vsix, from a production build made in a folder apart,
// so that dist/ keeps what `npm run build` put there, and lists the share of each part. `--out=FILE` writes elsewhere.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { largestPackage, sizeReport } from "./packageSize.mjs";

const root = join(import.meta.dirname, "..");
const out = process.argv.find((it) => it.startsWith("--out="))?.slice("--out=".length);
const target = resolve(out ?? join(root, "dist", "ecs-daemon.vsix"));

/** Of the repository's top level, what never belongs to the extension and would only be copied for nothing. */
const leftOut = /^(node_modules|\.git|\.ci|\.scripts|dist|out.*|test|test-output|.*\.(vsix|tgz))$/;

const stage = mkdtempSync(join(tmpdir(), "ecs-daemon-package-"));
try {
  cpSync(root, stage, { recursive: true, filter: (source) => !leftOut.test(relative(root, source)) });
  build(join(stage, "dist"));
  writeManifest();
  mkdirSync(dirname(target), { recursive: true });
  const made = join(stage, "dist", "made.vsix");
  await createVSIX({ cwd: stage, packagePath: made, dependencies: false });
  cpSync(made, target);
  console.log(sizeReport(target));
  if (statSync(target).size > largestPackage)
    throw new Error(`${relative(root, target)} is larger than ${largestPackage / 1000} kB.`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

function build(outdir) {
  const built = spawnSync(
    process.execPath,
    [
      join(root, ".scripts", "build.mjs"),
      "--production",
      "--extension",
      `--outdir=${outdir}`,
      `--notices=${join(stage, "THIRD_PARTY_NOTICES.txt")}`,
    ],
    { cwd: root, stdio: "inherit" },
  );
  if (built.status !== 0) throw new Error("The production build failed.");
}

/** The manifest without what only the repository needs; the build has been made already. */
function writeManifest() {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const member of ["scripts", "devDependencies", "private", "bin", "files"]) delete manifest[member];
  writeFileSync(join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
