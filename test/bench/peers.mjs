// Installs what we compare ourselves with, pinned, into a cache outside the project and its lock file.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const peerVersions = {
  filtrex: "3.1.0",
  "@marcbachmann/cel-js": "8.0.0",
  "@actions/expressions": "0.3.61",
  "vscode-json-languageservice": "5.7.2",
  "vscode-langservers-extracted": "4.10.0",
  "yaml-language-server": "1.25.0",
};

const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "ecs-daemon", "bench-peers");

/** Installs the peers if the cache lacks them; answers the folder. */
export function installPeers() {
  const stamp = join(folder, `${JSON.stringify(peerVersions).replaceAll(/[^\w.]+/g, "_")}.done`);
  if (existsSync(stamp)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: peerVersions }));
  console.error(`Installing the peers into ${folder} …`);
  const install = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "inherit",
  });
  if (install.status !== 0) throw new Error("The peers could not be installed.");
  writeFileSync(stamp, "");
  return folder;
}

/** The file that `import` would take of a peer. */
export async function importPeer(name) {
  const require = createRequire(join(folder, "package.json"));
  try {
    return await import(pathToFileURL(require.resolve(name)).href);
  } catch {
    // A package with an `import` condition alone.
    const manifest = require(join(folder, "node_modules", name, "package.json"));
    const entry = manifest.exports["."].import ?? manifest.exports["."].default;
    return await import(pathToFileURL(join(folder, "node_modules", name, entry)).href);
  }
}

export const peerFile = (...parts) => join(folder, "node_modules", ...parts);
