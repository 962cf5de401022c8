// Runs the suite of test/editor/suite in a desktop VS Code, once in a trusted folder and once in Restricted Mode.
// Not by runTests of @vscode/test-electron: that one switches workspace trust off in every round.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What each round expects of its workspace; the suite fails where VS Code decides otherwise. */
export const rounds = /** @type {const} */ (["trusted", "restricted"]);

/** Nothing asks anything that nobody answers, least of all whether the folder is trusted. */
const settings = {
  "security.workspace.trust.startupPrompt": "never",
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
};

/**
 * Runs all rounds, each with a copy of the workspace and a user of its own below `home`. Answers the first exit code that
 * is not 0.
 * @param {{ executable: string, root: string, suite: string, home: string }} options
 * @returns {Promise<number>}
 */
export async function runRounds({ executable, root, suite, home }) {
  let code = 0;
  for (const round of rounds) {
    const folders = prepare(root, join(home, round));
    const env = { ...ownEnvironment(), ECS_DAEMON_EXPECTED_TRUST: round };
    const status = await start(executable, argumentsOf(round, folders, root, suite), env);
    console.log(`${round}: ${status === 0 ? "passed" : `failed with ${status}`}`);
    code ||= status;
  }
  return code;
}

/** Without what the terminal of a VS Code sets: with it the one that is started would be a mere Node, or join the other. */
function ownEnvironment() {
  const foreign = /^(VSCODE_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * @param {string} root
 * @param {string} folder
 */
function prepare(root, folder) {
  const folders = {
    workspace: join(folder, "workspace"),
    user: join(folder, "user"),
    extensions: join(folder, "extensions"),
  };
  mkdirSync(join(folders.user, "User"), { recursive: true });
  mkdirSync(folders.extensions, { recursive: true });
  cpSync(join(root, "test", "workspace"), folders.workspace, { recursive: true });
  writeFileSync(join(folders.user, "User", "settings.json"), JSON.stringify(settings, null, 2));
  return folders;
}

/**
 * @param {typeof rounds[number]} round
 * @param {{ workspace: string, user: string, extensions: string }} folders
 * @param {string} root
 * @param {string} suite
 */
function argumentsOf(round, folders, root, suite) {
  return [
    folders.workspace,
    `--user-data-dir=${folders.user}`,
    `--extensions-dir=${folders.extensions}`,
    `--extensionDevelopmentPath=${root}`,
    // The suite needs the languages that this one brings.
    `--extensionDevelopmentPath=${join(root, "test", "editor", "harness")}`,
    `--extensionTestsPath=${suite}`,
    ...(round === "trusted" ? ["--disable-workspace-trust"] : []),
    "--disable-extensions",
    "--disable-updates",
    "--skip-welcome",
    "--skip-release-notes",
    // Containers offer neither of these sandboxes.
    "--no-sandbox",
    "--disable-gpu-sandbox",
  ];
}

/**
 * @param {string} executable
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function start(executable, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { env, stdio: ["ignore", "inherit", "inherit"] });
    const end = () => child.kill();
    process.once("exit", end);
    child.once("error", reject);
    child.once("close", (status) => {
      process.off("exit", end);
      resolve(status ?? 1);
    });
  });
}
