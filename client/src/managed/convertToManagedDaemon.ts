// Converts a DAEMON service and its task definition into a managed daemon, or a managed daemon into a service: two new
// files next to the document, and a report of what was carried, changed and lost. No file is changed.

import { Uri, window, workspace } from "vscode";
import type { ConvertAnswer } from "../../../server/src/lsp/protocol/protocol";
import { askDocument } from "../commands/ask";
import type { CallArguments } from "../commands/callArguments";
import { decidePairing, serviceReference } from "../commands/chooseService";
import { writeNewFile } from "../commands/writeNewFile";
import { isFailure, shown } from "../failures";
import { notify, succeed } from "../notify";
import type { Session } from "../session";

/** Options: `service`, the service file of a task definition. Resolves to the files, or a failure that was shown. */
export async function convertToManagedDaemon(session: Session, call: CallArguments): Promise<ConvertAnswer> {
  const uri = await askDocument(session, call);
  await decidePairing(session, call, uri);
  const answer = await session.server.request("convert", {
    textDocument: { uri },
    ...serviceReference(call),
  });
  if (isFailure(answer)) return shown(answer);
  const isFile = Uri.parse(uri).scheme === "file";
  const kept: string[] = [];
  for (const { name, text } of answer.files) {
    const target = isFile ? Uri.joinPath(Uri.parse(uri), "..", name) : undefined;
    if (target === undefined || !(await writeNewFile(target, text))) {
      if (target !== undefined) kept.push(name);
      const untitled = await workspace.openTextDocument({ language: "json", content: text });
      await window.showTextDocument(untitled, { preview: false });
    } else await window.showTextDocument(target, { preview: false });
  }
  const report = await workspace.openTextDocument({ language: "markdown", content: answer.report });
  await window.showTextDocument(report, { preview: false });
  if (kept.length > 0) void notify.warning(`Not overwritten: ${kept.join(" and ")}`);
  else succeed(session.log, `Created ${answer.files.map((it) => it.name).join(" and ")}`);
  return answer;
}
