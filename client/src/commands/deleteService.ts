import { counted, countText } from "../../../server/src/core/text/counts";
import type {
  ClusterChoice,
  DeleteServiceAnswer,
  ManagedDeleteAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { isManagedFile } from "../managed/isManagedFile";
import { succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, documentAtHand } from "./ask";
import { type CallArguments, textOption } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";
import { askOne } from "./wizard";

/** Options: `serviceName` or `daemonName`, `cluster`. Returns the name and status of the deleted service, or of the managed daemon. */
export async function deleteService(
  session: Session,
  call: CallArguments,
): Promise<DeleteServiceAnswer | ManagedDeleteAnswer> {
  const cluster = await askCluster(session, call);
  const managed = await managedAtHand(session, call);
  if (managed !== undefined)
    return (await import("../managed/deleteManaged")).deleteManaged(session, managed, cluster);
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const serviceName = textOption(call, "serviceName") ?? (await askServiceName(session, call, cluster));
  const plan = await withProgress("Looking up what would be stopped", (step) =>
    session.server.request("deletePlan", { serviceName, cluster }, step),
  );
  if (isFailure(plan)) return shown(plan);
  for (const it of plan.lines) session.log.info(it);
  await confirmChange(target, `Delete the daemon service ${serviceName}?`, "Delete", plan.lines);
  const answer = await withProgress(`Deleting the daemon service ${serviceName}`, (step) =>
    session.server.request("deleteService", { serviceName, cluster }, step.options),
  );
  if (!isFailure(answer)) {
    succeed(session.log, `Deleted: daemon service ${answer.service} (${answer.status})`);
  }
  return shown(answer);
}

/** The managed daemon that is named, or that the document at hand is about. */
async function managedAtHand(
  session: Session,
  call: CallArguments,
): Promise<
  { readonly daemonName: string } | { readonly textDocument: { readonly uri: string } } | undefined
> {
  const daemonName = textOption(call, "daemonName");
  if (daemonName !== undefined) return { daemonName };
  if (textOption(call, "serviceName") !== undefined) return undefined;
  const uri = call.uri ?? documentAtHand(session);
  return uri !== undefined && (await isManagedFile(session, uri)) ? { textDocument: { uri } } : undefined;
}

/** One of the daemon services that the cluster has, that of the document at hand first; typed where they cannot be listed. */
async function askServiceName(
  session: Session,
  call: CallArguments,
  cluster: ClusterChoice,
): Promise<string> {
  const listed = await withProgress("Listing the daemon services", (step) =>
    session.server.request("listServices", { cluster }, step),
  );
  const own = await nameAtHand(session, call, cluster);
  const title = "Delete Daemon Service";
  const type = () =>
    askOne(title, (page) =>
      page.text({
        prompt: "Name of the service",
        value: own ?? "",
        problem: (text) => (text.trim() === "" ? "Enter the name of a service." : undefined),
      }),
    );
  // To list and to delete are two permissions.
  if (isFailure(listed) || listed.services.length === 0) return type();
  const items = listed.services.map(({ name, taskDefinition, running, desired }) => ({
    label: name,
    description: `${taskDefinition}, ${countText(running)} of ${counted(desired, "task")} running`,
  }));
  const picked = await askOne(title, (page) =>
    page.pick({ prompt: "Which daemon service?", items, isChosen: (it) => it.label === own }),
  );
  return picked.label;
}

async function nameAtHand(
  session: Session,
  call: CallArguments,
  cluster: ClusterChoice,
): Promise<string | undefined> {
  const uri = call.uri ?? documentAtHand(session);
  if (uri === undefined) return undefined;
  const preview = await session.server.request("preview", { textDocument: { uri }, cluster });
  return isFailure(preview) ? undefined : preview.service.name;
}
