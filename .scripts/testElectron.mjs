// `npm run test:electron [VERSION]`: the suite of test/editor/suite in a desktop VS Code, in a trusted folder and in
// Restricted Mode. Downloads VS Code where no variable VSCODE names an executable; `npm test` runs the same suite without
// VS Code's download site.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { cacheFolder } from "./cache.mjs";
import { editions } from "./codeServer.mjs";
import { runRounds } from "./desktopVsCode.mjs";

const root = join(import.meta.dirname, "..");
const version = process.argv[2] ?? editions.oldest.vsCode;

for (const script of ["node_modules/typescript/bin/tsc", ".scripts/build.mjs"]) {
  const run = spawnSync(process.execPath, [join(root, script)], { cwd: root, stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

// Short: VS Code has a socket in the user's folder, whose path may have 103 characters on macOS.
const home = mkdtempSync(join(tmpdir(), "ecs-"));
let code = 1;
try {
  const executable = process.env.VSCODE || (await download());
  const suite = join(root, "out", "test", "editor", "suite", "index.js");
  code = await runRounds({ executable, root, suite, home });
} catch (error) {
  console.error(`VS Code ${version} could not be tested: ${error instanceof Error ? error.message : error}`);
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.exitCode = code;

function download() {
  const cachePath = join(cacheFolder, "vscode-desktop");
  // It would not make the folders above.
  mkdirSync(cachePath, { recursive: true });
  return downloadAndUnzipVSCode({ version, cachePath });
}
