import { CancellationError, type QuickPickItem } from "vscode";
import { instanceCount } from "../../../server/src/core/text/counts";
import type {
  AttributeEffectsAnswer,
  AttributeEffectsParams,
  ClusterChoice,
  Failure,
  ListedInstance,
  PutAttributesAnswer,
} from "../../../server/src/lsp/protocol/protocol";
import { isFailure, shown } from "../failures";
import { notify, succeed } from "../notify";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askCluster } from "./ask";
import { type AttributeValue, attributesProblem, readAttributes } from "./attributeText";
import type { CallArguments } from "./callArguments";
import { isRecord } from "./callArguments";
import { confirmChange, describeTarget } from "./confirm";
import { runWizard, type WizardPage } from "./wizard";

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
  const asked = await askChange(session, call, cluster);
  if (isFailure(asked)) return asked;
  const { instances, attributes } = asked;
  const list = attributesText(attributes);
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
    succeed(session.log, `${list} put on ${count(instances.length)}`);
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

/** What the call does not say is asked for, in one wizard. */
async function askChange(session: Session, call: CallArguments, cluster: ClusterChoice) {
  const first = { instances: namedInstances(call) ?? [], attributes: namedAttributes(call) ?? [] };
  const isComplete = first.instances.length > 0 && first.attributes.length > 0;
  if (isComplete) return first;
  const items = first.instances.length > 0 ? [] : await instanceItems(session, cluster);
  if (isFailure(items)) return items;
  return runWizard("Put Attributes", first, [
    {
      isAsked: () => items.length > 0,
      ask: async (page, answers) => ({
        ...answers,
        instances: await askInstances(page, items, answers.instances),
      }),
    },
    {
      isAsked: () => first.attributes.length === 0,
      ask: async (page, answers) => {
        const text = await page.text({
          prompt: `Attributes for ${count(answers.instances.length)}: name=value, several separated by commas`,
          placeHolder: "env=prod",
          value: attributesText(answers.attributes),
          problem: attributesProblem,
        });
        return { ...answers, attributes: readAttributes(text) };
      },
    },
  ]);
}

export interface InstanceItem extends QuickPickItem {
  readonly id: string;
  readonly attributes: ListedInstance["attributes"];
}

/** The container instances of the cluster for a quick pick; a failure is shown. */
export async function instanceItems(
  session: Session,
  cluster: ClusterChoice,
): Promise<readonly InstanceItem[] | Failure> {
  const answer = await withProgress("Listing the container instances", (step) =>
    session.server.request("listInstances", { cluster }, step),
  );
  if (isFailure(answer)) return shown(answer);
  if (answer.instances.length > 0) return answer.instances.map(instanceItem);
  void notify.information("The cluster has no container instances.");
  throw new CancellationError();
}

export async function askInstances(
  page: WizardPage,
  items: readonly InstanceItem[],
  before: readonly string[],
): Promise<readonly string[]> {
  const chosen = new Set(before);
  const prompt = "Which container instances?";
  const picked = await page.pickSeveral({ prompt, items, isChosen: (it) => chosen.has(it.id) });
  return picked.map((it) => it.id);
}

function instanceItem(instance: ListedInstance): InstanceItem {
  const { id, ec2InstanceId, zone, instanceType, status } = instance;
  const where = [zone, instanceType, status, ...(ec2InstanceId === undefined ? [] : [id])];
  // The attributes that people put; the hundred or so that the agent registers would drown them.
  const own = Object.entries(instance.attributes)
    .filter(([name]) => !/^(ecs|com\.amazonaws)\./.test(name))
    .map(([name, value]) => (value === null ? name : `${name}=${value}`));
  return {
    id,
    attributes: instance.attributes,
    label: ec2InstanceId ?? id,
    description: where.filter((it) => it !== undefined).join(" · "),
    detail: own.join(", "),
  };
}

function attributesText(attributes: readonly AttributeValue[]): string {
  return attributes.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join(", ");
}

export function count(instances: number): string {
  return instanceCount(instances);
}
