// What a rule is: the codes it may report, and a check that looks at a document and reports.

import type { InputOperation } from "../api/apiModel";
import type { Resource } from "../resources/resource";
import type { JsonNode } from "../source/tree";
import type { Span } from "../text/span";
import type { Code, ParamsOf } from "./catalogue";
import type { RelatedPlace } from "./diagnostic";
import type { Doubts } from "./doubts";
import type { ProposedFix } from "./fix";
import type { ServerRejection, Severity } from "./severity";
import type { ValidationContext } from "./validationContext";

export interface RuleContext {
  readonly document: Resource;
  /** The object that is the operation's input. */
  readonly input: JsonNode;
  readonly operation: InputOperation;
  readonly workspace: ValidationContext;
  /** Where the rules of form note what they report: the rules after them take it for unknown. */
  readonly doubts: Doubts;
}

export interface ReportExtras {
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly (ProposedFix | undefined)[];
  /** What the diagnostic is about, where somebody decides by it: see Diagnostic. */
  readonly about?: string;
  /** Where ECS's words depend on more than the code. */
  readonly server?: ServerRejection;
  /** Where the severity depends on more than the code. */
  readonly severity?: Severity;
}

/** Reports a diagnostic at a node or a span. */
export type Report = <C extends Code>(
  code: C,
  place: JsonNode | Span,
  params: ParamsOf<C>,
  extras?: ReportExtras,
) => void;

export interface Rule {
  readonly codes: readonly Code[];
  check(context: RuleContext, report: Report): void;
}
