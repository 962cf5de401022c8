// A document never changes: another text is another document. What follows from it alone is computed once.

import type { EcsDocument } from "../../core/resources/document";

/** The same function, which remembers its answer as long as the document is in use. */
export function onceFor<Answer>(
  compute: (document: EcsDocument) => Answer,
): (document: EcsDocument) => Answer {
  const remembered = new WeakMap<EcsDocument, { readonly answer: Answer }>();
  return (document) => {
    let known = remembered.get(document);
    if (known === undefined) {
      known = { answer: compute(document) };
      remembered.set(document, known);
    }
    return known.answer;
  };
}
