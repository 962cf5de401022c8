// What a plan rests on, as a short text that shows nothing of it: it goes to whoever is asked, and comes back.

import { createHash } from "node:crypto";

/** Equal for equal values of JSON, and for no others. */
export function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url");
}
