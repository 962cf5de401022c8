// Other versions of Node than the one that runs this, from the npm registry, where the package `node` holds them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.mjs";

/**
 * The folder with the program `node` of a version, which is installed where it is not there yet.
 * @param {string} version such as `20.18.1`, or `24` for the newest of that line
 */
export function nodeFolder(version) {
  const folder = join(cacheFolder, `node-${version}`);
  const bin = join(folder, "node_modules", "node", "bin");
  if (existsSync(join(bin, "node"))) return bin;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const words = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
  const installed = spawnSync("npm", [...words, `node@${version}`], { cwd: folder, encoding: "utf8" });
  if (installed.status !== 0)
    throw new Error(`Node ${version} could not be installed:\n${installed.error ?? installed.stderr}`);
  return bin;
}
