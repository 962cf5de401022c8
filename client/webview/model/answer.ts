// The first line of the panel: where the daemon runs and will start, with what keeps it from the rest. No DOM here.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { counted, countText } from "../../../server/src/core/text/counts";
import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { lands } from "./instanceRecords";

/** `hasService`: false for an expression alone, from a query file. */
export function answerOf(result: PreviewResult, hasService: boolean): string {
  const { summary, whatIf } = result;
  const subject = hasService ? result.service.name : "A daemon with this expression";
  const changes = (whatIf?.changes.length ?? 0) + (whatIf?.problems.length ?? 0);
  if (summary.instances === 0) return `${subject} has no container instances to run on.`;
  if (changes === 0) return `${subject} ${landing(summary)}${others(summary)}.`;
  const before = landedBefore(result);
  return `With ${counted(changes, "change")}, ${subject} ${landing(summary)} (now ${before}).`;
}

type Summary = PreviewResult["summary"];

function landing({ place, keep, instances }: Summary): string {
  const of = `of ${counted(instances, "container instance")}`;
  if (place === 0 && keep === 0) return `will start on 0 ${of}`;
  if (keep === 0) return `will start on ${countText(place)} ${of}`;
  if (place === 0) return `runs on ${countText(keep)} ${of}`;
  return `runs on ${countText(keep)} and will start on ${countText(place)} ${of}`;
}

const phrases: readonly (readonly [Verdict, string])[] = [
  ["blocked", "blocked"],
  ["stop", "will stop"],
  ["unknown", "unknown"],
  ["excluded", "excluded"],
];

function others(summary: Summary): string {
  const found = phrases.filter(([verdict]) => summary[verdict] > 0);
  const [only] = found;
  if (found.length === 1 && only !== undefined && only[0] !== "stop") {
    const count = summary[only[0]];
    return `; ${countText(count)} ${count === 1 ? "is" : "are"} ${only[1]}`;
  }
  const parts = found.map(([verdict, words]) => `${countText(summary[verdict])} ${words}`);
  return parts.length === 0 ? "" : `; ${parts.join(", ")}`;
}

/** "1 of 5": without the changes of What if. */
export function landedBefore({ summary, whatIf }: PreviewResult): string {
  let landed = summary.place + summary.keep;
  let instances = summary.instances - (whatIf?.added.length ?? 0);
  for (const { before, now } of whatIf?.verdicts ?? []) {
    if (now !== undefined && lands(now)) landed -= 1;
    if (before !== undefined && lands(before)) landed += 1;
    if (now === undefined) instances += 1;
  }
  return `${countText(landed)} of ${countText(instances)}`;
}
