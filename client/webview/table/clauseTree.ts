// The clauses of a placement constraint, each with what it came to for one instance and the value that decided. A
// clause is a button that selects it in the editor.

import type { ClauseExplanation } from "../../../server/src/core/query/explain";
import type { ClauseReference } from "../../src/preview/messages";
import { button, element } from "../dom/dom";

export type RevealClause = (clause: ClauseReference) => void;

/** Deeper expressions than this are cut: nobody reads them, and a hostile file must not overflow the stack. */
const maximumDepth = 40;

const marks = { true: "✓", false: "✗", unknown: "?" } as const;

export function clauseTree(
  { from, index }: Omit<ClauseReference, "span">,
  explanation: ClauseExplanation,
  reveal: RevealClause,
): HTMLElement {
  const select = (span: ClauseExplanation["span"]) => reveal({ from, index, span });
  return element("ul", { class: "clauses" }, [drawClause(explanation, 0, select)]);
}

function drawClause(
  explanation: ClauseExplanation,
  depth: number,
  select: (span: ClauseExplanation["span"]) => void,
): HTMLElement {
  const { operands } = explanation;
  const truth = String(explanation.truth) as keyof typeof marks;
  // Parentheses say nothing that the tree does not.
  const [only] = operands;
  if (explanation.kind === "group" && only !== undefined && depth < maximumDepth)
    return drawClause(only, depth + 1, select);
  const isLeaf = operands.length === 0 || depth >= maximumDepth;
  const name = button(isLeaf ? explanation.text : explanation.kind, () => select(explanation.span), "link");
  name.title = "Select it in the editor";
  name.classList.add("code");
  return element("li", { class: `clause ${truth}` }, [
    element("span", { class: "mark", text: marks[truth], attributes: { "aria-hidden": "true" } }),
    name,
    element("span", { class: "truth", text: ` is ${truth}` }),
    isLeaf && explanation.because !== ""
      ? element("span", { class: "muted", text: `: ${explanation.because}` })
      : undefined,
    isLeaf
      ? undefined
      : element(
          "ul",
          { class: "clauses" },
          operands.map((it) => drawClause(it, depth + 1, select)),
        ),
  ]);
}
