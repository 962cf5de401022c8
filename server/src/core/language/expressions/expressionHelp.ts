// Everything an editor says about an expression that stands in no document: for an input box, at once and as plain text.

import { openResource } from "../../resources/resource";
import type { Diagnostic } from "../../rules/diagnostic";
import type { Severity } from "../../rules/severity";
import { applySeveritySettings, type SeveritySetting } from "../../rules/severitySettings";
import { validateDocument } from "../../rules/validate";
import type { Span } from "../../text/span";
import type { Completion, CompletionKind } from "../completion";
import { plainSnippet } from "../plainSnippet";
import { expressionAt } from "./expressions";
import { completeQuery, type QuerySurroundings } from "./queryCompletion";
import { type HoverText, hoverQuery } from "./queryHover";
import { selectionOf, selectionText } from "./querySelection";
import { type QueryToken, queryTokens } from "./queryTokens";

export interface ExpressionHelp {
  readonly tokens: readonly QueryToken[];
  readonly problems: readonly ExpressionProblem[];
  /** Whether it can be asked of instances: there is one, and it has no error. */
  readonly isSound: boolean;
  /** "2 of 5" container instances of the cluster, whatever their status; absent without a cluster or a sound text. */
  readonly selects?: string;
  /** What may stand at the offset, the best first. */
  readonly offers: readonly ExpressionOffer[];
  /** How many more there are. */
  readonly more: number;
  /** About what stands at the offset, in Markdown. */
  readonly hover?: HoverText;
}

export interface ExpressionProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly { readonly span: Span; readonly newText: string }[];
  }[];
}

export interface ExpressionOffer {
  readonly label: string;
  readonly kind: CompletionKind;
  /** "12 of 120". */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly replace: Span;
  readonly newText: string;
  /** Where the caret stands in `newText` afterwards. */
  readonly caret: number;
  /** After it more can be offered at once. */
  readonly continues: boolean;
}

export interface ExpressionSurroundings extends Omit<QuerySurroundings, "written"> {
  readonly severities: readonly SeveritySetting[];
}

/** A list that is longer is narrowed by typing, not by reading. */
const mostOffers = 60;

/** Explains `text`, and what may stand at `offset` of it. Never throws. */
export function expressionHelp(
  text: string,
  offset: number,
  { severities, ...known }: ExpressionSurroundings,
): ExpressionHelp {
  const document = openResource("expression.ecsquery", text);
  const query = expressionAt(document, 0)?.query();
  const { cluster } = known;
  // Nothing written yet is no mistake here.
  const isEmpty = text.trim() === "";
  const found = isEmpty ? [] : validateDocument(document, cluster === undefined ? {} : { cluster });
  // A setting may silence an error; the expression is as unsound as before.
  const isSound = !isEmpty && found.every((it) => it.severity !== "error");
  const hover = query === undefined || isEmpty ? undefined : hoverQuery(query, offset, cluster);
  const offers = fitting(completeQuery(text, offset, { ...known, written: (it) => it }), text, offset);
  return {
    tokens: queryTokens(text),
    problems: applySeveritySettings(document, found, severities).map(problemOf),
    isSound,
    ...(isSound && query !== undefined && cluster !== undefined
      ? { selects: selectionText(selectionOf(query.tree, cluster)) }
      : {}),
    offers: offers.slice(0, mostOffers).map(offerOf),
    more: Math.max(0, offers.length - mostOffers),
    ...(hover === undefined || hover.text === "" ? {} : { hover }),
  };
}

function problemOf({ code, severity, message, span, fixes = [] }: Diagnostic): ExpressionProblem {
  return { code, severity, message, span, fixes: fixes.map(({ title, edits }) => ({ title, edits })) };
}

/** Those that have what is typed so far: at their beginning first, then where another word of theirs begins. */
function fitting(offered: readonly Completion[], text: string, offset: number): readonly Completion[] {
  const rank = (it: Completion) => {
    const typed = text.slice(it.replace.start, offset).toLowerCase();
    const [name, whole] = [it.label, it.filterText ?? it.label].map((words) => words.toLowerCase());
    if (name === typed) return 0;
    if (name?.startsWith(typed) || whole?.startsWith(typed) || name === `attribute:${typed}`) return 1;
    if (name?.startsWith(`attribute:${typed}`)) return 2;
    return whole !== undefined && hasWord(whole, typed) ? 3 : 4;
  };
  const ranked = offered.map((offer) => ({ offer, rank: rank(offer) })).filter((it) => it.rank < 4);
  return ranked.sort((left, right) => left.rank - right.rank).map((it) => it.offer);
}

function hasWord(text: string, typed: string): boolean {
  for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + 1))
    if (!/\w/.test(text[at - 1] ?? "")) return true;
  return false;
}

function offerOf({ label, kind, detail, documentation, replace, ...rest }: Completion): ExpressionOffer {
  const { text, caret } = rest.isSnippet
    ? plainSnippet(rest.insertText)
    : { text: rest.insertText, caret: rest.insertText.length };
  return {
    label,
    kind,
    ...(detail === undefined || detail === "" ? {} : { detail }),
    ...(documentation === undefined || documentation === "" ? {} : { documentation }),
    replace,
    newText: text,
    caret,
    continues: rest.continues === true,
  };
}
