import { env } from "vscode";
import { type CallArguments, textOption } from "../commands/callArguments";
import { showSuccess } from "../notify";
import type { Session } from "../session";

/** Option `copied`: the id of an instance, an attribute with its value, or the URL of the local endpoint. Returns it. */
export async function copyId(_session: Session, call: CallArguments): Promise<string | undefined> {
  const text = textOption(call, "copied");
  if (text === undefined) return undefined;
  await env.clipboard.writeText(text);
  showSuccess(`Copied: ${text}`);
  return text;
}
