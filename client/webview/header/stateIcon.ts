// The pictures above a state without a placement. They repeat the title, and have no words of their own.

import { svgElement } from "../dom/dom";

export type StateIcon = "cluster" | "shield" | "plug" | "warning";

/** Lines of one unit in a square of 16. */
const paths: Readonly<Record<StateIcon, string>> = {
  cluster: "M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.8h1.5M5 11.2h1.5",
  shield: "M8 1.8 13 3.5v4c0 3.2-2.2 5.6-5 6.7-2.8-1.1-5-3.5-5-6.7v-4zM8 5v3.8M8 10.4v1",
  plug: "M5.5 1.5v3M10.5 1.5v3M3.5 4.5h9v3a4.5 4.5 0 0 1-9 0zM8 12v2.5",
  warning: "M8 2 14.5 13.5h-13zM8 6.2v3.6M8 11v1",
};

export function stateIcon(name: StateIcon): SVGElement {
  const picture = svgElement("svg", { viewBox: "0 0 16 16", class: "state-icon", "aria-hidden": "true" });
  picture.append(svgElement("path", { d: paths[name] }));
  return picture;
}
