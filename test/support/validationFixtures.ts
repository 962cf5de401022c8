// The fixtures of the rules: test/fixtures/validation/TOPIC/NAME.jsonc.

import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fixturesFolder } from "./paths";

export interface ValidationFixture {
  /** Such as `volumes/unused-volume.jsonc`. */
  readonly name: string;
  readonly path: string;
  readonly source: string;
}

export const validationFolder = join(fixturesFolder, "validation");

/** All of them, by name. */
export const validationFixtures: readonly ValidationFixture[] = readdirSync(validationFolder, {
  recursive: true,
})
  .map((it) => String(it))
  .filter((it) => it.endsWith(".jsonc"))
  .sort()
  .map((it) => {
    const path = join(validationFolder, it);
    return { name: it.split(sep).join("/"), path, source: readFileSync(path, "utf8") };
  });
