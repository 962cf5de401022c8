import { type QuickPickItem, window } from "vscode";
import { instanceCount } from "../../../server/src/core/text/counts";
import type {
  AttributeEffectsAnswer,
  AttributeEffectsParams,
  ClusterChoice,
  ListedInstance,
  PutAttributesAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { notify } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster, askText, given } from "./ask";
import { type AttributeValue, attributesProblem, readAttributes } from "./attributeText";
import type { CallArguments } from "./callArguments";
import { isRecord } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";

/**
 * Options: `instances` (ids), `attributes` (a list of `{ name, value }`, or text `env=prod, team=web`), `cluster`.
 * Returns how many container instances were changed.
 */
export async function putAttributes(
  session: Session,
  call: CallArguments,
): Promise<PutAttributesAnswer | undefined> {
  const cluster = await askCluster(session, call);
  // Whether anything can be changed there is known before the first question.
  const target = await describeTarget(session, cluster);
  if (isFailure(target)) return target;
  const instances = namedInstances(call) ?? (await askInstances(session, cluster));
  if (!Array.isArray(instances)) return instances as PutAttributesAnswer;
  const attributes = namedAttributes(call) ?? (await askAttributes(instances.length));
  const list = attributes
    .map((it) => (it.value === undefined ? it.name : `${it.name}=${it.value}`))
    .join(", ");
  const effects = await effectsOf(session, { cluster, instances, attributes });
  if (isFailure(effects)) return shown(effects);
  await confirmChange(target, `Put ${list} on ${count(instances.length)}?`, "Put Attributes", [
    `Puts ${list} on ${instances.slice(0, 10).join(", ")}${instances.length > 10 ? " …" : ""}.`,
    ...effects.lines,
  ]);
  const answer = await withProgress(`Putting ${list}`, (step) =>
    session.server.request("putAttributes", { cluster, instances, attributes }, step.options),
  );
  if (!isFailure(answer)) {
    const text = [`${list} is put on ${count(instances.length)}.`, ...effects.lines.slice(0, 3)].join(" ");
    session.log.info(text);
    void notify.information(text);
  }
  return shown(answer);
}

/** What the change does to the daemon services of the cluster; in the log, too. */
export async function effectsOf(
  session: Session,
  params: AttributeEffectsParams,
): Promise<AttributeEffectsAnswer> {
  const effects = await withProgress("Looking up what that moves", (step) =>
    session.server.request("attributeEffects", params, step),
  );
  if (!isFailure(effects)) for (const it of effects.lines) session.log.info(it);
  return effects;
}

export function namedInstances(call: CallArguments): readonly string[] | undefined {
  const value = call.options.instances;
  if (!Array.isArray(value)) return undefined;
  const ids = value.filter((it) => typeof it === "string");
  return ids.length === 0 ? undefined : ids;
}

function namedAttributes(call: CallArguments): readonly AttributeValue[] | undefined {
  const value = call.options.attributes;
  if (typeof value === "string" && attributesProblem(value) === undefined) return readAttributes(value);
  if (!Array.isArray(value)) return undefined;
  const read = value.flatMap((it: unknown): AttributeValue[] => {
    if (!isRecord(it) || typeof it.name !== "string") return [];
    return [{ name: it.name, ...(typeof it.value === "string" && { value: it.value }) }];
  });
  return read.length === 0 ? undefined : read;
}

/** The picked ids, or the failure that kept them from being listed. */
export async function askInstances(session: Session, cluster: ClusterChoice, title = "Put Attributes") {
  const answer = await withProgress("Listing the container instances", (step) =>
    session.server.request("listInstances", { cluster }, step),
  );
  if (isFailure(answer)) return shown(answer);
  if (answer.instances.length === 0) {
    void notify.information("The cluster has no container instances.");
    return given<string[]>(undefined);
  }
  const picked = await window.showQuickPick(answer.instances.map(instanceItem), {
    title,
    placeHolder: "On which container instances?",
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const ids = given(picked).map((it) => it.label);
  return ids.length === 0 ? given<string[]>(undefined) : ids;
}

function instanceItem(instance: ListedInstance): QuickPickItem {
  const where = [instance.zone, instance.instanceType, instance.status].filter((it) => it !== undefined);
  // The attributes that people put; the hundred or so that the agent registers would drown them.
  const own = Object.entries(instance.attributes)
    .filter(([name]) => !/^(ecs|com\.amazonaws)\./.test(name))
    .map(([name, value]) => (value === null ? name : `${name}=${value}`));
  return { label: instance.id, description: where.join(" · "), detail: own.join(", ") };
}

async function askAttributes(instances: number): Promise<readonly AttributeValue[]> {
  const text = await askText({
    title: `Put Attributes on ${count(instances)}`,
    prompt: "name=value; several separated by commas",
    placeHolder: "env=prod",
    validateInput: attributesProblem,
  });
  return readAttributes(text);
}

export function count(instances: number): string {
  return instanceCount(instances);
}
