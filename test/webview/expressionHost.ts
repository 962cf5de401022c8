// The host's part in the panel's input box, made of the server's own functions: what the page asks is answered by what
// would answer it in VS Code.

import type { HostMessage, PanelMessage } from "../../client/src/preview/messages";
import type { Cluster } from "../../server/src/core/cluster/containerInstance";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { expressionHelp } from "../../server/src/core/language/expressions/expressionHelp";
import { parseQuery } from "../../server/src/core/query/parse/parser";
import { requirementsOf } from "../../server/src/core/requirements/requirementsOf";
import type { TrialConstraint } from "../../server/src/core/simulation/trialConstraint";
import { whatIf } from "../../server/src/lsp/preview/whatIf";
import type { PreviewResult } from "../../server/src/lsp/protocol/protocol";
import type { Panel } from "./panelPage";

export const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };

const fleet = {
  groups: [
    { count: 3, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } },
    { count: 2, instanceType: "c5.xlarge", zones: ["eu-west-1b"], attributes: { env: "dev", rack: "4" } },
  ],
};
export const five: Cluster = readClusterText("five.ecs-fleet.json", JSON.stringify(fleet)).cluster;

const fromService = "attribute:ecs.instance-type =~ .*";

/** The preview on the cluster with a service that has one constraint, which holds everywhere. */
export function previewed(cluster: Cluster, trial: TrialConstraint | undefined): PreviewResult {
  const query = parseQuery(fromService);
  const result = whatIf(
    {
      daemon: {
        name: "agents",
        requirements: requirementsOf({}),
        constraints: [{ type: "memberOf", from: "service", index: 0, query }],
      },
      cluster: { cluster, label: "five.ecs-fleet.json", kind: "file" },
      service: undefined,
      documents: [],
    },
    { trial },
  );
  if ("error" in result) throw new Error(result.error.message);
  return { ...result, service: { name: "agents", uri: "file:///w/agents.service.json" } };
}

export interface ExpressionHost {
  /** Answers from now on with this cluster, as if another one had been chosen. */
  use(cluster: Cluster): Promise<void>;
  /** What the page posted beside its questions. */
  readonly others: readonly PanelMessage[];
  readonly trial: TrialConstraint | undefined;
}

/** Answers everything that the page asks from now on, and what it has asked already. */
export async function serveExpressions(panel: Panel): Promise<ExpressionHost> {
  const others: PanelMessage[] = [];
  let cluster = five;
  let trial: TrialConstraint | undefined;
  const show = () => panel.send({ kind: "result", document, result: previewed(cluster, trial), saved: true });
  const answer = async (message: PanelMessage): Promise<void> => {
    if (message.kind === "trial") {
      trial = message.trial;
      return show();
    }
    if (message.kind !== "expression") {
      others.push(message);
      return;
    }
    const { text, offset, purpose } = message;
    const surroundings = { cluster, serviceNames: [], families: [], severities: [] };
    const help = expressionHelp(text, offset, surroundings);
    await panel.send({ kind: "expression", document, text, offset, purpose, help } satisfies HostMessage);
  };
  const answered = (message: PanelMessage) => {
    answer(message).catch((error: Error) => {
      // A page that is closed waits for no answer.
      if (!/closed/.test(error.message)) throw error;
    });
  };
  await panel.page.exposeFunction("askHost", answered);
  await panel.page.evaluate(`(() => {
    const push = posted.push.bind(posted);
    posted.push = (message) => { askHost(message); return push(message); };
    for (const message of [...posted]) askHost(message);
  })()`);
  await show();
  return {
    use: async (now) => {
      cluster = now;
      await show();
    },
    others,
    get trial() {
      return trial;
    },
  };
}
