// `npm run test:electron`: the suite of test/editor/suite in a desktop VS Code that @vscode/test-electron downloads.
// Only where VS Code's download site can be reached; `npm test` runs the same suite without it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { cacheFolder, vsCodeVersion } from "./browserVsCode.mjs";

const root = join(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "ecs-daemon-electron-"));
const workspace = join(home, "workspace");
const version = process.argv[2] ?? vsCodeVersion;

for (const script of ["node_modules/typescript/bin/tsc", ".scripts/build.mjs"]) {
  const run = spawnSync(process.execPath, [join(root, script)], { cwd: root, stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
mkdirSync(workspace, { recursive: true });
cpSync(join(root, "test", "workspace"), workspace, { recursive: true });

// Two rounds, as in `npm test`: a trusted folder, and one in restricted mode.
const rounds = [["--disable-workspace-trust"], []];
let code = 0;
try {
  for (const [index, args] of rounds.entries()) {
    code ||= await runTests({
      version,
      cachePath: join(cacheFolder, "vscode-desktop"),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, "out", "test", "editor", "suite", "index.js"),
      launchArgs: [
        workspace,
        "--disable-extensions",
        `--user-data-dir=${join(home, `user-${index}`)}`,
        ...args,
      ],
    });
  }
} catch (error) {
  console.error(`VS Code ${version} could not be tested: ${error.message}`);
  code = 1;
}
rmSync(home, { recursive: true, force: true });
process.exit(code);
