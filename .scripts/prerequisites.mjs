// Looks for what the tests need beside Node. On Debian as root it installs what is missing; elsewhere it says how to.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { findChromium, findProgram } from "./programs.mjs";

/** What the tests start, what for, and the Debian package that holds it. */
const needs = [
  { title: "Chromium", why: "shows VS Code and the preview panel", find: findChromium, debian: "chromium" },
  { title: "ripgrep", why: "finds files for VS Code", find: () => findProgram("rg"), debian: "ripgrep" },
  {
    title: "the AWS CLI",
    why: "talks to the local endpoint",
    // Version 1 may be on PATH from pip; where Debian's package, which is version 2, can be had, it is wanted too.
    find: () => (canInstall() ? findProgram("/usr/bin/aws") : findProgram("aws")),
    debian: "awscli",
  },
  {
    title: "python3",
    why: "builds VS Code's native modules",
    find: () => findProgram("python3"),
    debian: "python3",
  },
  { title: "make", why: "builds VS Code's native modules", find: () => findProgram("make"), debian: "make" },
  { title: "g++", why: "builds VS Code's native modules", find: () => findProgram("g++"), debian: "g++" },
];

/**
 * Why a version of Node is too old for the project; undefined where it is not.
 * @param {string} version such as `v20.18.1`
 */
export function nodeProblem(version) {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const oldest = engines.node.replace(">=", "");
  const numbers = (/** @type {string} */ text) => text.replace("v", "").split(".").map(Number);
  const [needed, given] = [numbers(oldest), numbers(version)];
  const at = needed.findIndex((number, index) => number !== given[index]);
  const isOlder = at >= 0 && (given[at] ?? 0) < (needed[at] ?? 0);
  return isOlder ? `Node ${oldest} or newer is required. This is Node ${version}.` : undefined;
}

/** What of it is missing on this machine. */
export function missingPrerequisites() {
  return needs.filter((need) => need.find() === undefined);
}

/** Installs what is missing, or explains what to do. Answers whether everything is there afterwards. */
export function ensurePrerequisites() {
  const problem = nodeProblem(process.version);
  if (problem !== undefined) {
    console.error(problem);
    return false;
  }
  const missing = missingPrerequisites();
  if (missing.length === 0) return true;
  for (const { title, why } of missing) console.error(`Missing: ${title} (${why}).`);
  const packages = missing.map((need) => need.debian);
  if (!canInstall()) {
    console.error(`Install and try again:\n  ${installCommand(packages)}`);
    return false;
  }
  console.error(`Installing with apt-get: ${packages.join(" ")}`);
  const installed =
    aptGet(["update", "-qq"]) && aptGet(["install", "-y", "-qq", "--no-install-recommends", ...packages]);
  const still = missingPrerequisites();
  if (installed && still.length === 0) return true;
  console.error(
    `Still missing: ${still.map((need) => need.title).join(", ")}. Install by hand and try again:\n  ${installCommand(packages)}`,
  );
  return false;
}

function canInstall() {
  return (
    process.getuid?.() === 0 && existsSync("/etc/debian_version") && findProgram("apt-get") !== undefined
  );
}

function installCommand(packages) {
  if (process.platform === "darwin") return `brew install ${packages.map(brewName).join(" ")}`;
  return `sudo apt-get update && sudo apt-get install -y ${packages.join(" ")}`;
}

function brewName(debian) {
  return { chromium: "--cask chromium", python3: "python", "g++": "gcc" }[debian] ?? debian;
}

function aptGet(args) {
  const run = spawnSync("apt-get", args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return run.status === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = ensurePrerequisites() ? 0 : 1;
}
