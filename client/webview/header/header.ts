// The top of the panel: the answer in one sentence, and what it is of: service, cluster, age of the data, constraints.

import type { ClusterState, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { PanelAction } from "../../src/preview/messages";
import { button, element, setChildren, setText } from "../dom/dom";
import { answerOf } from "../model/answer";
import { createDataAge } from "./dataAge";
import { fileName } from "./fileName";

export interface Header {
  readonly element: HTMLElement;
  /** An expression alone, from a query file, has no service. The state is that of the cluster, where it is known. */
  update(result: PreviewResult, hasService: boolean, state: ClusterState | undefined): void;
  /** In place of the answer: that of a moment of a story. `undefined`: what is, again. */
  showMoment(words: string | undefined): void;
}

const sources = {
  taskDefinition: "in the task definition",
  service: "in the service",
  trial: "tried here, not saved",
} as const;

type Act = (action: PanelAction) => void;
/** `null`: a new service. */
type ChooseService = (uri: string | null) => void;

/** More services than these are picked from a list. */
const namedServices = 3;

export function createHeader(act: Act, choose: ChooseService): Header {
  const answer = element("h1", { class: "answer", attributes: { "aria-live": "polite" } });
  const context = element("div", { class: "context" });
  const whole = element("header", { class: "header" }, [answer, context]);
  const age = createDataAge();
  let words = "";
  let moment: string | undefined;
  let shown = "";
  const say = () => setText(answer, moment ?? words);
  return {
    element: whole,
    update: (result, hasService, state) => {
      words = answerOf(result, hasService);
      say();
      answer.title = result.sentence.replaceAll("`", "");
      const { label, kind, seen } = result.cluster;
      age.update(kind === "local" ? "live" : seen);
      const key = JSON.stringify([label, kind, result.service, result.pairing, result.constraints, state]);
      if (key !== shown)
        setChildren(context, contextOf(result, hasService, state, age.element, { act, choose }));
      shown = key;
    },
    showMoment: (now) => {
      moment = now;
      say();
    },
  };
}

function contextOf(
  result: PreviewResult,
  hasService: boolean,
  state: ClusterState | undefined,
  age: HTMLElement,
  { act, choose }: { readonly act: Act; readonly choose: ChooseService },
): readonly Node[] {
  const { cluster, constraints } = result;
  const picked = drop(cluster.label, () => act("selectCluster"));
  if (state !== undefined) picked.title = state.detail;
  return [
    ...(hasService ? pairFacts(result, act, choose) : []),
    fact("Cluster", [picked, ...(cluster.kind === "aws" ? [muted("AWS account")] : []), age]),
    ...(constraints.length === 0
      ? []
      : [
          fact(
            constraints.length === 1 ? "Constraint" : "Constraints",
            constraints.map(({ expression, from }) =>
              element("span", { class: "constraint", title: `${expression} (${sources[from]})` }, [
                element("code", { text: expression }),
              ]),
            ),
            "fact wide-only",
          ),
        ]),
  ];
}

/** Whose constraints count, how that was found, and a way to change it. */
function pairFacts({ service, pairing }: PreviewResult, act: Act, choose: ChooseService): readonly Node[] {
  const nameOf = (uri?: string) => fileName(uri, pairing?.candidates);
  const name =
    service.uri === undefined
      ? element("span", { text: service.name })
      : button(nameOf(service.uri), () => act("openService"), "link");
  if (pairing?.question === "taskDefinition")
    return [
      fact("Service", [name]),
      fact("Task definition", [drop(nameOf(pairing.taskDefinition), () => act("chooseService"))]),
    ];
  if (pairing?.by === "undecided") {
    const count = pairing.candidates.length;
    const text = `not chosen: ${count} service ${count === 1 ? "file may refer" : "files refer"} to the task definition`;
    const named = count > namedServices ? [] : pairing.candidates;
    return [
      fact("Service", [
        muted(text),
        ...named.map((it) => button(nameOf(it), () => choose(it), "link")),
        ...(named.length === 0
          ? [drop("choose", () => act("chooseService"))]
          : [button("New service", () => choose(null), "link")]),
      ]),
    ];
  }
  if (pairing === undefined) return [fact("Service", [name])];
  const isNew = service.uri === undefined;
  const chosen = isNew ? `${service.name} (new, on every instance)` : nameOf(service.uri);
  return [fact("Service", [drop(chosen, () => act("chooseService"))])];
}

function muted(text: string): HTMLElement {
  return element("span", { class: "muted", text });
}

/** Opens a pick. */
function drop(text: string, onClick: () => void): HTMLButtonElement {
  const made = button(text, onClick, "link");
  made.classList.add("drop");
  return made;
}

function fact(name: string, values: readonly Node[], className = "fact"): HTMLElement {
  return element("div", { class: className }, [element("span", { text: name }), ...values]);
}
