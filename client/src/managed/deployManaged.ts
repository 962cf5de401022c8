// Deploys a managed daemon: what is replaced is in the question, which names account, Region and cluster.

import type {
  ClusterChoice,
  ManagedDeployAnswer,
  ManagedDeployReport,
} from "../../../server/src/lsp/protocol/protocol";
import { confirmChange, describeTarget } from "../commands/confirm";
import { isFailure, shown } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";

/** Resolves to the JSON of `ecs-daemon deploy --daemon`, or a failure that was shown. */
export async function deployManaged(
  session: Session,
  uri: string,
  cluster: ClusterChoice,
): Promise<ManagedDeployAnswer> {
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const reference = { textDocument: { uri }, cluster };
  for (;;) {
    const plan = await withProgress("Planning the deployment", ({ options }) =>
      session.server.request("managedPlan", reference, options),
    );
    if (isFailure(plan)) return shown(plan);
    for (const line of [plan.sentence, ...plan.lines]) session.log.info(line);
    await confirmChange(target, plan.sentence, "Deploy", plan.lines);
    const answer = await withProgress("Deploying the managed daemon", ({ options }) =>
      session.server.request("managedDeploy", { ...reference, agreed: plan.seen }, options),
    );
    if (isFailure(answer)) return shown(answer);
    if (answer.isOutdated) continue;
    tell(session, answer);
    return answer;
  }
}

function tell(session: Session, { steps, verify }: ManagedDeployReport): void {
  for (const { name, outcome, detail } of steps) session.log.info(`${name}: ${outcome}. ${detail}`);
  const last = steps.at(-1);
  if (verify?.verified === true) succeed(session.log, verify.detail);
  else if (last?.name === "verify" && verify?.providers.every((it) => it.instances === 0))
    void notify.warning(verify.detail);
  else void notify.error(last === undefined ? "Nothing was deployed." : `${last.name}: ${last.detail}`);
}
