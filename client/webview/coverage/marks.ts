// The mark of a state as a small picture; its color is that of the text around it, set by its class.

import { svgElement } from "../dom/dom";
import type { MarkName } from "./words";

/** In a square of 12. */
const paths: Readonly<Record<MarkName, string>> = {
  missing: "M2.4 0 6 3.6 9.6 0 12 2.4 8.4 6 12 9.6 9.6 12 6 8.4 2.4 12 0 9.6 3.6 6 0 2.4z",
  failing: "M6 .5 12 11.5 0 11.5z",
  stale:
    "M1 1h3.2v1.6H2.6v1.6H1zM7.8 1H11v3.2H9.4V2.6H7.8zM1 7.8h1.6v1.6h1.6V11H1zM9.4 7.8H11V11H7.8V9.4h1.6z",
  unknown: "M6 .2 11.8 6 6 11.8.2 6zM6 2.5 2.5 6 6 9.5 9.5 6z",
  updating: "M1 1h10v10H1zM2.6 2.6v5.9l5.9-5.9z",
  covered: "M1.2 6.2 2.4 5 4.9 7.5 9.8 2.6 11 3.8 4.9 9.9z",
  excluded: "M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6zm0 1.3a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7z",
};

/** Beside it stands the word. */
export function markElement(mark: MarkName): SVGElement {
  const picture = svgElement("svg", {
    ...{ class: `mark ${mark}`, viewBox: "0 0 12 12", "aria-hidden": "true" },
  });
  picture.append(svgElement("path", { d: paths[mark], "fill-rule": "evenodd" }));
  return picture;
}
