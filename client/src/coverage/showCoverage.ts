import { commands } from "vscode";
import type { CallArguments } from "../commands/callArguments";
import type { Session } from "../session";

/** Shows the Coverage view. */
export async function showCoverage(_session: Session, _call: CallArguments): Promise<void> {
  await commands.executeCommand("ecsDaemon.coverage.focus");
}
