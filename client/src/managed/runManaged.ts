// Deploys a managed daemon, or a part of it: what is replaced is in the question, which names account, Region and cluster.

import { commands } from "vscode";
import type {
  ClusterChoice,
  ManagedDeployAnswer,
  ManagedDeployReport,
  ManagedPart,
  ManagedVerifyAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import type { CallArguments } from "../commands/callArguments";
import { numberOption } from "../commands/callArguments";
import { type CommandName, commandId } from "../commands/commandIds";
import { confirmChange, describeTarget } from "../commands/confirm";
import { dialogLines } from "../commands/planText";
import { type ExtraButton, isFailure, showFailure, shown } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { managedMessage } from "./managedMessage";

interface Run {
  readonly uri: string;
  readonly cluster: ClusterChoice;
  readonly part: ManagedPart;
  readonly command: CommandName;
  /** Of the confirmation. */
  readonly verb: string;
}

/** Resolves to the JSON of `ecs-daemon deploy --daemon`, or a failure that was shown. */
export async function runManaged(
  session: Session,
  call: CallArguments,
  run: Run,
): Promise<ManagedDeployAnswer> {
  const { uri, cluster, part, verb } = run;
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const timeoutSeconds = numberOption(call, "timeoutSeconds");
  const reference = {
    textDocument: { uri },
    cluster,
    part,
    ...(call.options.despiteErrors === true && { despiteErrors: true }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  };
  for (;;) {
    const plan = await withProgress("Looking up what would change", ({ options }) =>
      session.server.request("managedPlan", reference, options),
    );
    if (isFailure(plan)) {
      showFailure(plan, plan.error.code === "errors-in-files" ? [anyway(call, run)] : []);
      return plan;
    }
    for (const line of [plan.sentence, ...plan.lines]) session.log.info(line);
    await confirmChange(target, plan.sentence, verb, dialogLines(plan.lines));
    const answer = await withProgress("Deploying the managed daemon", ({ options }) =>
      session.server.request("managedDeploy", { ...reference, agreed: plan.seen }, options),
    );
    if (isFailure(answer)) return shown(answer);
    if (answer.isOutdated) continue;
    show(session, answer);
    return answer;
  }
}

/** Sends the files although they have errors: the same command again, for the same document and cluster. */
function anyway(call: CallArguments, { uri, cluster, command, verb }: Run): ExtraButton {
  const options = { ...call.options, cluster, despiteErrors: true };
  return {
    title: `${verb} Anyway`,
    run: () => commands.executeCommand(commandId(command), uri, options),
  };
}

function show(session: Session, report: ManagedDeployReport): void {
  for (const { name, outcome, detail } of report.steps) session.log.info(`${name}: ${outcome}. ${detail}`);
  const { severity, text } = managedMessage(report);
  if (severity === "information") succeed(session.log, text);
  else void (severity === "warning" ? notify.warning : notify.error)(text);
}

/** Resolves to the JSON of `ecs-daemon verify --daemon`, with the daemon's name. */
export async function verifyManaged(
  session: Session,
  call: CallArguments,
  named: { readonly daemonName: string } | { readonly textDocument: { readonly uri: string } },
  cluster: ClusterChoice,
): Promise<ManagedVerifyAnswer> {
  const timeoutSeconds = numberOption(call, "timeoutSeconds");
  const params = { ...named, cluster, ...(timeoutSeconds !== undefined && { timeoutSeconds }) };
  const answer = await withProgress("Verifying the managed daemon", ({ options }) =>
    session.server.request("managedVerify", params, options),
  );
  if (isFailure(answer)) return shown(answer);
  for (const it of answer.missing) session.log.info(`missing on ${it.id}: ${it.reason}`);
  for (const it of answer.unexpected) session.log.info(`unexpected on ${it.id}: ${it.reason}`);
  if (answer.verified) succeed(session.log, answer.detail);
  else {
    const [first] = answer.missing;
    void notify.warning(
      first === undefined ? answer.detail : `${answer.detail} ${first.id}: ${first.reason}`,
    );
  }
  return answer;
}
