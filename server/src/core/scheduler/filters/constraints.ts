// Placement constraints: each expression that is not true, with the clauses that decided.

import type { ContainerInstance } from "../../cluster/containerInstance";
import { type ClauseExplanation, decidingClauses, explainQuery } from "../../query/explain";
import type { ParsedQuery } from "../../query/parse/parser";
import { withoutQuerySecrets } from "../../secrets/querySecrets";
import { append } from "../../text/lists";
import { changesAmong, linkedConstraints } from "../changesAmong";
import type { Reason } from "../placement";
import type { PreparedConstraint } from "../preparedDaemon";
import { describeChanges, roomForAttributes } from "../smallestChange";
import { accepted, type Filter } from "./filter";

export const constraints: Filter = {
  name: "constraints",
  check: (context) => {
    let found: Reason[] | undefined;
    for (const it of context.daemon.constraints) {
      const truth = it.holds(context.instance);
      const { query } = it.constraint;
      if (truth === true || query === undefined) continue;
      const linked = linkedConstraints(context.daemon, it);
      const explanation = explainQuery(query, context.instance);
      const read = linked.length === 1 ? [explanation] : readByAll(linked, context.instance);
      const reason = sharedReason(it, read, context.instance, () =>
        truth === false
          ? falseReason(it, query, explanation, { linked, instance: context.instance })
          : unknownReason(it, query, explanation),
      );
      found ??= [];
      found.push(reason);
    }
    return found ?? accepted;
  },
};

/** What the clauses of all these constraints read on an instance. */
function readByAll(
  constraints: readonly PreparedConstraint[],
  instance: ContainerInstance,
): readonly ClauseExplanation[] {
  return constraints.flatMap(({ constraint: { query } }) =>
    query === undefined ? [] : explainQuery(query, instance),
  );
}

/** Reasons by what the clauses read, one clause after the other. */
interface Shared {
  /** By the room for attributes that a remedy adds, one for each clause at most. */
  readonly reasons: Map<number, Reason>;
  readonly next: Map<ClauseExplanation, Shared>;
}

const newShared = (): Shared => ({ reasons: new Map(), next: new Map() });

interface SharedReasons {
  readonly first: Shared;
  left: number;
}

const sharedReasons = new WeakMap<PreparedConstraint, SharedReasons>();

/** How many reasons of a constraint are remembered; in a larger variety hardly two instances would share one. */
const mostShared = 1000;

/**
 * The reason depends on nothing but what the clauses of the expression read, and those of others that read the same
 * attributes, and on the room for more attributes: instances in which they are the same share it. A fleet of thousands mostly has a few different ones.
 */
function sharedReason(
  constraint: PreparedConstraint,
  read: readonly ClauseExplanation[],
  instance: ContainerInstance,
  reasonOf: () => Reason,
): Reason {
  let shared = sharedReasons.get(constraint);
  if (shared === undefined || shared.left === 0) {
    shared = { first: newShared(), left: mostShared };
    sharedReasons.set(constraint, shared);
  }
  let at = shared.first;
  let clauses = 0;
  const open = [...read];
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    if (it.operands.length > 0) {
      append(open, it.operands);
      continue;
    }
    // A clause is explained once for each reading: the same explanation is the same reading.
    let next = at.next.get(it);
    if (next === undefined) {
      next = newShared();
      at.next.set(it, next);
    }
    at = next;
    clauses += 1;
  }
  const room = Math.min(clauses, roomForAttributes(instance));
  const known = at.reasons.get(room);
  if (known !== undefined) return known;
  const reason = reasonOf();
  at.reasons.set(room, reason);
  shared.left -= 1;
  return reason;
}

interface Surroundings {
  readonly linked: readonly PreparedConstraint[];
  readonly instance: ContainerInstance;
}

function falseReason(
  own: PreparedConstraint,
  query: ParsedQuery,
  explanation: ClauseExplanation,
  { linked, instance }: Surroundings,
): Reason {
  const { constraint } = own;
  const changes = changesAmong(own, linked, instance);
  const remedy = changes && describeChanges(changes, instance);
  // A reason is printed, and kept with the logs of a pipeline.
  const clause = blamed(explanation, query);
  const decided = { clause: shortened(clause), because: because(explanation) };
  return {
    filter: "constraints",
    code: "constraint-false",
    message: `\`${decided.clause}\` is false: ${decided.because}.`,
    requested: shownText(query),
    decided,
    ...(remedy === undefined ? {} : { remedy }),
    constraint: { from: constraint.from, index: constraint.index, explanation },
  };
}

function unknownReason(
  { constraint }: PreparedConstraint,
  query: ParsedQuery,
  explanation: ClauseExplanation,
): Reason {
  const why = constraint.template
    ? "it holds a placeholder that is not filled in yet"
    : query.problems.length > 0
      ? "the expression is not complete"
      : because(explanation);
  const isOpen = constraint.template || query.problems.length > 0;
  const text = isOpen ? shownText(query) : blamed(explanation, query);
  return {
    filter: "constraints",
    code: "constraint-unknown",
    message: `\`${shortened(text)}\` is unknown: ${why}.`,
    requested: shownText(query),
    unknown: true,
    constraint: { from: constraint.from, index: constraint.index, explanation },
  };
}

/** The clause that decided, if it was a single one, else the whole expression. */
function blamed(explanation: ClauseExplanation, query: ParsedQuery): string {
  const [clause, ...others] = decidingClauses(explanation);
  return clause === undefined || others.length > 0 ? shownText(query) : shownText(query, clause.text);
}

const shownTexts = new WeakMap<ParsedQuery, Map<string, string>>();
const shownFacts = new WeakMap<ClauseExplanation, string>();

/** The expression, or the text of one of its clauses, without secrets; every instance has the same. */
function shownText(query: ParsedQuery, text = query.text): string {
  const known = shownTexts.get(query) ?? new Map<string, string>();
  shownTexts.set(query, known);
  const shown = known.get(text) ?? withoutQuerySecrets(text);
  known.set(text, shown);
  return shown;
}

/** What made a clause so, without secrets; many instances share a clause's explanation. */
function shownFact(clause: ClauseExplanation): string {
  const shown = shownFacts.get(clause) ?? withoutQuerySecrets(clause.because.replace(/\.$/, ""));
  shownFacts.set(clause, shown);
  return shown;
}

/** An expression may have 2,000 characters; a message names its beginning. */
function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** More facts than these are only counted. */
const mostFacts = 5;

function because(explanation: ClauseExplanation): string {
  const facts = [...new Set(decidingClauses(explanation).map((it) => shownFact(it)))];
  const more = facts.length - mostFacts;
  return [...facts.slice(0, mostFacts), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}
