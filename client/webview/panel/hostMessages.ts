// What each message of the host changes in the panel.

import type { HostMessage } from "../../src/preview/messages";
import { vscode } from "../dom/host";
import { storableValues, type WithValues } from "../header/valueFields";
import type { Steps } from "../model/steps";
import type { Panel } from "./panel";

type MessageOf<Kind extends HostMessage["kind"]> = Extract<HostMessage, { readonly kind: Kind }>;
type Takers = {
  readonly [Kind in HostMessage["kind"]]: (panel: Panel, message: MessageOf<Kind>) => Taken | Steps<Taken>;
};
/** Whether there is something else to draw. */
type Taken = "draw" | "done";

const takers: Takers = {
  // What is on view stays until the answer is here.
  loading: ({ answers }) => (answers.result !== undefined || answers.error !== undefined ? "done" : "draw"),
  managed: (panel, message) => {
    panel.managed.panel = message.panel;
    panel.managed.file = message.document.uri.split("#")[0] ?? "";
    keepValues(panel, message.panel);
    return "draw";
  },
  failure: (panel, { next, error, keepsLast }) => {
    const { memory, answers } = panel;
    panel.managed.panel = undefined;
    memory.next = next;
    answers.takeFailure(error, keepsLast);
    return "draw";
  },
  cluster: ({ memory }, { state }) => {
    memory.clusterState = state;
    return "draw";
  },
  command: (panel, message) => {
    if (message.command === "copy") panel.copy(message.format);
    else panel.compare(message.against);
    return "done";
  },
  lock: (panel, { locked }) => {
    panel.memory.isLocked = locked;
    panel.keep();
    return "done";
  },
  result: takeResult,
  timeline: ({ parts }, { answer }) => {
    parts.time.take(answer);
    return "done";
  },
  applied: (panel) => {
    panel.makeChanges([]);
    return "done";
  },
  expression: ({ parts }, message) => {
    parts.expression.take(message);
    return "done";
  },
  trialAdded: ({ parts }) => {
    parts.expression.clear();
    return "done";
  },
  explanation: ({ explanations, parts, visible }, { explanation }) => {
    explanations.take(explanation);
    if (visible.length > 0) parts.table.redraw();
    return "done";
  },
  baseline: ({ memory, answers }, message) => {
    if (message.against !== memory.view.against) return "done";
    answers.takeBaseline(message);
    return "draw";
  },
  selection: ({ memory, answers }, { clause, matched }) => {
    answers.takeSelection(clause, matched);
    if (clause === undefined) memory.view = { ...memory.view, onlyMatching: false };
    return "draw";
  },
};

function* takeResult(panel: Panel, { result, saved }: MessageOf<"result">): Steps<Taken> {
  const { answers, memory, parts } = panel;
  if (!(yield* answers.takeInSteps(result, saved, memory.view.against))) return "done";
  panel.managed.panel = undefined;
  if (answers.result !== undefined) {
    keepValues(panel, answers.result);
    parts.overview.takeResult(answers.result);
  }
  // What was explained may be otherwise now; until the new words are here the old ones stay on view.
  for (const instance of parts.table.opened()) vscode.postMessage({ kind: "explain", instance });
  parts.time.changed();
  return "draw";
}

/** What is given goes on after a reload. */
function keepValues({ memory }: Panel, result: WithValues): void {
  memory.values = storableValues(result);
  memory.valuesFiles = (result.valuesFiles ?? []).map((it) => it.uri);
}

/** What is shown of a document. */
const answering: ReadonlySet<HostMessage["kind"]> = new Set<HostMessage["kind"]>([
  "result",
  "failure",
  "managed",
]);

/** In steps: a result may have 100,000 instances. */
export function* takeMessage(panel: Panel, message: HostMessage): Steps<void> {
  const { memory } = panel;
  // Those of another document are none of this one's; the next result names what is given.
  if (memory.document?.uri !== message.document.uri) {
    memory.values = {};
    memory.valuesFiles = [];
  }
  memory.document = message.document;
  if (answering.has(message.kind)) memory.answeredFor = message.document.uri;
  // What is on view until then is of the document before.
  const isOfOther = memory.answeredFor !== undefined && memory.answeredFor !== message.document.uri;
  panel.setBusy(message.kind === "loading", isOfOther);
  const take = takers[message.kind] as (panel: Panel, message: HostMessage) => Taken | Steps<Taken>;
  const taking = take(panel, message);
  const taken = typeof taking === "string" ? taking : yield* taking;
  if (taken === "draw") panel.drawSoon();
}
