// Sets up a VS Code that runs in a browser, from npm packages alone: code-server 4.x.y holds VS Code 1.x.y. The oldest version
// that we support is the usual one; the variable ECS_DAEMON_EDITOR=newest takes the newest that we know.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { cacheFolder, withLock } from "./cache.mjs";
import { nodeFolder } from "./nodeVersion.mjs";
import { findProgram } from "./programs.mjs";

/**
 * @typedef {object} Edition
 * @property {string} codeServer
 * @property {string} vsCode
 * @property {string} [node] the line of Node that it needs; default: the Node that runs this
 * @property {readonly string[]} natives modules that are compiled, without which it does not start
 * @property {boolean} [lacksRipgrep] its package would download the program
 */

/** @type {Readonly<Record<"oldest" | "newest", Edition>>} */
export const editions = {
  oldest: {
    codeServer: "4.100.3",
    vsCode: "1.100.3",
    natives: ["@vscode/spdlog", "native-watchdog"],
    lacksRipgrep: true,
  },
  newest: {
    codeServer: "4.139.1",
    vsCode: "1.139.1",
    node: "24",
    natives: ["@vscode/spdlog", "@vscode/native-watchdog"],
  },
};

/** Raise it when the steps below change: an installation of another recipe is set up anew. */
const recipe = 1;

/** The edition that is asked for. */
export const edition = editions[process.env.ECS_DAEMON_EDITOR === "newest" ? "newest" : "oldest"];

/**
 * Makes sure that it is set up. Shows progress on standard error.
 * @returns {Promise<{ node: string, entry: string }>} the Node to run it with, and its script
 */
export async function codeServer() {
  const node = edition.node === undefined ? process.execPath : join(nodeFolder(edition.node), "node");
  const home = join(cacheFolder, `code-server-${edition.codeServer}`);
  const modules = edition.node === undefined ? process.versions.modules : `Node ${edition.node}`;
  const stamp = JSON.stringify({ recipe, modules, arch: process.arch });
  if (!isReady(home, stamp))
    await withLock(`${home}.lock-file`, async () => isReady(home, stamp) || (await setUp(home, stamp, node)));
  return { node, entry: entryOf(home) };
}

function entryOf(folder) {
  return join(folder, "node_modules", "code-server", "out", "node", "entry.js");
}

function isReady(home, stamp) {
  try {
    return readFileSync(join(home, "ready.json"), "utf8") === stamp;
  } catch {
    return false;
  }
}

async function setUp(home, stamp, node) {
  const { vsCode } = edition;
  const started = Date.now();
  console.error(
    `Setting up VS Code ${vsCode} for the browser in ${home} (once, some minutes, up to 600 MB).`,
  );
  const folder = `${home}.partial`;
  // What an interrupted set-up left; nobody else works on it, since we hold the lock.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await build(folder, node);
    writeFileSync(join(folder, "ready.json"), stamp);
    rmSync(home, { recursive: true, force: true });
    renameSync(folder, home);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  console.error(`VS Code ${vsCode} is ready after ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function build(folder, node) {
  /** @type {(title: string, cwd: string, args: readonly string[]) => Promise<void>} */
  const npm = (title, cwd, args) => runNpm(title, cwd, args, npmEnvironment(node));
  const { natives, lacksRipgrep } = edition;
  const dependencies = ["install", "--ignore-scripts", "--omit=dev"];
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await npm("code-server", folder, ["install", "--ignore-scripts", `code-server@${edition.codeServer}`]);
  const server = join(folder, "node_modules", "code-server");
  const vsCode = join(server, "lib", "vscode");
  await npm("password hashing", folder, ["rebuild", "argon2"]);
  await npm("VS Code", vsCode, dependencies);
  await npm("native modules", vsCode, ["rebuild", ...natives]);
  // It ends with an error after having built what is needed; without it only terminals would be missing.
  await npm("terminals", vsCode, ["rebuild", "node-pty"]).catch(() => undefined);
  await npm("extensions of VS Code", join(vsCode, "extensions"), dependencies);
  symlinkSync("node_modules", join(vsCode, "node_modules.asar"));
  if (lacksRipgrep === true) lendRipgrep(vsCode);
  const probe = spawnSync(node, [entryOf(folder), "--version"], {
    env: serverEnvironment(),
    encoding: "utf8",
  });
  if (probe.status !== 0) throw new Error(`The browser VS Code does not start:\n${probe.stderr}`);
}

/** The program that is installed does the same as the one that would be downloaded. */
function lendRipgrep(vsCode) {
  const ripgrep = findProgram("rg");
  if (ripgrep === undefined) throw new Error("ripgrep is missing: apt-get install -y ripgrep");
  const search = join(vsCode, "node_modules", "@vscode", "ripgrep", "bin");
  mkdirSync(search, { recursive: true });
  symlinkSync(ripgrep, join(search, "rg"));
}

async function runNpm(title, cwd, args, env) {
  console.error(`  ${title} …`);
  const npm = spawn("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    env,
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

function npmEnvironment(node) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      // Within `npm test` these point at our own package; the installation is a package of its own.
      ([name]) =>
        !/^(npm_(package|lifecycle)_|npm_config_local_prefix$|npm_config_nodedir$|INIT_CWD$|VSCODE_)/.test(
          name,
        ),
    ),
  );
  // With the headers at hand node-gyp downloads nothing. The npm package `node` has them in a package for the machine.
  const above = dirname(dirname(node));
  const headers = [above, join(above, "node_modules", `node-${process.platform}-${process.arch}`)].find(
    (it) => existsSync(join(it, "include", "node", "node.h")),
  );
  if (headers !== undefined) env.npm_config_nodedir = headers;
  env.PATH = [dirname(node), env.PATH].join(delimiter);
  return env;
}

/** What VS Code and its processes get of our environment. */
export function serverEnvironment() {
  const foreign = /^(VSCODE_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|PORT$|npm_)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  // No marketplace: nothing is to be looked up outside.
  env.EXTENSIONS_GALLERY = "{}";
  return env;
}
