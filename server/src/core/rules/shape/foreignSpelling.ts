// A document whose property names are written as CloudFormation or Terraform writes them: one diagnostic for all of it.

import { inputShape, shapeNamed } from "../../api/apiModel";
import { members } from "../../source/tree";
import type { Rule } from "../rule";

const formats = [
  { format: "CloudFormation (PascalCase)", pattern: /^[A-Z]/, toApi: lowerFirst },
  { format: "Terraform (snake_case)", pattern: /^[a-z]+_[a-z_]+$/, toApi: fromSnake },
] as const;

/** Reported alone: every other diagnostic of the document would say the same of one property. */
export const foreignSpelling: Rule = {
  codes: ["foreign-spelling"],
  check({ document, input, operation }, report) {
    // A template or module has names of its own: each that is written as elsewhere is reported by itself.
    if (document.hosted !== undefined) return;
    const known = shapeNamed(inputShape(operation)).members ?? {};
    const found = members(input).slice(0, 100);
    if (found.some((it) => Object.hasOwn(known, it.name) && /[A-Z]/.test(it.name))) return;
    for (const { format, pattern, toApi } of formats) {
      const foreign = found.filter((it) => pattern.test(it.name) && Object.hasOwn(known, toApi(it.name)));
      const [first] = foreign;
      // One of them alone may be a slip.
      if (!first || foreign.length < 2) continue;
      report("foreign-spelling", first.key, { format, example: `'${toApi(first.name)}'` });
      return;
    }
  },
};

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function fromSnake(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
