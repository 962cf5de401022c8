import { CancellationError } from "vscode";
import type { ClusterChoice, DeleteAttributesAnswer } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster } from "./ask";
import type { CallArguments } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";
import {
  askInstances,
  count,
  effectsOf,
  type InstanceItem,
  instanceItems,
  namedInstances,
} from "./putAttributes";
import { runWizard } from "./wizard";

/**
 * Options: `instances` (ids), `names` (of attributes), `cluster`. Returns how many attributes were taken off container
 * instances.
 */
export async function deleteAttributes(
  session: Session,
  call: CallArguments,
): Promise<DeleteAttributesAnswer | undefined> {
  const cluster = await askCluster(session, call);
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const asked = await askChange(session, call, cluster);
  if (isFailure(asked)) return asked;
  const { instances, names } = asked;
  const attributes = names.map((name) => ({ name }));
  const effects = await effectsOf(session, { cluster, instances, attributes, remove: true });
  if (isFailure(effects)) return shown(effects);
  const list = names.join(", ");
  await confirmChange(target, `Delete ${list} on ${count(instances.length)}?`, "Delete Attributes", [
    `Deletes ${list} on ${instances.slice(0, 10).join(", ")}${instances.length > 10 ? " …" : ""}.`,
    ...effects.lines,
  ]);
  const answer = await withProgress(`Deleting ${list}`, (step) =>
    session.server.request("deleteAttributes", { cluster, instances, attributes }, step),
  );
  if (!isFailure(answer)) {
    succeed(session.log, `${list} deleted from ${count(instances.length)}`);
  }
  return shown(answer);
}

function namedAttributes(call: CallArguments): readonly string[] | undefined {
  const value = call.options.names;
  if (!Array.isArray(value)) return undefined;
  const names = value.filter((it) => typeof it === "string");
  return names.length === 0 ? undefined : names;
}

/** What the call does not say is asked for, in one wizard: of the attributes only those that the instances have. */
async function askChange(session: Session, call: CallArguments, cluster: ClusterChoice) {
  const first = { instances: namedInstances(call) ?? [], names: namedAttributes(call) ?? [] };
  if (first.instances.length > 0 && first.names.length > 0) return first;
  const items = await instanceItems(session, cluster);
  if (isFailure(items)) return items;
  return runWizard("Delete Attributes", first, [
    {
      isAsked: () => first.instances.length === 0,
      ask: async (page, answers) => ({
        ...answers,
        instances: await askInstances(page, items, answers.instances),
      }),
    },
    {
      isAsked: () => first.names.length === 0,
      ask: async (page, answers) => {
        const choices = nameItems(items, answers.instances);
        if (choices.length === 0) {
          void notify.information(`${count(answers.instances.length)}: no attributes of your own.`);
          throw new CancellationError();
        }
        const prompt = `Which attributes of ${count(answers.instances.length)}?`;
        const isChosen = (it: { readonly label: string }) => answers.names.includes(it.label);
        const picked = await page.pickSeveral({ prompt, items: choices, isChosen });
        return { ...answers, names: picked.map((it) => it.label) };
      },
    },
  ]);
}

/** Names that people have put on these instances, each with how many of them have it. */
function nameItems(items: readonly InstanceItem[], instances: readonly string[]) {
  const chosen = new Set(instances);
  const counts = new Map<string, number>();
  for (const { id, attributes } of items) {
    if (!chosen.has(id)) continue;
    for (const name of Object.keys(attributes))
      if (!/^(ecs|com\.amazonaws)\./.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([label, many]) => ({ label, description: `on ${count(many)}` }));
}
