// The same expression asked of Amazon ECS and of us. The query language is documented thinly; where the two differ, it
// is our reading that is wrong, and the difference is worth a bug report.

import type { Cluster } from "../core/cluster/containerInstance";
import { compileQuery } from "../core/query/evaluate";
import { decidingClauses, explainQuery } from "../core/query/explain";
import { type ParsedQuery, parseQuery } from "../core/query/parse/parser";
import { openResource } from "../core/resources/resource";
import { makeDiagnostic } from "../core/rules/reporter";
import { validateDocument } from "../core/rules/validate";
import { withoutQuerySecrets } from "../core/secrets/querySecrets";
import { isSureName } from "../core/secrets/secretNames";
import { isLikelySecret } from "../core/secrets/secretValues";
import { countText, instanceCount } from "../core/text/counts";
import { append } from "../core/text/lists";
import { withoutAccountData } from "./accountData";
import { incompleteAnswer } from "./calls/answers";
import { EcsError, type EcsPort } from "./port";

/** The JSON of `ecs-daemon compare`. */
export interface ExpressionComparison {
  readonly expression: string;
  /** Both select the same container instances, or both refuse the expression. */
  readonly agrees: boolean;
  readonly ecs: {
    readonly matched: readonly string[];
    /** ECS's words, where it refuses the expression. */
    readonly refused?: string;
  };
  readonly ours: {
    readonly matched: readonly string[];
    /** Our first problem, where we refuse the expression. */
    readonly refused?: string;
  };
  /** Selected by ECS only, with our reason against it. */
  readonly onlyEcs: readonly ComparedInstance[];
  /** Selected by us only, with our reason for it. */
  readonly onlyOurs: readonly ComparedInstance[];
  /** What we cannot decide, and what ECS says: no difference, but worth knowing. */
  readonly undecided: readonly (ComparedInstance & { readonly selectedByEcs: boolean })[];
  /** The result in one sentence. */
  readonly sentence: string;
  /** Ready to be posted where they differ: without ids, ARNs and account numbers. */
  readonly bugReport?: string;
}

export interface ComparedInstance {
  readonly id: string;
  /** Every comparison that decided, with the value that made it so. */
  readonly because: string;
}

export interface ComparisonRequest {
  readonly cluster: string;
  readonly expression: string;
  /** Of the product, for the bug report. */
  readonly version?: string;
}

/**
 * Selects by ListContainerInstances and by our evaluation of the same cluster. A difference is looked at twice: an
 * instance that joins or changes between two calls is none.
 */
export async function compareExpression(
  ecs: EcsPort,
  request: ComparisonRequest,
  signal?: AbortSignal,
): Promise<ExpressionComparison> {
  const ours = readOurs(request.expression);
  const first = await look(ecs, request, ours, signal);
  const found = differs(first) ? lasting(first, await look(ecs, request, ours, signal)) : first;
  if (found.unread.length > 0)
    throw incompleteAnswer(
      `ECS selects ${instanceCount(found.unread.length)} that it does not list: ${found.unread.slice(0, 5).join(", ")}.`,
    );
  const agrees = !differs(found);
  const { total, unread: _unread, ...sets } = found;
  const comparison = {
    expression: request.expression,
    agrees,
    ...sets,
    sentence: sentenceOf(found, agrees),
  };
  return agrees ? comparison : { ...comparison, bugReport: bugReport(comparison, total, request.version) };
}

type Found = Pick<ExpressionComparison, "ecs" | "ours" | "onlyEcs" | "onlyOurs" | "undecided"> & {
  readonly total: number;
  /** Selected by ECS, but not among the instances that were read. */
  readonly unread: readonly string[];
};

interface OurReading {
  readonly query: ParsedQuery;
  readonly refused: string | undefined;
}

function readOurs(expression: string): OurReading {
  const query = parseQuery(expression, { placeholders: false });
  const found = [
    ...query.problems.map((it) => makeDiagnostic(it.code, it.span, it.params)),
    ...validateDocument(openResource("expression.ecsquery", expression, { templates: false })),
  ];
  const refused = found.find((it) => it.severity === "error")?.message;
  return { query, refused: refused && withoutQuerySecrets(refused) };
}

async function look(
  ecs: EcsPort,
  { cluster: name, expression }: ComparisonRequest,
  ours: OurReading,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const cluster = await ecs.readCluster(name, signal);
  const theirs = await askEcs(ecs, name, expression, signal);
  return compare(cluster, ours, theirs);
}

/** What ECS selects, or how it refuses; only a refusal of the input counts as one. */
async function askEcs(
  ecs: EcsPort,
  cluster: string,
  expression: string,
  signal: AbortSignal | undefined,
): Promise<ExpressionComparison["ecs"]> {
  try {
    return { matched: await ecs.filterContainerInstances(cluster, expression, signal) };
  } catch (error) {
    if (!(error instanceof EcsError)) throw error;
    if (!/^(InvalidParameterException|ClientException|ValidationException)$/.test(error.name)) throw error;
    return { matched: [], refused: error.message };
  }
}

function compare(cluster: Cluster, ours: OurReading, theirs: ExpressionComparison["ecs"]): Found {
  const selected = new Set(theirs.matched);
  const total = cluster.instances.length;
  const read = new Set(cluster.instances.map((it) => it.id));
  const unread = theirs.matched.filter((it) => !read.has(it));
  const base = { ecs: theirs, onlyEcs: [], onlyOurs: [], undecided: [], total, unread };
  if (ours.refused !== undefined) return { ...base, ours: { matched: [], refused: ours.refused } };
  const holds = compileQuery(ours.query.tree);
  const judged = cluster.instances.map((instance) => ({
    instance,
    truth: holds(instance),
    selectedByEcs: selected.has(instance.id),
  }));
  const told = ({ instance }: (typeof judged)[number]): ComparedInstance => ({
    id: instance.id,
    because: decidingClauses(explainQuery(ours.query, instance))
      .map((it) => `${it.text}: ${it.because}`)
      .join("; "),
  });
  const mine = {
    matched: judged
      .filter((it) => it.truth === true)
      .map((it) => it.instance.id)
      .sort(),
  };
  if (theirs.refused !== undefined) return { ...base, ours: mine };
  return {
    ecs: theirs,
    ours: mine,
    onlyEcs: judged.filter((it) => it.truth === false && it.selectedByEcs).map(told),
    onlyOurs: judged.filter((it) => it.truth === true && !it.selectedByEcs).map(told),
    undecided: judged
      .filter((it) => it.truth === "unknown")
      .map((it) => ({ ...told(it), selectedByEcs: it.selectedByEcs })),
    total,
    unread,
  };
}

function differs({ ecs, ours, onlyEcs, onlyOurs, unread }: Found): boolean {
  if (unread.length > 0) return true;
  if ((ecs.refused === undefined) !== (ours.refused === undefined)) return true;
  return onlyEcs.length + onlyOurs.length > 0;
}

/** The second look, with only those differences that were there at the first one too. */
function lasting(first: Found, second: Found): Found {
  const both = (before: readonly ComparedInstance[], now: readonly ComparedInstance[]) => {
    const known = new Set(before.map((it) => it.id));
    return now.filter((it) => known.has(it.id));
  };
  return {
    ...second,
    unread: second.unread.filter((it) => first.unread.includes(it)),
    onlyEcs: both(first.onlyEcs, second.onlyEcs),
    onlyOurs: both(first.onlyOurs, second.onlyOurs),
  };
}

function sentenceOf({ ecs, ours, onlyEcs, onlyOurs, undecided, total }: Found, agrees: boolean): string {
  if (ecs.refused !== undefined && ours.refused !== undefined)
    return "ECS and this tool both refuse the expression.";
  if (ecs.refused !== undefined) return "ECS refuses the expression; this tool takes it.";
  if (ours.refused !== undefined)
    return `ECS takes the expression and selects ${countText(ecs.matched.length)} of ${instanceCount(total)}; this tool refuses it.`;
  const open =
    undecided.length === 0 ? "" : ` This tool cannot decide about ${countText(undecided.length)} of them.`;
  const selected = `ECS selects ${countText(ecs.matched.length)} of ${instanceCount(total)}`;
  if (agrees) return `${selected}; this tool selects the same.${open}`;
  return `${selected}, this tool ${countText(ours.matched.length)}: ${countText(onlyEcs.length)} only by ECS, ${countText(onlyOurs.length)} only by this tool.${open}`;
}

type Reported = Omit<ExpressionComparison, "bugReport" | "agrees">;

/** More instances than these say nothing new. */
const examples = 5;

function bugReport(found: Reported, total: number, version: string | undefined): string {
  const { expression, ecs, ours, onlyEcs, onlyOurs, sentence } = found;
  const lines = [
    "Amazon ECS and ECS Daemon read an expression of the cluster query language differently.",
    "",
    `Version: ${version ?? "unknown"}`,
    `Expression: ${expression}`,
    `Container instances: ${total}`,
    `Result: ${sentence}`,
  ];
  if (ecs.refused !== undefined) lines.push(`Amazon ECS answers: ${ecs.refused}`);
  if (ours.refused !== undefined) lines.push(`ECS Daemon answers: ${ours.refused}`);
  append(lines, section("Selected by Amazon ECS only, and why not by ECS Daemon:", onlyEcs));
  append(lines, section("Selected by ECS Daemon only, and why:", onlyOurs));
  // A report is posted where everybody reads it.
  const isSecret = (name: string, value: string) => isSureName(name) || isLikelySecret(name, value);
  const clean = (line: string) => withoutQuerySecrets(line, isSecret);
  return `${withoutAccountData(lines.join("\n")).split("\n").map(clean).join("\n")}\n`;
}

function section(title: string, instances: readonly ComparedInstance[]): readonly string[] {
  if (instances.length === 0) return [];
  const more = instances.length > examples ? [`- and ${instances.length - examples} more`] : [];
  return ["", title, ...instances.slice(0, examples).map((it) => `- ${it.because}`), ...more];
}
