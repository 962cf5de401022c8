import { window } from "vscode";
import type { ClusterChoice, DeleteAttributesAnswer } from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, given } from "./ask";
import type { CallArguments } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";
import { askInstances, count, effectsOf, namedInstances } from "./putAttributes";

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
  const instances = namedInstances(call) ?? (await askInstances(session, cluster, "Delete Attributes"));
  if (!Array.isArray(instances)) return instances as DeleteAttributesAnswer;
  const names = namedAttributes(call) ?? (await askNames(session, cluster, instances));
  if (!Array.isArray(names)) return names as DeleteAttributesAnswer;
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
    const text = [`${list} is deleted on ${count(instances.length)}.`, ...effects.lines.slice(0, 3)].join(
      " ",
    );
    session.log.info(text);
    void notify.information(text);
  }
  return shown(answer);
}

function namedAttributes(call: CallArguments): readonly string[] | undefined {
  const value = call.options.names;
  if (!Array.isArray(value)) return undefined;
  const names = value.filter((it) => typeof it === "string");
  return names.length === 0 ? undefined : names;
}

/** Names that people have put on these instances, each with how many of them have it. */
async function askNames(session: Session, cluster: ClusterChoice, instances: readonly string[]) {
  const answer = await withProgress("Listing the attributes", (step) =>
    session.server.request("listInstances", { cluster }, step),
  );
  if (isFailure(answer)) return shown(answer);
  const chosen = new Set(instances);
  const counts = new Map<string, number>();
  for (const { id, attributes } of answer.instances) {
    if (!chosen.has(id)) continue;
    for (const name of Object.keys(attributes))
      if (!/^(ecs|com\.amazonaws)\./.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const items = [...counts].map(([label, many]) => ({ label, description: `on ${count(many)}` }));
  if (items.length === 0) {
    void notify.information(`No attributes of your own are on ${count(instances.length)}.`);
    return given<string[]>(undefined);
  }
  const picked = given(
    await window.showQuickPick(items, { title: "Delete Attributes", canPickMany: true }),
  ).map((it) => it.label);
  return picked.length === 0 ? given<string[]>(undefined) : picked;
}
