// What a diagnostic means for the tool that sends a file: what it leaves out never gets to ECS.

import { type Sender, senderHabits } from "../resources/senders";
import type { Code } from "./catalogue";
import type { Diagnostic } from "./diagnostic";

/** Properties that the type into which a sender reads an object does not have. */
const unknownNames: ReadonlySet<Code> = new Set<Code>([
  "unknown-member",
  "misspelt-member",
  "misplaced-member",
  "create-service-member",
  "update-service-member",
]);

/**
 * The diagnostics of a document as they hold for its sender. `check` answers those of the document without the properties
 * whose names begin at these offsets: where ECS refuses the rest, leaving them out is an error.
 */
export function asSent(
  found: readonly Diagnostic[],
  sender: Sender,
  check: (leftOut: ReadonlySet<number>) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const { name, dropsUnknownNames, sendsDaemonCount } = senderHabits[sender];
  const isLeftOut = ({ code }: Diagnostic) => dropsUnknownNames && unknownNames.has(code);
  const leftOut = new Set(found.filter(isLeftOut).map((it) => it.span.start));
  const isMissed = leftOut.size > 0 && hasMore(check(leftOut), found);
  return found.map((it) => {
    if (isLeftOut(it))
      return {
        ...it,
        severity: isMissed ? it.severity : "warning",
        message: `${it.message} ${name} leaves it out, with a warning in its log: ECS never gets it.`,
      };
    if (it.code === "daemon-desired-count" && !sendsDaemonCount)
      return {
        ...it,
        severity: "hint",
        message: `${it.message} ${name} does not send it for a DAEMON service.`,
      };
    return it;
  });
}

/** Whether there is an error that is not among the others. */
function hasMore(found: readonly Diagnostic[], others: readonly Diagnostic[]): boolean {
  const keyOf = ({ code, span }: Diagnostic) => `${code} ${span.start} ${span.end}`;
  const known = new Set(others.map(keyOf));
  return found.some((it) => it.severity === "error" && !known.has(keyOf(it)));
}
