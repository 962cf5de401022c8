// Which daemons run on the instances of which capacity provider, and the verdict of each instance.

import { countText } from "../../../server/src/core/text/counts";
import type { ManagedPanel } from "../../../server/src/lsp/protocol/protocol";
import { element } from "../dom/dom";

type Preview = ManagedPanel["preview"];
type Verdict = Preview["instances"][number]["verdict"];

export function drawCoverage({ preview, daemons }: ManagedPanel): HTMLElement {
  const title = element("h2", { text: "Running by capacity provider" });
  const rows = preview.providers.map((it) =>
    element("tr", {}, [
      element("th", { text: it.name, attributes: { scope: "row" } }),
      element("td", { class: "number", text: it.isKnown ? countText(it.instances) : "not known" }),
      ...daemons.map(({ daemon, providers }) =>
        cell(daemon === preview.daemon.name ? it : providers[it.name]),
      ),
    ]),
  );
  const head = ["Capacity provider", "Instances", ...daemons.map((it) => it.daemon)].map((text, index) =>
    element("th", { text, class: index === 1 ? "number" : "", attributes: { scope: "col" } }),
  );
  return element("section", {}, [
    title,
    element(
      "div",
      {
        class: "managed-scroll",
        attributes: { tabindex: "0", role: "region", "aria-label": "Running by capacity provider" },
      },
      [
        element("table", { class: "managed-table" }, [
          element("thead", {}, [element("tr", {}, head)]),
          element("tbody", {}, rows),
        ]),
      ],
    ),
  ]);
}

function cell(found: { readonly running: number; readonly without: number } | undefined): HTMLElement {
  if (found === undefined) return element("td", {}, [mark("excluded"), " not assigned"]);
  if (found.without === 0) return element("td", {}, [mark("keep"), ` ${countText(found.running)}`]);
  return element("td", {}, [
    mark("without"),
    ` ${countText(found.running)}, `,
    element("strong", { text: `${countText(found.without)} without` }),
  ]);
}

const words: Readonly<Record<Verdict, string>> = {
  blocked: "blocked",
  without: "without",
  unknown: "unknown",
  replace: "will be replaced",
  keep: "running",
  excluded: "excluded",
};
const order = Object.keys(words) as readonly Verdict[];

/** Rows of one group that are shown at once. */
const mostRows = 15;

/** The instances by verdict: what is wrong first, the normal closed. */
export function drawInstances({ preview: { instances }, isWithoutCluster }: ManagedPanel): HTMLElement {
  const groups = order.flatMap((verdict) => {
    const own = instances.filter((it) => it.verdict === verdict);
    if (own.length === 0) return [];
    const shown = own
      .slice(0, mostRows)
      .map((it) =>
        element("li", { class: "managed-row" }, [
          mark(verdict),
          element("code", { text: it.id, title: it.id }),
          element("span", { class: "why", text: it.reasons.join(" ") }),
          element("span", { class: "managed-note", text: it.provider ?? "" }),
        ]),
      );
    const more = own.length - shown.length;
    const group = element("details", { class: "managed-group" }, [
      element("summary", {}, [
        mark(verdict),
        ` ${words[verdict]} `,
        element("strong", { text: countText(own.length) }),
      ]),
      element("ul", {}, shown),
      more > 0 ? element("p", { class: "managed-note", text: `and ${countText(more)} more` }) : undefined,
    ]);
    group.open = verdict === "blocked" || verdict === "without" || verdict === "unknown";
    return [group];
  });
  const none = element("p", {
    class: "managed-empty",
    text: isWithoutCluster ? "No cluster is selected." : "The cluster has no container instances.",
  });
  return element("section", {}, [
    element("h2", { text: "Instances" }),
    ...(groups.length === 0 ? [none] : groups),
  ]);
}

/** A shape for each state; the word is next to it. */
function mark(verdict: Verdict): HTMLElement {
  return element("span", { class: `managed-mark ${verdict}`, attributes: { "aria-hidden": "true" } });
}
