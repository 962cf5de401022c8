// The pages about diagnostics, which a client shows without a network.

import { diagnosticsPages, expressionExamples } from "../../core/language/diagnosticsPages";
import { queryProblems } from "../../core/query/problemCodes";
import { type Code, urlOf } from "../../core/rules/catalogue";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { requests } from "../protocol/customRequests";

export function registerDocumentation(context: ServerContext): void {
  onAsk(context, requests.documentation, async () => ({
    pages: [...diagnosticsPages(examplesOf)].map(([name, text]) => ({ name, text })),
  }));
}

/** Of the other codes the examples are files, which are as large as all the rest of the pages. */
function examplesOf(code: Code): readonly string[] {
  return code in queryProblems
    ? expressionExamples(queryProblems[code as keyof typeof queryProblems])
    : [`[Examples of ${code}](${urlOf(code)})`, ""];
}
