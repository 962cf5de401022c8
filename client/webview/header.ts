// The top of the panel: the summary in one sentence, what was looked at, and the warning that it is out of date.

import type { Failure, PreviewResult } from "../../server/src/lsp/protocol";
import type { PanelAction } from "../src/preview/messages";
import { button, element, setChildren, setText } from "./dom";

export interface Header {
  readonly element: HTMLElement;
  update(result: PreviewResult, stale: Failure["error"] | undefined): void;
}

const clusterKinds = { file: "file", local: "local endpoint", aws: "AWS account" } as const;
const sources = { taskDefinition: "task definition", service: "service" } as const;

export function createHeader(act: (action: PanelAction) => void): Header {
  const sentence = element("h1", { class: "sentence", attributes: { "aria-live": "polite" } });
  const facts = element("dl", { class: "facts" });
  const banner = element("div", { class: "banner", attributes: { role: "status" } });
  const whole = element("header", { class: "header" }, [banner, sentence, facts]);
  let shownFacts = "";
  return {
    element: whole,
    update: (result, stale) => {
      setText(sentence, result.sentence);
      const key = JSON.stringify([result.cluster, result.service, result.constraints]);
      if (key !== shownFacts) setChildren(facts, factsOf(result, act));
      shownFacts = key;
      banner.hidden = stale === undefined;
      setChildren(banner, stale === undefined ? [] : staleNote(stale, act));
    },
  };
}

function staleNote(error: Failure["error"], act: (action: PanelAction) => void): readonly Node[] {
  return [
    element("strong", { text: "Out of date. " }),
    element("span", { text: error.message }),
    ...(error.remedy === undefined ? [] : [element("span", { class: "muted", text: ` ${error.remedy}` })]),
    element("span", { class: "muted", text: " Below is the last good state." }),
    button("Open the document", () => act("openDocument"), "link"),
  ];
}

function factsOf(result: PreviewResult, act: (action: PanelAction) => void): readonly Node[] {
  const { cluster, service, constraints } = result;
  const clusterText = `${cluster.label} (${clusterKinds[cluster.kind]})`;
  const serviceFact =
    service.uri === undefined
      ? element("span", { text: service.name })
      : button(service.name, () => act("openService"), "link");
  return [
    fact("Cluster", [button(clusterText, () => act("selectCluster"), "link")]),
    fact("Service", [serviceFact, button("change", () => act("chooseService"), "link")]),
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

function fact(name: string, values: readonly Node[]): HTMLElement {
  return element("div", { class: "fact" }, [
    element("dt", { text: name }),
    ...values.map((it) => element("dd", {}, [it])),
  ]);
}
