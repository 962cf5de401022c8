// Compares an expression as ECS evaluates it with our evaluation. A difference is a fault of ours that can be reported.

import { env, window } from "vscode";
import { counted } from "../../../server/src/core/text/counts";
import type {
  ClusterChoice,
  CompareAnswer,
  ExpressionComparison,
} from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown, showWithLog } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, documentAtHand } from "./ask";
import { type CallArguments, textOption } from "./callArguments";
import { describeTarget } from "./confirm";
import { askOne } from "./wizard";

/**
 * Options: `expression`, `cluster`. Without an expression: every one of the document, else it is asked for. Returns the
 * comparisons, each with a bug report where ECS and this extension differ.
 */
export async function compareWithAws(session: Session, call: CallArguments): Promise<CompareAnswer> {
  const cluster = await askCluster(session, call);
  const subject = await askSubject(session, call, cluster);
  if (isFailure(subject)) return subject;
  const version = String(session.context.extension.packageJSON.version);
  const answer = await withProgress("Comparing with Amazon ECS", (step) =>
    session.server.request("compare", { ...subject, cluster, version }, step),
  );
  if (isFailure(answer)) return shown(answer);
  for (const { expression, sentence } of answer.comparisons) session.log.info(`${expression}: ${sentence}`);
  report(session, answer.comparisons);
  return answer;
}

async function askSubject(session: Session, call: CallArguments, cluster: ClusterChoice) {
  const expression = textOption(call, "expression");
  if (expression !== undefined) return { expression };
  const uri = call.uri ?? queryAtHand() ?? documentAtHand(session);
  if (uri !== undefined) return { textDocument: { uri } };
  // Whether there is anything to compare with is known before the question.
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  return {
    expression: await askOne("Compare Expressions with AWS", (page) =>
      page.text({
        prompt: "An expression of the cluster query language",
        placeHolder: "attribute:env == prod",
      }),
    ),
  };
}

function queryAtHand(): string | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === "ecs-query" ? document.uri.toString() : undefined;
}

function report(session: Session, comparisons: readonly ExpressionComparison[]): void {
  const differing = comparisons.filter((it) => !it.agrees);
  const [first] = differing;
  if (first === undefined) {
    const [only] = comparisons;
    const text =
      comparisons.length === 1 && only !== undefined
        ? `${only.expression}: ${only.sentence}`
        : `ECS and this extension agree on all ${comparisons.length} expressions.`;
    showWithLog("information", text);
    return;
  }
  const reports = differing.map((it) => it.bugReport ?? "").join("\n");
  for (const line of reports.split("\n")) session.log.warn(line);
  const copy = "Copy Bug Report";
  const more =
    differing.length > 1
      ? ` (${counted(differing.length - 1, "more expression differs", "more expressions differ")})`
      : "";
  const text = `${first.expression}: ${first.sentence}${more}`;
  void notify.warning(text, copy).then((picked) => {
    if (picked === copy) void env.clipboard.writeText(reports);
  });
}
