import type { ClusterChoice, DeleteServiceAnswer } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, askText, documentAtHand } from "./ask";
import { type CallArguments, textOption } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";

/** Options: `serviceName`, `cluster`. Returns the name and status of the deleted service. */
export async function deleteService(session: Session, call: CallArguments): Promise<DeleteServiceAnswer> {
  const cluster = await askCluster(session, call);
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
    const text = `Daemon service ${answer.service} is deleted; its status is ${answer.status}.`;
    session.log.info(text);
    void notify.information(text);
  }
  return shown(answer);
}

/** Asks for the name, with the service of the document at hand filled in. */
async function askServiceName(
  session: Session,
  call: CallArguments,
  cluster: ClusterChoice,
): Promise<string> {
  const uri = call.uri ?? documentAtHand(session);
  const preview =
    uri === undefined
      ? undefined
      : await session.server.request("preview", { textDocument: { uri }, cluster });
  const isKnown = preview !== undefined && !isFailure(preview) && preview.pairing?.by !== "undecided";
  const value = isKnown ? preview.service.name : "";
  return askText({
    title: "Delete Daemon Service",
    prompt: "Name of the service",
    value,
    validateInput: (text) => (text.trim() === "" ? "A service has a name." : undefined),
  });
}
