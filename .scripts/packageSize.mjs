// The parts of a .vsix file and what each of them adds to its size: `node .scripts/packageSize.mjs [FILE]` lists them.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Bytes that the packaged extension may have. The language server is more than half of it. */
export const largestPackage = 870_000;

/**
 * The files in a ZIP file with their compressed size in bytes, the largest first.
 * @param {Buffer} zip @returns {{ name: string, size: number }[]}
 */
export function partsOf(zip) {
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("This is not a ZIP file.");
  const parts = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    parts.push({
      name: zip.toString("utf8", at + 46, at + 46 + (name ?? 0)),
      size: zip.readUInt32LE(at + 20),
    });
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return parts.sort((left, right) => right.size - left.size);
}

/** One line for each part from a kilobyte on. @param {string} file */
export function sizeReport(file) {
  const zip = readFileSync(file);
  const parts = partsOf(zip);
  const large = parts.filter((it) => it.size >= 1000);
  const rest = parts.slice(large.length).reduce((sum, it) => sum + it.size, 0);
  const row = (/** @type {string} */ name, /** @type {number} */ size) =>
    `${(size / 1000).toFixed(1).padStart(7)} kB ${((100 * size) / zip.length).toFixed(1).padStart(5)} %  ${name}`;
  return [
    ...large.map((it) => row(it.name.replace(/^extension\//, ""), it.size)),
    row(`${parts.length - large.length} smaller files`, rest),
    row(`in all; at most ${largestPackage / 1000} kB`, zip.length),
  ].join("\n");
}

if (process.argv[1] === import.meta.filename)
  console.log(
    sizeReport(resolve(process.argv[2] ?? join(import.meta.dirname, "..", "dist", "ecs-daemon.vsix"))),
  );
