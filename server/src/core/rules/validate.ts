import { traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { senderHabits } from "../resources/senders";
import { editsFor } from "../resources/writer";
import { replaceText } from "../source/change";
import type { SyntaxProblem } from "../source/json/syntaxProblem";
import { append } from "../text/lists";
import { type Choice, choicesOf } from "./branches";
import type { Code } from "./catalogue";
import type { Diagnostic } from "./diagnostic";
import { Doubts } from "./doubts";
import { fix, type ProposedFix } from "./fix";
import { inHost } from "./hostMeanings";
import { spellingOf } from "./hostSpelling";
import { ownCheckOf, rulesOf } from "./kindRules";
import { asManaged } from "./managed/managedRules";
import { reportDropped } from "./pasted/leftOut";
import { skeleton } from "./pasted/skeleton";
import { enough, makeDiagnostic, reportInto } from "./reporter";
import type { Report, Rule, RuleContext } from "./rule";
import { asSent } from "./senderMeanings";
import { sentDocument, withoutProperties } from "./sentDocument";
import { foreignSpelling } from "./shape/foreignSpelling";
import { taskDefinition } from "./taskDefinition/taskDefinition";
import type { ValidationContext } from "./validationContext";
import { diagnosticsWithoutSecrets } from "./withoutSecrets";

/** Every diagnostic of every rule about one document, in the order of the text. Never throws. */
export function validateDocument(document: Resource, context: ValidationContext = {}): readonly Diagnostic[] {
  const others = new Set<Resource>();
  const found = withChoices(document, remembering(context, others), others);
  const shown = document.hosted === undefined ? found : found.flatMap((it) => inHost(it, document) ?? []);
  return diagnosticsWithoutSecrets(shown, [document, ...others]);
}

/** What is wrong as the document stands, and what ECS refuses where a condition chooses a value that is written in it. */
function withChoices(
  document: Resource,
  context: ValidationContext,
  others: Set<Resource>,
): readonly Diagnostic[] {
  const found = checkDocument(document, context);
  const placeOf = ({ code, span }: Diagnostic) => `${code} ${span.start} ${span.end}`;
  const known = new Set(found.map(placeOf));
  const more = choicesOf(document).flatMap((choice) =>
    checkDocument(choice.document, context).flatMap((it): readonly Diagnostic[] => {
      const isInside = choice.spans.some(({ start, end }) => start <= it.span.start && it.span.end <= end);
      if (known.has(placeOf(it)) || !(it.severity === "error" || (isInside && it.severity === "warning")))
        return [];
      known.add(placeOf(it));
      others.add(choice.document);
      const { fixes: _, ...rest } = it;
      return [{ ...rest, message: isInside ? it.message : `${it.message} ${whereChosen(choice)}` }];
    }),
  );
  return more.length === 0 ? found : inOrder([...found, ...more]);
}

function whereChosen({ conditions }: Choice): string {
  const each = [...conditions].map(([condition, truth]) => {
    const shown = condition.length > 80 ? `${condition.slice(0, 79)}…` : condition;
    return `'${shown}' is ${truth}`;
  });
  return `That is so where ${each.join(" and ")}.`;
}

const inOrder = (found: Diagnostic[]) =>
  found.sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);

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
  const { kind } = document;
  if (kind === undefined) return [];
  // A snapshot may be several answers of the AWS CLI: its own reader says what cannot be read of it.
  const { isOfAnswers } = traitsOf(document);
  const syntaxErrors = isOfAnswers ? [] : document.source.problems;
  const found: Diagnostic[] = syntaxErrors.map((it) =>
    makeDiagnostic("json-syntax", it.span, { problem: it.message }, { fixes: [syntaxFix(it)] }, (changes) =>
      editsFor(document, changes),
    ),
  );
  const own = ownCheckOf(kind);
  if (own === undefined) runRules(document, rulesOf(kind), context, found);
  else fenced(document, own.codes, context, found, (report) => own.check(document, context, report));
  const { lostFrom } = document.source;
  if (lostFrom !== undefined && !isOfAnswers)
    keepOnly(found, (it) => it.code === "json-syntax" || it.span.end <= lostFrom);
  return inOrder(found);
}

function syntaxFix({ span, remove, replace }: SyntaxProblem): ProposedFix | undefined {
  if (replace) return fix(replace.title, true, replaceText(span, replace.newText));
  return remove && fix("Remove it", true, replaceText(remove, ""));
}

function runRules(
  written: Resource,
  rules: readonly Rule[],
  workspace: ValidationContext,
  found: Diagnostic[],
): void {
  const sender = workspace.sender ?? "awsCli";
  const { document, dropped } = sentDocument(written, sender);
  const { input, operation } = document;
  if (!input || !operation) return;
  const doubts = new Doubts();
  const context: RuleContext = { document, input, operation, workspace, doubts };
  // What is wrong with a skeleton is that it is one; everything else about it is noise.
  const isSkeleton = fenced(document, skeleton.codes, workspace, found, (report) =>
    skeleton.check(context, report),
  );
  if (isSkeleton || isFarTooLarge(context, found)) return;
  const isForeign = fenced(document, foreignSpelling.codes, workspace, found, (report) =>
    foreignSpelling.check(context, report),
  );
  if (isForeign) return;
  let current = context;
  for (const rule of rules) {
    const noted = doubts.size;
    fenced(document, rule.codes, workspace, found, (report) => rule.check(current, report));
    if (doubts.size > noted && workspace.countsConsequences !== true) current = inDoubt(context);
  }
  fenced(document, ["left-out-by-sender"], workspace, found, (report) =>
    reportDropped(dropped, sender, report),
  );
  if (document.source.root !== input) dropWhatUnwrappingMends(document, found);
  if (traitsOf(document).isManaged) found.splice(0, found.length, ...found.flatMap(asManaged));
  if (senderHabits[sender].namesServices) keepOnly(found, (it) => !namesMissing.has(it.code));
  const without = (starts: ReadonlySet<number>) =>
    checkDocument(withoutProperties(written, starts), workspace);
  found.splice(0, found.length, ...asSent(found, sender, without));
  if (senderHabits[sender].fillsImages) keepOnly(found, (it) => it.code !== "container-without-image");
}

/** What the rules see after some of the document has been reported. */
function inDoubt(context: RuleContext): RuleContext {
  const document = context.doubts.appliedTo(context.document);
  return { ...context, document, input: document.input ?? context.input };
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
  if (isTooLarge) append(found, own);
  return isTooLarge;
}

/** The fix of an answer of a describe call also removes these. */
function dropWhatUnwrappingMends(document: Resource, found: Diagnostic[]): void {
  if (traitsOf(document).answersLackMost) keepOnly(found, (it) => it.code === "describe-answer");
  const mended = new Set<Code>(["empty-tags", "daemon-desired-count", "unknown-member"]);
  keepOnly(found, (it) => !mended.has(it.code));
}

/** Runs one rule; a bug in it costs its own diagnostics only. Answers whether it found anything. */
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
