// One line about the expression: what is wrong, at the caret if something is, else what stands at the caret.

import type { ExpressionHelp, ExpressionProblem } from "../../../server/src/lsp/protocol/protocol";
import { button, element, setChildren } from "../dom/dom";
import { markdown } from "../dom/markdown";

export type ExpressionFix = ExpressionProblem["fixes"][number];

export interface ExpressionAbout {
  readonly element: HTMLElement;
  update(help: ExpressionHelp | undefined, caret: number): void;
}

export function createExpressionAbout(actions: {
  select(start: number, end: number): void;
  fix(fix: ExpressionFix): void;
}): ExpressionAbout {
  const line = element("div", { class: "expression-about", attributes: { id: "expression-about" } });
  let shown: string | undefined;
  const drawProblem = ({ message, span, fixes }: ExpressionProblem, others: number) => [
    ...fixes.slice(0, 2).map((it) => button(it.title, () => actions.fix(it), "link")),
    element("span", { text: message, onClick: () => actions.select(span.start, span.end) }),
    ...(others > 0 ? [element("span", { class: "muted", text: ` +${others} more` })] : []),
  ];
  return {
    element: line,
    update: (help, caret) => {
      const problem = gravest(help, caret);
      const others = (help?.problems.length ?? 0) - 1;
      // A button that were drawn anew between press and release would not be clicked.
      const key = JSON.stringify([problem, others]);
      if (key === shown) return;
      shown = key;
      line.className = `expression-about ${problem?.severity ?? ""}`.trim();
      // Without a problem there is nothing to say in the line: what stands where is told by the pointer.
      line.hidden = problem === undefined;
      setChildren(line, problem === undefined ? [] : drawProblem(problem, others));
    },
  };
}

/** Everything there is to say about an offset. */
export function explained(help: ExpressionHelp, offset: number) {
  const problems = problemsAt(help, offset);
  return {
    span: help.hover?.span ?? problems[0]?.span ?? { start: offset, end: offset + 1 },
    words: [
      ...problems.map((it) => element("p", { text: it.message })),
      ...(help.hover === undefined ? [] : markdown(help.hover.text)),
    ],
  };
}

const severities = ["error", "warning", "information", "hint"] as const;

/** Of equal ones that at the caret. */
function gravest(help: ExpressionHelp | undefined, caret: number): ExpressionProblem | undefined {
  const all = [...problemsAt(help, caret), ...(help?.problems ?? [])];
  return severities.map((it) => all.find(({ severity }) => severity === it)).find((it) => it !== undefined);
}

function problemsAt(help: ExpressionHelp | undefined, offset: number): readonly ExpressionProblem[] {
  return (help?.problems ?? []).filter(({ span }) => span.start <= offset && offset <= span.end);
}
