// The names of the profiles in the shared AWS configuration. Only section headings are read, never a key.

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Names in the order of the files; empty where there is no configuration. */
export async function awsProfiles(): Promise<readonly string[]> {
  const folder = join(homedir(), ".aws");
  const texts = await Promise.all([
    readText(process.env.AWS_CONFIG_FILE ?? join(folder, "config")),
    readText(process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, "credentials")),
  ]);
  return [...new Set(texts.flatMap(profileNames))];
}

/** `[profile NAME]` of the config file, `[NAME]` of the credentials file; `[sso-session …]` and `[services …]` are none. */
export function profileNames(text: string): readonly string[] {
  return [...text.matchAll(/^\s*\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/gm)].flatMap((it) => it[1] ?? []);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}
