// A placement in one sentence, and as a funnel from all instances to those that get a task.

import { decidingClauses } from "../query/explain";
import { withoutQuerySecrets } from "../secrets/querySecrets";
import { absenceText, assumptionText } from "../text/assumption";
import { counted, countText, cpuText, instanceCount, memoryText } from "../text/counts";
import { unique } from "./assumptions";
import {
  type DaemonService,
  type FilterName,
  filterNames,
  type InstanceVerdict,
  type Placement,
  type Reason,
} from "./placement";

/**
 * One sentence: "Lands on 38 of 120 container instances: 78 are excluded by `attribute:env == prod`, 2 lack 64 MiB of
 * memory." Instances are grouped by the first reason of each, the largest groups of a filter first.
 */
export function describePlacement(placement: Placement, daemon: DaemonService): string {
  const { summary } = placement;
  if (summary.instances === 0) return "The cluster has no container instances.";
  const landing = summary.place + summary.keep;
  const head = `Lands on ${countText(landing)} of ${instanceCount(summary.instances)}`;
  const groups = groupHeadlines(placement, daemon);
  const parts = groups.slice(0, mostParts).map((it) => it.say(it.verdicts.length));
  const rest = groups.slice(mostParts).reduce((sum, it) => sum + it.verdicts.length, 0);
  if (rest > 0) parts.push(`${countText(rest)} more for other reasons`);
  const assumed = assumptionText(unique(daemon.assumptions ?? []));
  const absent = absenceText(daemon.absent ?? []);
  const sentence = `${head}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`;
  return [sentence, assumed, absent].filter((it) => it !== "").join(" ");
}

/** A sentence that names more groups is no longer read. */
const mostParts = 6;

interface HeadlineGroup {
  readonly filter: FilterName;
  readonly verdicts: readonly InstanceVerdict[];
  readonly say: (count: number) => string;
}

function groupHeadlines(placement: Placement, daemon: DaemonService): readonly HeadlineGroup[] {
  const groups = new Map<string, { headline: Reason; verdicts: InstanceVerdict[] }>();
  for (const verdict of placement.instances) {
    if (verdict.verdict === "place" || verdict.verdict === "keep") continue;
    const headline = headlineOf(verdict);
    if (headline === undefined) continue;
    const key = groupKey(verdict, headline);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { headline, verdicts: [verdict] });
    else group.verdicts.push(verdict);
  }
  return [...groups.values()]
    .map(({ headline, verdicts }) => ({
      filter: headline.filter,
      verdicts,
      say: (count: number) => say(headline, count, verdicts, daemon),
    }))
    .sort(
      (left, right) =>
        filterNames.indexOf(left.filter) - filterNames.indexOf(right.filter) ||
        right.verdicts.length - left.verdicts.length,
    );
}

/** The reason that made the verdict: for an excluded instance a definite one, for an unknown one an undecided one. */
function headlineOf({ verdict, reasons }: InstanceVerdict): Reason | undefined {
  return reasons.find((it) => (it.unknown === true) === (verdict === "unknown")) ?? reasons[0];
}

/** Instances that lack different amounts of memory belong together, those that lack different attributes do not. */
function groupKey({ verdict }: InstanceVerdict, headline: Reason): string {
  switch (headline.filter) {
    case "constraints":
      return `${verdict === "unknown"} ${clauseName(headline)}`;
    case "attributes":
    case "platform":
    case "ports":
    case "subnets":
      return `${headline.code} ${headline.requested}`;
    default:
      return headline.code;
  }
}

function say(
  headline: Reason,
  count: number,
  verdicts: readonly InstanceVerdict[],
  daemon: DaemonService,
): string {
  const is = counted(count, "is", "are");
  const lack = counted(count, "lacks", "lack");
  if (headline.code === "unknown-value") return `${is} unknown because of \`${headline.requested}\``;
  if (headline.code === "managed-instance")
    return counted(count, "is a Managed Instance", "are Managed Instances");
  if (headline.code === "external-instance")
    return counted(count, "is an external instance", "are external instances");
  if (headline.code === "not-external")
    return counted(count, "is not an external instance", "are not external instances");
  switch (headline.filter) {
    case "status":
      return `${is} ${headline.available}`;
    case "constraints":
      return headline.unknown
        ? `${is} unknown because of ${clauseName(headline)}`
        : `${is} excluded by ${clauseName(headline)}`;
    case "agent":
      return counted(count, "has its agent disconnected", "have their agents disconnected");
    case "attributes":
      return `${lack} the attribute ${headline.requested}`;
    case "platform":
      return `${is} not ${headline.requested}`;
    case "cpu":
    case "memory":
      return saySize(headline.filter, count, verdicts, headline.unknown === true);
    case "ports":
      return `${counted(count, "has", "have")} port ${headline.requested} in use`;
    case "gpu":
      return `${lack} ${daemon.requirements.gpus === 1 ? "a GPU" : "GPUs"}`;
    case "eni":
      return `${lack} a network interface`;
    case "subnets":
      return headline.unknown
        ? `${is} unknown because the zone of ${headline.requested} is not known`
        : `${is} outside ${headline.requested}`;
  }
}

function saySize(
  filter: "cpu" | "memory",
  count: number,
  verdicts: readonly InstanceVerdict[],
  unknown: boolean,
): string {
  const noun = filter === "cpu" ? "CPU" : "memory";
  if (unknown) return `${counted(count, "does", "do")} not report how much ${noun} is left`;
  const deficits = verdicts.map(({ reasons }) => {
    const reason = reasons.find((it) => it.filter === filter);
    return Number(reason?.requested ?? 0) - Number(reason?.available ?? 0);
  });
  const most = deficits.reduce((left, right) => Math.max(left, right), 0);
  const amount = filter === "cpu" ? cpuText(most) : `${memoryText(most)} of memory`;
  const upTo = deficits.every((it) => it === most) ? "" : "up to ";
  return `${counted(count, "lacks", "lack")} ${upTo}${amount}`;
}

const clauseNames = new WeakMap<Reason, string>();

/** Computed once for a reason: thousands of instances share one. */
function clauseName(reason: Reason): string {
  const name = clauseNames.get(reason) ?? clauseNameOf(reason);
  clauseNames.set(reason, name);
  return name;
}

/** The clause that decided, if it was a single one with the truth of the reason, else the whole expression, as code. */
function clauseNameOf(reason: Reason): string {
  const explanation = reason.constraint?.explanation;
  const truth = reason.unknown === true ? "unknown" : false;
  const deciding = explanation?.truth === truth ? decidingClauses(explanation) : [];
  const one = deciding.length === 1 ? deciding[0] : undefined;
  const text = one === undefined ? String(reason.requested ?? "") : withoutQuerySecrets(one.text);
  return `\`${text.length > 80 ? `${text.slice(0, 79)}…` : text}\``;
}
