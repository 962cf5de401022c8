// Third-party notices: the license texts of the packages that esbuild put into the bundles, and of no others.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Folders of the packages whose files are in the bundles, sorted. `inputs` are paths of files that are in an output of
 * esbuild's metafile, relative to `root`.
 */
export function bundledPackages(inputs, root) {
  const folders = inputs.flatMap((it) => {
    const path = it.replace(/^[\w-]+:/, "").replaceAll("\\", "/");
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    return found === null ? [] : [join(root, found[1] ?? "")];
  });
  return [...new Set(folders)].sort();
}

/** The page of notices: each license text once, below the packages that have it. Throws for one without a license. */
export function noticesOf(folders) {
  const byText = new Map();
  for (const folder of folders) {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const { name, version, license, repository } = manifest;
    const text = licenseText(folder, license);
    const title = [`${name} ${version} (${license})`, addressOf(repository)].filter(Boolean).join(", ");
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const line = "-".repeat(80);
  const sections = [...byText].map(([text, titles]) => `${line}\n${titles.join("\n")}\n\n${text}\n`);
  return `ECS Daemon contains the following third-party software.\n\n${sections.join("\n")}`;
}

const addressOf = (repository) =>
  (typeof repository === "string" ? repository : repository?.url)?.replace(/^git\+/, "");

/** Some packages of one repository have their license and notice at their own top; each has at least its name. */
function licenseText(folder, license) {
  const files = readdirSync(folder)
    .filter((it) => /^(licen[cs]e|copying|notice|copyright|thirdpartynotices?)/i.test(it))
    .filter((it) => /^[^.]+(\.(md|txt|markdown))?$/i.test(it))
    .sort();
  if (files.length > 0)
    return files
      .map((it) => readFileSync(join(folder, it), "utf8").trim())
      .join("\n\n")
      .replace(/\r/g, "");
  const shared = sharedLicense(folder, license);
  if (shared === undefined) throw new Error(`${folder} has no license text for its license ${license}.`);
  return shared;
}

/** Of packages without a text of their own: that of a neighbor of the same scope and license. */
function sharedLicense(folder, license) {
  const scope = dirname(folder);
  if (!/[\\/]@[^\\/]+$/.test(scope)) return undefined;
  for (const neighbor of readdirSync(scope).sort()) {
    const manifest = join(scope, neighbor, "package.json");
    const text = join(scope, neighbor, "LICENSE");
    if (!existsSync(manifest) || !existsSync(text)) continue;
    if (JSON.parse(readFileSync(manifest, "utf8")).license === license)
      return readFileSync(text, "utf8").trim().replace(/\r/g, "");
  }
  return undefined;
}
