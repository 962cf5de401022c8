import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version in the package.json that the built file lies beside; "unknown" where it was taken out of its package. */
export function productVersion(): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8"));
    const version =
      typeof manifest === "object" && manifest !== null && "version" in manifest
        ? manifest.version
        : undefined;
    return typeof version === "string" ? version : "unknown";
  } catch {
    return "unknown";
  }
}
