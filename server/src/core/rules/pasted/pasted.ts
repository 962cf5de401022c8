// Answers of describe calls, nulls of console exports and skeletons: one diagnostic each, one fix that makes it an input.

import { type InputOperation, inputShape, shapeNamed } from "../../api/apiModel";
import type { Resource } from "../../resources/resource";
import { type Change, Copy, type NewValue, removeAll, set } from "../../source/change";
import { get, items, type JsonNode, keyOf, type Member, members, spanOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import { outputOnlyMembers } from "../outputOnly";
import type { Report, Rule, RuleContext } from "../rule";
import { removal } from "../ruleHelpers";
import { NearHomes } from "../shape/nearHomes";
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
    const refuser = refuserOfNull(document);
    if (refuser !== undefined) reportNulls(context, refuser, report);
  },
};

function reportWrapper({ input, operation }: RuleContext, root: JsonNode, report: Report): void {
  const list = input.parent?.type === "array" ? input.parent : undefined;
  const wrapper = keyOf(list ?? input);
  const words = wrapperWords(operation, list !== undefined);
  const isTask = operation === "registerTaskDefinition" || operation === "registerDaemonTaskDefinition";
  // Tags stand beside the task definition in the answer, and in it as input.
  const tags = isTask && !get(input, "tags") ? get(root, "tags") : undefined;
  const cleaned = cleanedInput(input, operation, items(tags).length > 0 ? tags : undefined);
  const isDaemon = operation === "createDaemon" || operation === "updateDaemon";
  const value = isDaemon ? updateOf(input) : cleaned;
  report("describe-answer", wrapper, words, {
    fixes: [fix(`Make it the input of ${words.operation}`, !isDaemon, set(root, value))],
  });
}

/** An answer about a daemon has some of what an update needs; placeholders stand for the rest. */
function updateOf(input: JsonNode): NewValue {
  const text = (name: string, stand: string) => stringOf(get(input, name)) ?? `<${stand}>`;
  const providers = providersOf(input);
  const settings = ["propagateTags", "enableECSManagedTags", "enableExecuteCommand", "critical"].flatMap(
    (it) => {
      const node = get(input, it);
      return node === undefined || node.type === "null" ? [] : [[it, new Copy(node)] as const];
    },
  );
  return {
    daemonArn: text("daemonArn", "daemon-arn"),
    daemonTaskDefinitionArn: text("daemonTaskDefinitionArn", "daemon-task-definition-arn"),
    capacityProviderArns: providers.length > 0 ? providers : ["<capacity-provider-arn>"],
    ...Object.fromEntries(settings),
  };
}

/** The capacity providers of the revisions that run. */
function providersOf(input: JsonNode): readonly string[] {
  const all = items(get(input, "currentRevisions")).flatMap((it) => items(get(it, "capacityProviders")));
  return [...new Set(all.flatMap((it) => stringOf(get(it, "arn")) ?? []))];
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
      return {
        call: isList ? "describe-daemon-revisions" : "describe-daemon",
        operation: "update-daemon",
        what: "daemon",
      };
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
  const homes = new NearHomes(input, inputShape(operation));
  const found = members(input).filter(
    (it) => outputOnly.has(it.name) && !Object.hasOwn(known, it.name) && !homes.isNeeded(input, it.name),
  );
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
      fixes: [found.length === 1 ? removal(first.value, true) : fix("Remove them", true, removals(found))],
    },
  );
}

function removals(found: readonly Member[]): Change {
  return removeAll(found.map((it) => it.value));
}

/** Who refuses null. In YAML nothing at all is null too; elsewhere null is what is left out. */
function refuserOfNull({ hosted, source: { text } }: Resource): string | undefined {
  if (hosted?.host === "cloudFormation") return "CloudFormation";
  return hosted === undefined && text.includes("null") ? "the AWS CLI" : undefined;
}

function reportNulls({ input, doubts }: RuleContext, refuser: string, report: Report): void {
  const nulls = nullsIn(input);
  for (const it of nulls) doubts.noteValue(it);
  const [first, ...others] = nulls;
  if (!first) return;
  const key = keyOf(first);
  const count = others.length;
  const more = count === 0 ? "" : count === 1 ? ", and so is another one" : `, and so are ${count} others`;
  report(
    "null-value",
    first,
    {
      member: key === first ? "An item" : String(key.value),
      more,
      them: count === 0 ? "it" : "them",
      refuser,
    },
    {
      related: others.slice(0, 50).map((it) => ({ message: "Another null.", span: spanOf(it) })),
      fixes: [
        fix(nulls.length === 1 ? "Remove it" : `Remove all ${nulls.length} nulls`, true, removeAll(nulls)),
      ],
    },
  );
}
