// The clauses of a placement constraint, each with what it came to for one instance and the value that decided.

import type { ClauseExplanation } from "../../server/src/core/query/explain";
import { element } from "./dom";

/** Deeper expressions than this are cut: nobody reads them, and a hostile file must not overflow the stack. */
const maximumDepth = 40;

const marks = { true: "✓", false: "✗", unknown: "?" } as const;

export function clauseTree(explanation: ClauseExplanation): HTMLElement {
  return element("ul", { class: "clauses" }, [clause(explanation, 0)]);
}

function clause(explanation: ClauseExplanation, depth: number): HTMLElement {
  const { operands } = explanation;
  const truth = String(explanation.truth) as keyof typeof marks;
  // Parentheses say nothing that the tree does not.
  const [only] = operands;
  if (explanation.kind === "group" && only !== undefined && depth < maximumDepth)
    return clause(only, depth + 1);
  const name = operands.length === 0 ? explanation.text : explanation.kind;
  return element("li", { class: `clause ${truth}` }, [
    element("span", {
      class: "mark",
      text: marks[truth] ?? marks.unknown,
      attributes: { "aria-hidden": "true" },
    }),
    element("code", { text: name }),
    element("span", { class: "truth", text: ` is ${truth}` }),
    explanation.because === "" || operands.length > 0
      ? undefined
      : element("span", { class: "muted", text: `: ${explanation.because}` }),
    operands.length === 0 || depth >= maximumDepth
      ? undefined
      : element(
          "ul",
          { class: "clauses" },
          operands.map((it) => clause(it, depth + 1)),
        ),
  ]);
}
