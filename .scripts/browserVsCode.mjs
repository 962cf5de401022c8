// Sets up and starts a VS Code that runs in a browser, from npm packages alone: the tests and `npm start` use it where
// no desktop VS Code can be had. Version 4.100.3 of code-server is VS Code 1.100.3, the oldest version we support.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endProcessTree } from "./processTree.mjs";
import { findProgram } from "./programs.mjs";

export const codeServerVersion = "4.100.3";
export const vsCodeVersion = "1.100.3";

/** Raise it when the steps below change: an installation of another recipe is set up anew. */
const recipe = 1;

/** Outside the tree that is packaged, and kept when the tree is cleaned. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "ecs-daemon");
const home = join(cacheFolder, `code-server-${codeServerVersion}`);
const stamp = JSON.stringify({ recipe, modules: process.versions.modules, arch: process.arch });

/** Makes sure that the browser VS Code is set up, and answers the path of its entry script. Shows progress on standard error. */
export async function ensureBrowserVsCode() {
  if (!isReady()) await withLock(`${home}.lock`, async () => isReady() || (await setUp()));
  return entryOf(home);
}

function entryOf(folder) {
  return join(folder, "node_modules", "code-server", "out", "node", "entry.js");
}

function isReady() {
  try {
    return readFileSync(join(home, "ready.json"), "utf8") === stamp;
  } catch {
    return false;
  }
}

// Setting up ---------------------------------------------------------------------------------------------------------

async function setUp() {
  const ripgrep = findProgram("rg");
  if (ripgrep === undefined) throw new Error("ripgrep is missing: apt-get install -y ripgrep");
  const started = Date.now();
  console.error(
    `Setting up VS Code ${vsCodeVersion} for the browser in ${home} (once, about a minute, 320 MB).`,
  );
  const folder = `${home}.partial`;
  // What an interrupted set-up left; nobody else works on it, since we hold the lock.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await build(folder, ripgrep);
    rmSync(home, { recursive: true, force: true });
    renameSync(folder, home);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  console.error(`VS Code ${vsCodeVersion} is ready after ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function build(folder, ripgrep) {
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await step("code-server", folder, ["install", "--ignore-scripts", `code-server@${codeServerVersion}`]);
  const server = join(folder, "node_modules", "code-server");
  const vsCode = join(server, "lib", "vscode");
  await step("password hashing", folder, ["rebuild", "argon2"]);
  await step("VS Code", vsCode, ["install", "--ignore-scripts", "--omit=dev"]);
  await step("native modules", vsCode, ["rebuild", "@vscode/spdlog", "native-watchdog"]);
  // It ends with an error after having built what is needed; without it only terminals would be missing.
  await step("terminals", vsCode, ["rebuild", "node-pty"]).catch(() => undefined);
  await step("extensions of VS Code", join(vsCode, "extensions"), [
    "install",
    "--ignore-scripts",
    "--omit=dev",
  ]);
  symlinkSync("node_modules", join(vsCode, "node_modules.asar"));
  const search = join(vsCode, "node_modules", "@vscode", "ripgrep", "bin");
  mkdirSync(search, { recursive: true });
  // The package would download its program; the one that is installed does the same.
  symlinkSync(ripgrep, join(search, "rg"));
  const probe = spawnSync(process.execPath, [entryOf(folder), "--version"], {
    env: serverEnvironment(),
    encoding: "utf8",
  });
  if (probe.status !== 0) throw new Error(`The browser VS Code does not start:\n${probe.stderr}`);
  writeFileSync(join(folder, "ready.json"), stamp);
}

async function step(title, cwd, args) {
  console.error(`  ${title} …`);
  const npm = spawn("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    env: npmEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    npm.once("error", reject);
    npm.once("close", resolve);
  });
  if (code !== 0) throw new Error(`npm ${args.join(" ")} failed with ${code}:\n${output.slice(-4000)}`);
}

function npmEnvironment() {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      // Within `npm test` these point at our own package; the installation is a package of its own.
      ([name]) =>
        !/^(npm_(package|lifecycle)_|npm_config_local_prefix$|npm_config_nodedir$|INIT_CWD$|VSCODE_)/.test(
          name,
        ),
    ),
  );
  const prefix = dirname(dirname(process.execPath));
  // With the headers at hand node-gyp downloads nothing.
  if (existsSync(join(prefix, "include", "node", "node.h"))) env.npm_config_nodedir = prefix;
  env.PATH = [dirname(process.execPath), env.PATH].join(delimiter);
  return env;
}

/** Runs `work` while no other process holds the lock `folder`; the lock of a dead process is taken over. */
async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  const owner = join(folder, "pid");
  let told = false;
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    if (!(await isHeld(owner))) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) console.error("Waiting for another process that sets up VS Code …");
    told = true;
    await wait(500);
  }
  writeFileSync(owner, String(process.pid));
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isHeld(owner) {
  // Between making the folder and writing the id lies a moment.
  for (let tries = 0; tries < 20 && !existsSync(owner); tries++) await wait(50);
  try {
    process.kill(Number(readFileSync(owner, "utf8")), 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

// Running ------------------------------------------------------------------------------------------------------------

/**
 * Installs a packaged extension into `extensionsDir`, as a user's "Install from VSIX" does.
 * @param {{ vsix: string, extensionsDir: string, userDataDir: string }} options
 */
export async function installExtension({ vsix, extensionsDir, userDataDir }) {
  const entry = await ensureBrowserVsCode();
  const install = spawn(
    process.execPath,
    [entry, ...(await foldersArguments(extensionsDir, userDataDir)), "--install-extension", vsix, "--force"],
    { env: serverEnvironment(), stdio: ["ignore", "pipe", "pipe"] },
  );
  const output = collect(install);
  const code = await new Promise((resolve, reject) => {
    install.once("error", reject);
    install.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${vsix} could not be installed:\n${output()}`);
}

/**
 * Starts the browser VS Code and waits until it answers. `close()` ends it and everything it started.
 * Without `workspaceTrust` every folder is trusted; with it VS Code asks, and untrusted folders are restricted.
 * @param {{ workspace: string, extensionsDir: string, userDataDir: string, port?: number, workspaceTrust?: boolean, env?: Record<string, string> }} options
 * @returns {Promise<{ url: string, port: number, output(): string, close(): Promise<void> }>}
 */
export async function launchBrowserVsCode(options) {
  const entry = await ensureBrowserVsCode();
  const port = options.port || (await freePort());
  const server = spawn(
    process.execPath,
    [
      entry,
      ...(await foldersArguments(options.extensionsDir, options.userDataDir)),
      "--auth",
      "none",
      "--bind-addr",
      `127.0.0.1:${port}`,
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-getting-started-override",
      ...(options.workspaceTrust ? [] : ["--disable-workspace-trust"]),
      options.workspace,
    ],
    { env: { ...serverEnvironment(), ...options.env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const output = collect(server);
  const ended = new Promise((resolve) => server.once("close", resolve));
  const end = () => endProcessTree(server.pid);
  // Whoever ends us (a test runner's time limit, say) must not leave a VS Code behind.
  const endBoth = (signal) => {
    end();
    process.kill(process.pid, signal);
  };
  process.once("exit", end);
  process.once("SIGTERM", endBoth);
  const close = async () => {
    process.off("exit", end);
    process.off("SIGTERM", endBoth);
    end();
    await ended;
  };
  try {
    await answers(`http://127.0.0.1:${port}/healthz`, server, output);
  } catch (error) {
    await close();
    throw error;
  }
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(options.workspace)}`;
  return { url, port, output, close };
}

async function foldersArguments(extensionsDir, userDataDir) {
  mkdirSync(extensionsDir, { recursive: true });
  mkdirSync(userDataDir, { recursive: true });
  // A file of our own, else the settings of the person's own code-server would count.
  const config = join(userDataDir, "code-server.yaml");
  if (!existsSync(config)) writeFileSync(config, "auth: none\n");
  return ["--config", config, "--extensions-dir", extensionsDir, "--user-data-dir", userDataDir];
}

function serverEnvironment() {
  const foreign = /^(VSCODE_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|PORT$|npm_)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  // No marketplace: nothing is to be looked up outside.
  env.EXTENSIONS_GALLERY = "{}";
  return env;
}

function collect(child) {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part) => {
      text = (text + part).slice(-20_000);
    });
  }
  return () => text;
}

async function answers(url, server, output) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`The browser VS Code ended while starting:\n${output()}`);
    }
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await wait(50);
  }
  throw new Error(`The browser VS Code did not answer within a minute:\n${output()}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
