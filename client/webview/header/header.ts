// The top of the panel: the summary in one sentence, what was looked at, and the warning that it is out of date.

import type { Failure, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { PanelAction } from "../../src/preview/messages";
import { button, element, richText, setChildren } from "../dom/dom";

import { createDataAge } from "./dataAge";

export interface Header {
  readonly element: HTMLElement;
  /** An expression alone, from a query file, has no service. */
  update(result: PreviewResult, hasService: boolean): void;
}

const sources = {
  taskDefinition: "task definition",
  service: "service",
  trial: "tried below, in no file",
} as const;

export function createHeader(act: (action: PanelAction) => void): Header {
  const sentence = element("h1", { class: "sentence", attributes: { "aria-live": "polite" } });
  const facts = element("dl", { class: "facts" });
  const whole = element("header", { class: "header" }, [sentence, facts]);
  const age = createDataAge();
  let shownSentence = "";
  let shownFacts = "";
  return {
    element: whole,
    update: (result, hasService) => {
      if (result.sentence !== shownSentence) setChildren(sentence, richText(result.sentence));
      shownSentence = result.sentence;
      const { label, kind, seen } = result.cluster;
      age.update(kind === "local" ? "live" : seen);
      const key = JSON.stringify([label, kind, result.service, result.pairing, result.constraints]);
      if (key !== shownFacts) setChildren(facts, factsOf(result, hasService, age.element, act));
      shownFacts = key;
    },
  };
}

/** Says that what is shown is out of date, and why; hidden where it is not. */
export function createStaleBanner(act: (action: PanelAction) => void) {
  const banner = element("div", { class: "banner", attributes: { role: "status" } });
  return {
    element: banner,
    update: (stale: Failure["error"] | undefined) => {
      banner.hidden = stale === undefined;
      setChildren(banner, stale === undefined ? [] : staleNote(stale, act));
    },
  };
}

function staleNote(error: Failure["error"], act: (action: PanelAction) => void): readonly Node[] {
  return [
    element("strong", { text: "Out of date. " }),
    element("span", {}, richText(error.message)),
    ...(error.remedy === undefined ? [] : [element("span", { class: "muted", text: ` ${error.remedy}` })]),
    element("span", { class: "muted", text: " Below is the last good state." }),
    staleButton(error.code, act),
  ];
}

/** Mostly the text is wrong; without a language server it is not. */
function staleButton(code: string, act: (action: PanelAction) => void): HTMLElement {
  if (code === "server-gone") return button("Start again", () => act("refresh"), "link");
  if (code === "server-away") return button("Show log", () => act("showLog"), "link");
  return button("Open the document", () => act("openDocument"), "link");
}

function factsOf(
  result: PreviewResult,
  hasService: boolean,
  age: HTMLElement,
  act: (action: PanelAction) => void,
): readonly Node[] {
  const { cluster, constraints } = result;
  return [
    fact("Cluster", [
      button(cluster.label, () => act("selectCluster"), "link"),
      ...(cluster.kind === "aws" ? [element("span", { class: "muted", text: "AWS account" })] : []),
      age,
      ...(cluster.kind !== "aws" ? [] : [button("refresh", () => act("refresh"), "link")]),
    ]),
    ...(hasService ? pairFacts(result, act) : []),
    fact(
      "Placement constraints",
      constraints.length === 0
        ? [element("span", { class: "muted", text: "none" })]
        : constraints.map((it) =>
            element("span", { class: "constraint" }, [
              element("code", { text: it.expression }),
              element("span", { class: "muted", text: ` ${sources[it.from]}` }),
            ]),
          ),
    ),
  ];
}

/** Whose constraints count, how that was found, and a way to change it. */
function pairFacts({ service, pairing }: PreviewResult, act: (action: PanelAction) => void): readonly Node[] {
  const change = (label: string) => button(label, () => act("chooseService"), "link");
  const muted = (text: string) => element("span", { class: "muted", text });
  const name =
    service.uri === undefined
      ? element("span", { text: service.name })
      : button(service.name, () => act("openService"), "link");
  if (pairing?.question === "taskDefinition")
    return [
      fact("Service", [name]),
      fact("Task definition", [
        element("span", { text: fileName(pairing.taskDefinition) }),
        change("change"),
      ]),
    ];
  if (pairing?.by === "undecided") {
    const count = pairing.candidates.length;
    const text = `not chosen: ${count} service ${count === 1 ? "file may refer" : "files refer"} to the task definition`;
    return [fact("Service", [muted(text), change("choose")])];
  }
  const isNew = pairing !== undefined && service.uri === undefined;
  return [fact("Service", [name, ...(isNew ? [muted("new, on every instance")] : []), change("change")])];
}

function fileName(uri = ""): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
}

function fact(name: string, values: readonly Node[]): HTMLElement {
  return element("div", { class: "fact" }, [
    element("dt", { text: name }),
    ...values.map((it) => element("dd", {}, [it])),
  ]);
}
