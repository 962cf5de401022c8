// Installs what we compare ourselves with, pinned, into a cache outside the project and its lock file.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { importModule } from "../support/scripts";

export const peerVersions: Readonly<Record<string, string>> = {
  filtrex: "3.1.0",
  "@marcbachmann/cel-js": "8.0.0",
  "@actions/expressions": "0.3.61",
  "vscode-json-languageservice": "5.7.2",
  "vscode-langservers-extracted": "4.10.0",
  "yaml-language-server": "1.25.0",
};

const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "ecs-daemon", "bench-peers");

/** Installs the peers if the cache lacks them. */
export function installPeers(): void {
  const stamp = join(folder, `${JSON.stringify(peerVersions).replaceAll(/[^\w.]+/g, "_")}.done`);
  if (existsSync(stamp)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: peerVersions }));
  console.error(`Installing the peers into ${folder} …`);
  const install = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "inherit",
  });
  if (install.status !== 0) throw new Error("The peers could not be installed.");
  writeFileSync(stamp, "");
}

/** The module that `import` takes of a peer; the caller names what it uses of it. */
export async function importPeer<Module>(name: string): Promise<Module> {
  const require = createRequire(join(folder, "package.json"));
  try {
    return (await importModule(require.resolve(name))) as Module;
  } catch {
    // A package with an `import` condition alone.
    const manifest = require(peerFile(name, "package.json"));
    const entry = manifest.exports["."].import ?? manifest.exports["."].default;
    return (await importModule(peerFile(name, entry))) as Module;
  }
}

export const peerFile = (...parts: readonly string[]): string => join(folder, "node_modules", ...parts);
