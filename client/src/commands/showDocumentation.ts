// Opens the documentation of a diagnostic's code, which is part of the extension: it needs no network.

import { commands, Uri } from "vscode";
import type { Session } from "../session";
import { type CallArguments, textOption } from "./callArguments";

export async function showDocumentation({ context }: Session, call: CallArguments): Promise<void> {
  const code = textOption(call, "code");
  const topic = textOption(call, "topic");
  // The index has an anchor for each code as well.
  const path =
    topic === undefined || !/^\w+$/.test(topic) ? ["diagnostics.md"] : ["diagnostics", `${topic}.md`];
  const page = Uri.joinPath(context.extensionUri, "docs", ...path);
  await commands.executeCommand("markdown.showPreview", page.with({ fragment: code ?? "" }));
}
