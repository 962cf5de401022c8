// A document never changes: another text is another document. What follows from it alone is computed once.

import type { Resource } from "../../core/resources/resource";

/** The same function, which remembers its answer as long as the document is in use. */
export function onceFor<Answer>(compute: (document: Resource) => Answer): (document: Resource) => Answer {
  const remembered = new WeakMap<Resource, { readonly answer: Answer }>();
  return (document) => {
    let known = remembered.get(document);
    if (known === undefined) {
      known = { answer: compute(document) };
      remembered.set(document, known);
    }
    return known.answer;
  };
}
