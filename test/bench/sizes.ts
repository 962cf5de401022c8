// What the user downloads, and each file's share of it.

import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { projectRoot } from "../support/paths";
import type { Row } from "./section";

export async function sizeRows(): Promise<readonly Row[]> {
  const vsix = join(projectRoot, "dist", "ecs-daemon.vsix");
  if (!existsSync(vsix)) return [{ what: ".vsix", note: "run npm run package first" }];
  const bytes = readFileSync(vsix);
  const files = packedFiles(bytes).sort((a, b) => b.packed - a.packed);
  const shares = files
    .filter(({ name }) => name.startsWith("extension/dist/"))
    .map(({ name, packed }) => `${basename(name)} ${Math.round(packed / 1000)}`);
  return [
    {
      what: `.vsix in kB (of these: ${shares.join(", ")})`,
      figure: Math.round(bytes.length / 1000),
      limit: 700,
    },
  ];
}

/** The names of the files in a ZIP archive and the bytes that each takes there, from the directory at its end. */
function packedFiles(bytes: Buffer): { readonly name: string; readonly packed: number }[] {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const count = bytes.readUInt16LE(end + 10);
  const files = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    files.push({ name, packed: bytes.readUInt32LE(at + 20) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
