import type { Cluster } from "../cluster/containerInstance";
import type { EcsDocument } from "../documents/document";
import type { Code } from "./catalogue";
import type { Diagnostic } from "./diagnostic";
import { fix } from "./edits";
import { makeDiagnostic, reportInto } from "./reporter";
import { rules } from "./rules";

/** What the rules may look at beside the document itself. */
export interface ValidationContext {
  /** The task definition that a service refers to (`family`, `family:revision`, ARN), if the workspace has it. */
  readonly findTaskDefinition?: (reference: string) => EcsDocument | undefined;
  /** The DAEMON services of the workspace that refer to this task definition's family. */
  readonly findServices?: (family: string) => readonly EcsDocument[];
  /** The chosen cluster: attribute names and values that instances really have. */
  readonly cluster?: Cluster;
  /** Told of a rule that failed: a bug of ours, which costs only that rule's findings. */
  readonly onRuleFault?: (codes: readonly Code[], fault: unknown) => void;
}

/** Every finding of every rule about one document, in the order of the text. Never throws. */
export function validateDocument(
  document: EcsDocument,
  context: ValidationContext = {},
): readonly Diagnostic[] {
  if (document.kind === undefined) return [];
  const found: Diagnostic[] = document.syntaxErrors.map(({ message, span, remove }) =>
    makeDiagnostic(
      "json-syntax",
      span,
      { problem: message },
      {
        fixes: remove ? [fix("Remove it", true, { span: remove, newText: "" })] : [],
      },
    ),
  );
  runRules(document, context, found);
  return found.sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
}

function runRules(document: EcsDocument, workspace: ValidationContext, found: Diagnostic[]): void {
  const { input, operation } = document;
  if (!input || !operation) return;
  const context = { document, input, operation, workspace };
  for (const rule of rules) {
    const own: Diagnostic[] = [];
    try {
      rule.check(context, reportInto(own));
    } catch (fault) {
      workspace.onRuleFault?.(rule.codes, fault);
    }
    found.push(...own);
  }
}
