// The one question before anything is changed outside this machine: which account, where, and what will change.

import { CancellationError } from "vscode";
import { shownEndpoint } from "../../../server/src/core/text/loopbackEndpoint";
import type { ClusterChoice, TargetAnswer } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, showFailure } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { lineText, type PlanLine } from "./planText";

export type Target = Exclude<TargetAnswer, { readonly error: unknown }>;

/** What the cluster really is; a failure is shown and ends the command with that failure as its result. */
export async function describeTarget(session: Session, cluster: ClusterChoice): Promise<TargetAnswer> {
  const answer = await withProgress("Looking up the cluster", (step) =>
    session.server.request("describeTarget", { cluster }, step),
  );
  if (isFailure(answer)) showFailure(answer);
  return answer;
}

/** Asks nothing for a loopback endpoint. Declining cancels the command. */
export async function confirmChange(
  target: Target,
  question: string,
  verb: string,
  changes: readonly PlanLine[],
): Promise<void> {
  if (target.loopback) return;
  const lines = changes.map((it) => lineText(it, "• ", "– "));
  const detail = [describe(target), ...lines].join("\n");
  const picked = await notify.warning(question, { modal: true, detail }, verb);
  if (picked !== verb) throw new CancellationError();
}

/** Where a change is made, a line for each part. */
export function describe(target: Target): string {
  const lines = [
    `Account: ${target.account ?? "unknown"}`,
    `Region: ${target.region ?? "unknown"}`,
    `Cluster: ${target.cluster}`,
    ...(target.endpointUrl === undefined ? [] : [`Endpoint: ${shownEndpoint(target.endpointUrl)}`]),
    "",
  ];
  return lines.join("\n");
}
