// Names the file and the property that ECS refused in the report of a deployment.

import type { Resource } from "../../core/resources/resource";
import type { Span } from "../../core/text/span";
import { locateRefusal } from "../../core/workspace/refusal";
import type { CheckedDocument } from "../../core/workspace/soundness";
import type { DeployReport, DeployStepReport, TextRange } from "../report";

/** Exceptions that say something of the input, not of the account, the way there or the state of ECS. */
const aboutInput =
  /^(?:ClientException|InvalidParameterException|SerializationException|ValidationException|UnsupportedFeatureException|Platform\w+Exception|UnknownProperty)$/;

export type RangeOf = (document: Resource, span: Span) => TextRange;

/** The report with the place of each refusal, in its detail too. `checked` are the documents that were sent. */
export function placeRefusals(
  report: DeployReport,
  checked: readonly CheckedDocument[],
  rangeOf: RangeOf,
): DeployReport {
  return { ...report, steps: report.steps.map((it) => placed(it, checked, rangeOf)) };
}

function placed(
  step: DeployStepReport,
  checked: readonly CheckedDocument[],
  rangeOf: RangeOf,
): DeployStepReport {
  if (step.refusal === undefined || !aboutInput.test(step.refusal.name)) return step;
  const sent = sentBy(step, checked);
  if (sent === undefined) return step;
  const { fileName, span, ...located } = locateRefusal(sent, step.refusal.message);
  const place = { ...located, range: rangeOf(sent.document, span) };
  const where = place.property === undefined ? fileName : `${fileName}: ${place.property}`;
  return { ...step, detail: `${step.detail.replace(/\.$/, "")} (${where}).`, place };
}

function sentBy(
  { name }: DeployStepReport,
  checked: readonly CheckedDocument[],
): CheckedDocument | undefined {
  const of = (kind: string) => checked.find((it) => it.document.kind === kind);
  if (name === "register") return of("taskDefinition");
  return name === "createService" ? (of("service") ?? of("taskDefinition")) : undefined;
}
