// Installs extensions into a VS Code that runs in a browser, and starts it: the tests and `npm start` use it where no desktop
// VS Code can be had.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { codeServer, serverEnvironment } from "./codeServer.mjs";
import { endProcessTree } from "./processTree.mjs";

/**
 * Installs a packaged extension into `extensionsDir`, as a user's "Install from VSIX" does.
 * @param {{ vsix: string, extensionsDir: string, userDataDir: string }} options
 */
export async function installExtension({ vsix, extensionsDir, userDataDir }) {
  const { node, entry } = await codeServer();
  const install = spawn(
    node,
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
  const { node, entry } = await codeServer();
  const server = spawn(
    node,
    [
      entry,
      ...(await foldersArguments(options.extensionsDir, options.userDataDir)),
      "--auth",
      "none",
      "--bind-addr",
      // The system gives a free port: one that was looked for beforehand may be taken by now.
      `127.0.0.1:${options.port ?? 0}`,
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
    const port = await listening(server, output);
    const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(options.workspace)}`;
    return { url, port, output, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function foldersArguments(extensionsDir, userDataDir) {
  mkdirSync(extensionsDir, { recursive: true });
  mkdirSync(userDataDir, { recursive: true });
  // A file of our own, else the settings of the person's own code-server would count.
  const config = join(userDataDir, "code-server.yaml");
  if (!existsSync(config)) writeFileSync(config, "auth: none\n");
  return ["--config", config, "--extensions-dir", extensionsDir, "--user-data-dir", userDataDir];
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

/** The port of the server, as soon as it answers there. */
async function listening(server, output) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`The browser VS Code ended while starting:\n${output()}`);
    }
    const port = /server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output())?.[1];
    if (port !== undefined && (await answers(`http://127.0.0.1:${port}/healthz`))) return Number(port);
    await wait(50);
  }
  throw new Error(`The browser VS Code did not answer within a minute:\n${output()}`);
}

/** @param {string} url */
async function answers(url) {
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true;
}
