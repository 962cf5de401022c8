// What the sender of a document leaves out: one hint for all of it, which names who would refuse it.

import { type Sender, senderHabits } from "../../resources/senders";
import { removeAll } from "../../source/change";
import { type Member, spanOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report } from "../rule";
import { removal } from "../ruleHelpers";

/** More names than a message needs. */
const mostNames = 4;

/** Reports the properties at the first of them; none where there are none. */
export function reportDropped(dropped: readonly Member[], sender: Sender, report: Report): void {
  const [first] = dropped;
  if (!first) return;
  const names = [...new Set(dropped.map((it) => `'${it.name}'`))];
  const others = names.length - mostNames;
  const shown = names.slice(0, mostNames).join(", ");
  report(
    "left-out-by-sender",
    first.key,
    {
      sender: senderHabits[sender].name,
      members: others > 0 ? `${shown} and ${others} more` : shown,
      refusal: refusalOf(dropped),
    },
    {
      related: dropped.slice(1, 50).map((it) => ({ message: "Left out, too.", span: spanOf(it.key) })),
      fixes: [
        dropped.length === 1
          ? removal(first.value)
          : fix(`Remove all ${dropped.length}`, false, removeAll(dropped.map((it) => it.value))),
      ],
    },
  );
}

/** Null and unknown properties never leave the AWS CLI; it sends what is empty. */
function refusalOf(dropped: readonly Member[]): string {
  const isEmpty = ({ value }: Member) => value.value === "" || value.children?.length === 0;
  if (dropped.every(isEmpty)) return "The AWS CLI sends empty values, and ECS refuses them.";
  return dropped.some(isEmpty)
    ? "The AWS CLI or ECS refuses the file as it is."
    : "The AWS CLI refuses the file as it is.";
}
