// `npm run try:pack [-- FILE.tgz]`: packs the command line as `npm pack` does, installs the file in an empty folder with
// nothing else, and runs it there: what `npx ecs-daemon` gives a user. Uses the Node that runs this script.
import assert from "node:assert/strict";
import { execFile, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-packed-"));
const run = promisify(execFile);

const definition = {
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64, essental: true }],
};
const fleet = { groups: [{ count: 3, instanceType: "m5.large", zones: ["us-east-1a"] }] };

try {
  const packed = process.argv[2] === undefined ? pack() : resolve(process.argv[2]);
  const { size } = await install(packed);
  await checkCommands();
  await checkTools();
  console.log(`The packed command line works with Node ${process.version} (${size} files).`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Answers the path of the packed file. */
function pack() {
  const made = spawnSync("npm", ["pack", "--pack-destination", folder, "--json"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  assert.equal(made.status, 0, "npm pack failed");
  return join(folder, Object.values(JSON.parse(made.stdout))[0].filename);
}

/** Installs it without a network: it must need nothing else. @param {string} packed */
async function install(packed) {
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  writeFileSync(join(folder, "agent.taskdef.json"), JSON.stringify(definition));
  writeFileSync(join(folder, "three.ecs-fleet.json"), JSON.stringify(fleet));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", packed], { cwd: folder });
  const modules = readdirSync(join(folder, "node_modules")).filter((it) => !it.startsWith("."));
  assert.deepEqual(modules, ["ecs-daemon"]);
  const home = join(folder, "node_modules", "ecs-daemon");
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  for (const name of ["preinstall", "install", "postinstall", "prepare"])
    assert.equal(manifest.scripts[name], undefined, `${name} runs at install`);
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return { size: files.length };
}

/** @param {string[]} words @returns {Promise<{ code: number, stdout: string }>} */
function ecsDaemon(...words) {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  return run("npx", ["--no-install", "ecs-daemon", ...words], { cwd: folder, env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout, stderr }) => {
      if (typeof code !== "number") throw new Error(`ecs-daemon ${words.join(" ")}: ${stderr}`);
      return { code, stdout };
    },
  );
}

async function checkCommands() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal((await ecsDaemon("--version")).stdout.trim(), version);
  const validated = await ecsDaemon("validate", ".", "--format", "json");
  assert.equal(validated.code, 1);
  assert.match(validated.stdout, /essental/);
  const previewed = await ecsDaemon(
    ...["preview", "agent.taskdef.json", "--cluster", "three.ecs-fleet.json", "--format", "json"],
  );
  assert.equal(JSON.parse(previewed.stdout).summary.place, 3);
}

/** The protocol's first two calls; its own client is tried by the tests. */
async function checkTools() {
  const entry = join(folder, "node_modules", "ecs-daemon", "dist", "cli.js");
  const server = spawn(process.execPath, [entry, "mcp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface(server.stdout)[Symbol.asyncIterator]();
  const ask = async (/** @type {object} */ message) => {
    server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    return JSON.parse((await answers.next()).value).result;
  };
  const params = {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "try", version: "1" },
  };
  const { serverInfo } = await ask({ id: 1, method: "initialize", params });
  assert.equal(serverInfo.name, "ecs-daemon");
  server.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  const { tools } = await ask({ id: 2, method: "tools/list" });
  assert.ok(tools.length > 3);
  const ended = new Promise((resolve) => server.once("close", resolve));
  server.stdin.end();
  assert.equal(await ended, 0);
}
