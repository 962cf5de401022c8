// Opens the documentation of a diagnostic's code. The server writes the pages, so they need no network.

import { commands, Uri, workspace } from "vscode";
import { isFailure, shown } from "../failures";
import type { Session } from "../session";
import { type CallArguments, textOption } from "./callArguments";

/** Options: `code`, and its `topic`, the name of a page. Returns the page that is shown. */
export async function showDocumentation({ context, server }: Session, call: CallArguments): Promise<unknown> {
  const answer = await server.request("documentation", {});
  if (isFailure(answer)) return shown(answer);
  const { pages } = answer;
  // Pages link to each other, which only files can.
  const place = (name: string) => Uri.joinPath(context.globalStorageUri, "docs", name);
  await Promise.all(
    pages.map(({ name, text }) => workspace.fs.writeFile(place(name), new TextEncoder().encode(text))),
  );
  const ofTopic = `diagnostics/${textOption(call, "topic")}.md`;
  // The index has an anchor for each code as well.
  const { name } = pages.find((it) => it.name === ofTopic) ?? { name: "diagnostics.md" };
  const page = place(name).with({ fragment: textOption(call, "code") ?? "" });
  await commands.executeCommand("markdown.showPreview", page);
  return page.toString();
}
