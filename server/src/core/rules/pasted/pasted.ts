// Answers of describe calls, nulls of console exports and skeletons: one finding each, one fix that makes it an input.

import { type InputOperation, inputShape, shapeNamed } from "../../api/apiModel";
import { type Change, remove, set } from "../../source/change";
import { get, items, type JsonNode, keyOf, type Member, members, spanOf } from "../../source/tree";
import { fix } from "../fix";
import { outputOnlyMembers } from "../outputOnly";
import type { Report, Rule, RuleContext } from "../rule";
import { cleanedInput, nullsIn } from "./cleanedInput";

export const pasted: Rule = {
  codes: ["describe-answer", "output-only-member", "null-value"],
  check(context, report) {
    const { document, input } = context;
    if (document.source.root && document.source.root !== input) {
      reportWrapper(context, document.source.root, report);
      return;
    }
    reportOutputOnly(context, report);
    if (document.source.text.includes("null")) reportNulls(input, report);
  },
};

function reportWrapper({ input, operation }: RuleContext, root: JsonNode, report: Report): void {
  const list = input.parent?.type === "array" ? input.parent : undefined;
  const wrapper = keyOf(list ?? input);
  const words = wrapperWords(operation, list !== undefined);
  const isTask = words.what.endsWith("task definition");
  // Tags stand beside the task definition in the answer, and in it as input.
  const tags = isTask && !get(input, "tags") ? get(root, "tags") : undefined;
  const cleaned = cleanedInput(input, operation, items(tags).length > 0 ? tags : undefined);
  report("describe-answer", wrapper, words, {
    // An answer about a daemon has nothing of what its input needs.
    fixes:
      words.what === "daemon"
        ? []
        : [fix(`Make it the input of ${words.operation}`, true, set(root, cleaned))],
  });
}

/** The commands of the AWS CLI that print such an answer and take such an input. */
function wrapperWords(operation: InputOperation, isList: boolean) {
  switch (operation) {
    case "registerTaskDefinition":
      return {
        call: "describe-task-definition",
        operation: "register-task-definition",
        what: "task definition",
      };
    case "registerDaemonTaskDefinition":
      return {
        call: "describe-daemon-task-definition",
        operation: "register-daemon-task-definition",
        what: "daemon task definition",
      };
    case "createDaemon":
    case "updateDaemon":
      return { call: "describe-daemon", operation: "update-daemon", what: "daemon" };
    case "createCapacityProvider":
      return {
        call: isList ? "describe-capacity-providers" : "create-capacity-provider",
        operation: "create-capacity-provider",
        what: "capacity provider",
      };
    default:
      return {
        call: isList ? "describe-services" : "create-service",
        operation: "create-service",
        what: "service",
      };
  }
}

function reportOutputOnly({ input, operation }: RuleContext, report: Report): void {
  const outputOnly = outputOnlyMembers(operation);
  const known = shapeNamed(inputShape(operation)).members ?? {};
  const found = members(input).filter((it) => outputOnly.has(it.name) && !Object.hasOwn(known, it.name));
  const [first] = found;
  if (!first) return;
  const names = found.map((it) => `'${it.name}'`);
  const words = found.length === 1 ? { occur: "occurs", them: "it" } : { occur: "occur", them: "them" };
  report(
    "output-only-member",
    first.key,
    { members: names.join(", "), ...words },
    {
      related: found.slice(1).map((it) => ({ message: "Another one.", span: spanOf(it.key) })),
      fixes: [fix(found.length === 1 ? `Remove ${names[0]}` : "Remove them", true, removals(found))],
    },
  );
}

function removals(found: readonly Member[]): Change {
  return remove(...found.map((it) => it.value));
}

function reportNulls(input: JsonNode, report: Report): void {
  const nulls = nullsIn(input);
  const [first, ...others] = nulls;
  if (!first) return;
  const key = keyOf(first);
  const count = others.length;
  const more = count === 0 ? "" : count === 1 ? ", and so is another one" : `, and so are ${count} others`;
  report(
    "null-value",
    first,
    { member: key === first ? "An item" : String(key.value), more, them: count === 0 ? "it" : "them" },
    {
      related: others.slice(0, 50).map((it) => ({ message: "Another null.", span: spanOf(it) })),
      fixes: [
        fix(nulls.length === 1 ? "Remove it" : `Remove all ${nulls.length} nulls`, true, remove(...nulls)),
      ],
    },
  );
}
