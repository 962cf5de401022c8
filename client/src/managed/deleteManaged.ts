// Deletes a managed daemon. That is a deployment, too: the number of instances that are replaced is in the question.

import type { ClusterChoice, ManagedDeleteAnswer } from "../../../server/src/lsp/protocol/protocol";
import { confirmChange, describeTarget } from "../commands/confirm";
import { isFailure, shown } from "../failures";
import { succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";

/** Resolves to the name of the daemon, or a failure that was shown. */
export async function deleteManaged(
  session: Session,
  named: { readonly daemonName: string } | { readonly textDocument: { readonly uri: string } },
  cluster: ClusterChoice,
): Promise<ManagedDeleteAnswer> {
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const params = { ...named, cluster };
  for (;;) {
    const plan = await withProgress("Looking up what would be replaced", ({ options }) =>
      session.server.request("managedDeletePlan", params, options),
    );
    if (isFailure(plan)) return shown(plan);
    session.log.info(plan.sentence);
    await confirmChange(target, `Delete the managed daemon ${plan.name}?`, "Delete", [plan.sentence]);
    const answer = await withProgress(`Deleting the managed daemon ${plan.name}`, ({ options }) =>
      session.server.request("managedDelete", { ...params, agreed: plan.seen }, options),
    );
    if (isFailure(answer)) return shown(answer);
    if (answer.isOutdated) continue;
    const replaced =
      plan.replaced === 0
        ? ""
        : ` ECS replaces ${plan.replaced === 1 ? "1 instance" : `${plan.replaced} instances`}.`;
    succeed(session.log, `Deleted: managed daemon ${answer.name}.${replaced}`);
    return answer;
  }
}
