import { commands } from "vscode";
import type { Session } from "../session";
import type { CallArguments } from "./callArguments";

/** Shows the Coverage view. */
export async function showCoverage(_session: Session, _call: CallArguments): Promise<void> {
  await commands.executeCommand("ecsDaemon.coverage.focus");
}
