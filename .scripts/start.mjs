// `npm start`: the local endpoint with the sample cluster, and the sample workspace in a VS Code that looks at it.
// Works on a copy of the workspace and with settings of its own, so that neither the repository nor the person's own
// VS Code is changed. Ctrl+C, or closing the desktop window, ends everything. `npm start -- --browser` takes the browser
// even where a desktop VS Code is at hand.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installExtension, launchBrowserVsCode } from "./browserVsCode.mjs";
import { endProcessTree } from "./processTree.mjs";
import { findProgram } from "./programs.mjs";

const root = join(import.meta.dirname, "..");
const home = mkdtempSync(join(tmpdir(), "ecs-daemon-start-"));
const folders = {
  workspace: join(home, "workspace"),
  userDataDir: join(home, "user"),
  extensionsDir: join(home, "extensions"),
};
/** What has to be undone at the end, the last first. */
const endings = [() => rmSync(home, { recursive: true, force: true, maxRetries: 5 })];

const interrupted = new Promise((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve(0));
});

let code = 1;
try {
  code = await Promise.race([interrupted, main()]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
for (const end of endings.reverse()) await end();
process.exit(code);

async function main() {
  const endpoint = await startEndpoint();
  console.log(
    `The local ECS endpoint listens on ${endpoint.url}: five container instances in the cluster "default".`,
  );
  prepareFolders(endpoint.url);
  const code = process.argv.includes("--browser") ? undefined : findProgram("code");
  const window = code === undefined ? await openBrowserVsCode() : openDesktopVsCode(code);
  return Promise.race([window, endpoint.ended]);
}

/** The endpoint in a process of its own; resolves when it listens. */
async function startEndpoint() {
  const child = spawn(process.execPath, [join(root, "dist", "cli.js"), "local"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => {
    child.once("close", (status) => {
      console.error("The local endpoint has ended.");
      resolve(status ?? 1);
    });
  });
  endings.push(async () => {
    endProcessTree(child.pid);
    await ended;
  });
  let output = "";
  const url = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      const listening = /listening on (\S+)/.exec(output);
      if (listening !== null) resolve(listening[1]);
    });
    void ended.then(() => reject(new Error(`The local endpoint did not start. ${output}`)));
  });
  return { url, ended };
}

function prepareFolders(endpointUrl) {
  cpSync(join(root, "test", "workspace"), folders.workspace, { recursive: true });
  mkdirSync(join(folders.userDataDir, "User"), { recursive: true });
  const settings = {
    "ecsDaemon.cluster": "aws",
    "ecsDaemon.aws.endpointUrl": endpointUrl,
    "ecsDaemon.aws.cluster": "default",
    "ecsDaemon.aws.region": "us-east-1",
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
  };
  writeFileSync(join(folders.userDataDir, "User", "settings.json"), JSON.stringify(settings, null, 2));
}

/** Opens the desktop VS Code with the extension from dist/; resolves when its window is closed. */
function openDesktopVsCode(code) {
  console.log(`Opening ${folders.workspace} in ${code}. Close the window or press Ctrl+C to end.`);
  const child = spawn(
    code,
    [
      "--wait",
      "--new-window",
      `--user-data-dir=${folders.userDataDir}`,
      `--extensions-dir=${folders.extensionsDir}`,
      `--extensionDevelopmentPath=${root}`,
      folders.workspace,
    ],
    { stdio: "inherit" },
  );
  endings.push(() => endProcessTree(child.pid, "SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 0));
  });
}

/** Starts the browser VS Code with the packaged extension and prints its address; it runs until Ctrl+C. */
async function openBrowserVsCode() {
  console.log("Starting a VS Code for the browser.");
  const made = spawnSync(process.execPath, [join(root, ".scripts", "package.mjs")], { stdio: "inherit" });
  if (made.status !== 0) throw new Error("The extension could not be packaged.");
  await installExtension({ vsix: join(root, "dist", "ecs-daemon.vsix"), ...folders });
  const server = await launchBrowserVsCode(folders);
  endings.push(() => server.close());
  console.log(`VS Code is ready: open ${server.url} in a browser. Press Ctrl+C to end.`);
  return new Promise(() => undefined);
}
