// A placement constraint that is tried out: it stands in no file, and counts as if it stood in the service's.

import { parseQuery } from "../query/parse/parser";
import { queryProblems } from "../query/problemCodes";
import type { DaemonService } from "../scheduler/placement";
import { asFilledText, asObject, member } from "../text/plainValue";

export interface TrialConstraint {
  readonly expression: string;
  /** In place of the expressions of the service, which do not count then; else beside them. */
  readonly replaces?: boolean;
}

/** Reads what a client sent; `undefined` where there is nothing to try. Never throws. */
export function readTrial(value: unknown): TrialConstraint | undefined {
  const trial = asObject(value);
  const expression = asFilledText(member(trial, "expression"));
  if (expression === undefined || expression.trim() === "") return undefined;
  return { expression: expression.trim(), ...(member(trial, "replaces") === true && { replaces: true }) };
}

/** The daemon service with the constraint; `undefined` where its expression is none of the language. */
export function withTrial(
  daemon: DaemonService,
  { expression, replaces }: TrialConstraint,
): DaemonService | undefined {
  const query = parseQuery(expression, { placeholders: false });
  if (query.problems.some(({ code }) => queryProblems[code].severity === "error")) return undefined;
  const kept = daemon.constraints.filter(
    (it) => replaces !== true || it.from !== "service" || it.type !== "memberOf",
  );
  return { ...daemon, constraints: [...kept, { type: "memberOf", from: "trial", index: 0, query }] };
}
