// The packages that the tests install into VS Code: the extension as a user gets it, and what tests need beside it.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { outputFolder, projectRoot } from "./paths";
import { importScript } from "./scripts";

interface BrowserVsCode {
  installExtension(options: { vsix: string; extensionsDir: string; userDataDir: string }): Promise<void>;
}

/** The packaged extension, made anew where a source is younger than the package; the variable VSIX names another one. */
export function packagedExtension(): string {
  if (process.env.VSIX) return process.env.VSIX;
  const vsix = join(projectRoot, "dist", "ecs-daemon.vsix");
  const sources = ["client", "server", "syntaxes", "schemas", "package.json"].map((it) =>
    join(projectRoot, it),
  );
  if (isYounger(vsix, sources)) return vsix;
  const made = spawnSync(process.execPath, [join(projectRoot, ".scripts", "package.mjs")], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`Packaging failed:\n${made.stdout}${made.stderr}`);
  return vsix;
}

/** The package of an extension that only tests have, made anew where a file of its folder is younger. */
export async function packageOf(folder: string): Promise<string> {
  const packagePath = join(outputFolder, "packages", `${basename(folder)}.vsix`);
  if (isYounger(packagePath, [folder])) return packagePath;
  mkdirSync(dirname(packagePath), { recursive: true });
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

/** Whether the file is there and younger than every file of `sources`, which are files and folders. */
function isYounger(file: string, sources: readonly string[]): boolean {
  if (!existsSync(file)) return false;
  const files = sources.flatMap((it) =>
    statSync(it).isDirectory()
      ? readdirSync(it, { recursive: true }).map((name) => join(it, String(name)))
      : [it],
  );
  return statSync(file).mtimeMs > Math.max(...files.map((it) => statSync(it).mtimeMs));
}

/**
 * Fills a folder of extensions as VS Code does when it installs these packages. They are installed once for each content
 * of them and each VS Code.
 */
export async function install(packages: readonly string[], extensionsDir: string): Promise<void> {
  const { edition } = await importScript<{ edition: { vsCode: string } }>("codeServer.mjs");
  const hash = createHash("sha256").update(edition.vsCode);
  for (const vsix of packages) hash.update(readFileSync(vsix));
  const installed = join(outputFolder, "installed", hash.digest("hex").slice(0, 16));
  if (!existsSync(installed)) await installInto(installed, packages);
  cpSync(installed, extensionsDir, { recursive: true });
}

async function installInto(installed: string, packages: readonly string[]): Promise<void> {
  const { installExtension } = await importScript<BrowserVsCode>("browserVsCode.mjs");
  const folder = `${installed}-${process.pid}`;
  const extensionsDir = join(folder, "extensions");
  for (const vsix of packages)
    await installExtension({ vsix, extensionsDir, userDataDir: join(folder, "user") });
  // Whoever else installed it meanwhile was as good.
  if (!existsSync(installed)) renameSync(extensionsDir, installed);
  rmSync(folder, { recursive: true, force: true });
}
