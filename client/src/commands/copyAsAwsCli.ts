// Puts the AWS CLI commands on the clipboard that would do what a deployment does.

import { env } from "vscode";
import type { AwsCliAnswer } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { isManagedFile } from "../managed/isManagedFile";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askDocument, namedCluster } from "./ask";
import type { CallArguments } from "./callArguments";
import { decidePairing, serviceReference } from "./chooseService";

/** Options: `service`, `cluster`. Returns the commands; each is one line of a POSIX shell. */
export async function copyAsAwsCli(session: Session, call: CallArguments): Promise<AwsCliAnswer> {
  const uri = await askDocument(session, call);
  const cluster = namedCluster(call) ?? session.clusters.current;
  const isManaged = await isManagedFile(session, uri);
  if (!isManaged) await decidePairing(session, call, uri);
  const answer = await withProgress("Writing the AWS CLI commands", (step) =>
    isManaged
      ? session.server.request(
          "managedPlan",
          {
            textDocument: { uri },
            // As for services: what ECS may refuse is reported with the commands.
            despiteErrors: true,
            ...(cluster !== undefined && { cluster }),
          },
          step,
        )
      : session.server.request(
          "awsCli",
          {
            textDocument: { uri },
            steps: ["register", "createService", "verify"],
            ...(cluster !== undefined && { cluster }),
            ...serviceReference(call),
          },
          step,
        ),
  );
  if (isFailure(answer)) return shown(answer);
  await env.clipboard.writeText(`${answer.commands.join("\n")}\n`);
  const count = answer.commands.length;
  // The shell names each variable that is missing.
  const secrets =
    answer.variables.length > 0
      ? " Values that look like secrets are not among them: the file is not saved as plain JSON, so set their variables first."
      : "";
  const errors = answer.errors === undefined ? "" : ` ECS may refuse them: ${answer.errors}.`;
  const show = errors === "" ? notify.information : notify.warning;
  void show(
    `${count === 1 ? "1 AWS CLI command is" : `${count} AWS CLI commands are`} on the clipboard.${errors}${secrets}`,
  );
  const { commands, variables, errors: counted } = answer;
  return { commands, variables, ...(counted === undefined ? {} : { errors: counted }) };
}
