import { traitsOf } from "../resources/kinds/registry";
import { placementExpressions } from "../resources/placementExpressions";
import type { Resource } from "../resources/resource";
import { senderHabits } from "../resources/senders";
import { editsFor } from "../resources/writer";
import { replaceText } from "../source/change";
import type { SyntaxProblem } from "../source/json/syntaxProblem";
import type { Code } from "./catalogue";
import { checkFleetFile, fleetFileCodes } from "./clusterFiles/fleetFile";
import { checkSnapshotFile, snapshotFileCodes } from "./clusterFiles/snapshotFile";
import type { Diagnostic } from "./diagnostic";
import { checkExpression } from "./expressions";
import { fix, type ProposedFix } from "./fix";
import { inHost } from "./hostMeanings";
import { spellingOf } from "./hostSpelling";
import { asManaged, managedRulesOf } from "./managed/managedRules";
import { reportDropped } from "./pasted/leftOut";
import { skeleton } from "./pasted/skeleton";
import { enough, makeDiagnostic, reportInto } from "./reporter";
import type { Report, RuleContext } from "./rule";
import { rules } from "./rules";
import { sentDocument } from "./sentDocument";
import { foreignSpelling } from "./shape/foreignSpelling";
import { taskDefinition } from "./taskDefinition/taskDefinition";
import type { ValidationContext } from "./validationContext";
import { diagnosticsWithoutSecrets } from "./withoutSecrets";

/** Every finding of every rule about one document, in the order of the text. Never throws. */
export function validateDocument(document: Resource, context: ValidationContext = {}): readonly Diagnostic[] {
  const others = new Set<Resource>();
  const found = checkDocument(document, remembering(context, others));
  const shown = document.hosted === undefined ? found : found.flatMap((it) => inHost(it, document) ?? []);
  return diagnosticsWithoutSecrets(shown, [document, ...others]);
}

/** The same context, which notes the other documents that rules look at: a diagnostic may quote them. */
function remembering(context: ValidationContext, others: Set<Resource>): ValidationContext {
  const { findTaskDefinition, findServices } = context;
  return {
    ...context,
    ...(findTaskDefinition && {
      findTaskDefinition: (reference) => {
        const other = findTaskDefinition(reference);
        if (other !== undefined) others.add(other);
        return other;
      },
    }),
    ...(findServices && {
      findServices: (family) => {
        const services = findServices(family);
        for (const it of services) others.add(it);
        return services;
      },
    }),
  };
}

function checkDocument(document: Resource, context: ValidationContext): readonly Diagnostic[] {
  if (document.kind === undefined) return [];
  // A snapshot may be several answers of the AWS CLI: its own reader says what cannot be read of it.
  const { isOfAnswers } = traitsOf(document);
  const syntaxErrors = isOfAnswers ? [] : document.source.problems;
  const found: Diagnostic[] = syntaxErrors.map((it) =>
    makeDiagnostic("json-syntax", it.span, { problem: it.message }, { fixes: [syntaxFix(it)] }, (changes) =>
      editsFor(document, changes),
    ),
  );
  if (document.kind === "query") checkQueryDocument(document, context, found);
  else if (document.kind === "fleet") {
    fenced(document, fleetFileCodes, context, found, (report) =>
      checkFleetFile(document.source.root, report),
    );
  } else if (document.kind === "clusterSnapshot") {
    fenced(document, snapshotFileCodes, context, found, (report) => checkSnapshotFile(document, report));
  } else runRules(document, context, found);
  const { lostFrom } = document.source;
  if (lostFrom !== undefined && !isOfAnswers)
    keepOnly(found, (it) => it.code === "json-syntax" || it.span.end <= lostFrom);
  return found.sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
}

function syntaxFix({ span, remove, replace }: SyntaxProblem): ProposedFix | undefined {
  if (replace) return fix(replace.title, true, replaceText(span, replace.newText));
  return remove && fix("Remove it", true, replaceText(remove, ""));
}

function checkQueryDocument(document: Resource, workspace: ValidationContext, found: Diagnostic[]): void {
  fenced(document, ["expression-empty"], workspace, found, (report) => {
    for (const expression of placementExpressions(document)) checkExpression(expression, workspace, report);
  });
}

function runRules(written: Resource, workspace: ValidationContext, found: Diagnostic[]): void {
  const sender = workspace.sender ?? "awsCli";
  const { document, dropped } = sentDocument(written, sender);
  const { input, operation } = document;
  if (!input || !operation) return;
  const context = { document, input, operation, workspace };
  // What is wrong with a skeleton is that it is one; everything else about it is noise.
  const isSkeleton = fenced(document, skeleton.codes, workspace, found, (report) =>
    skeleton.check(context, report),
  );
  if (isSkeleton || isFarTooLarge(context, found)) return;
  const isForeign = fenced(document, foreignSpelling.codes, workspace, found, (report) =>
    foreignSpelling.check(context, report),
  );
  if (isForeign) return;
  const managed = managedRulesOf(document.kind);
  for (const rule of managed ?? rules)
    fenced(document, rule.codes, workspace, found, (report) => rule.check(context, report));
  fenced(document, ["left-out-by-sender"], workspace, found, (report) =>
    reportDropped(dropped, sender, report),
  );
  if (document.source.root !== input) dropWhatUnwrappingMends(document, found);
  if (managed) found.splice(0, found.length, ...found.flatMap(asManaged));
  if (senderHabits[sender].namesServices) keepOnly(found, (it) => !namesMissing.has(it.code));
}

/** Of no account where the sender has the names from elsewhere. */
const namesMissing = new Set<Code>(["service-without-name", "service-without-task-definition"]);

function keepOnly(found: Diagnostic[], isKept: (diagnostic: Diagnostic) => boolean): void {
  found.splice(0, found.length, ...found.filter(isKept));
}

/** Characters of a task definition, eight times what ECS accepts as a whole. */
const readable = 1 << 19;

/** Of a task definition of megabytes only that is said: its lists are longer than any rule is made for. */
function isFarTooLarge(context: RuleContext, found: Diagnostic[]): boolean {
  if (context.input.length <= readable) return false;
  const own: Diagnostic[] = [];
  fenced(context.document, taskDefinition.codes, context.workspace, own, (report) =>
    taskDefinition.check(context, report),
  );
  const isTooLarge = own.some((it) => it.code === "task-definition-too-large");
  if (isTooLarge) found.push(...own);
  return isTooLarge;
}

/** The fix of an answer of a describe call also removes these. */
function dropWhatUnwrappingMends({ kind }: Resource, found: Diagnostic[]): void {
  // Answers about these have little of what their inputs need.
  if (kind === "daemon" || kind === "capacityProvider")
    keepOnly(found, (it) => it.code === "describe-answer");
  const mended = new Set<Code>(["empty-tags", "daemon-desired-count", "unknown-member"]);
  keepOnly(found, (it) => !mended.has(it.code));
}

/** Runs one rule; a bug in it costs its own findings only. Answers whether it found anything. */
function fenced(
  document: Resource,
  codes: readonly Code[],
  workspace: ValidationContext,
  found: Diagnostic[],
  check: (report: Report) => void,
): boolean {
  const own: Diagnostic[] = [];
  try {
    check(reportInto(own, (changes) => editsFor(document, changes), spellingOf(document)));
  } catch (fault) {
    if (fault !== enough) workspace.onRuleFault?.(codes, fault);
  }
  for (const it of own) found.push(it);
  return own.length > 0;
}
