// Which container instances may lack a daemon. ECS evaluates the constraints itself, for all daemons in one expression;
// task definitions are described only where their constraints could matter.

import {
  anyOf,
  type FilteredDaemon,
  missingExpression,
  unexpectedExpression,
} from "../../core/coverage/missingFilter";
import { inBatches } from "../calls/paging";
import type { JsonObject, ServiceState } from "../port";
import { daemonOf, lastPart, serviceConstraints } from "./facts";
import { attempt, type Look } from "./look";

/** More suspects than these are not asked for their tasks one by one. */
export const fewSuspects = 100;

/** Pages without an end; a list ends by itself. */
const allPages = 10_000;

/**
 * Ids of ACTIVE container instances where a daemon may be missing or unexpected, or whose agent is disconnected:
 * everything else is well. `undefined` where ECS did not answer.
 */
export async function findSuspects(look: Look): Promise<ReadonlySet<string> | undefined> {
  // Where the constraints of the definitions are left out, more instances match: few suspects are few all the same.
  const quick = await select(
    look,
    look.services.map((it) => ({ name: it.name, constraints: serviceConstraints(it) })),
    1,
  );
  if (quick === undefined || (!quick.hasMore && quick.ids.size <= fewSuspects)) return quick?.ids;
  await describeDefinitions(look, look.services);
  const whole = await select(
    look,
    look.services.map((it) => filtered(look, it)),
    allPages,
  );
  return whole?.ids;
}

/** The daemon with the constraints of its definition, as far as that is described. */
function filtered({ daemons }: Look, service: ServiceState): FilteredDaemon {
  const constraints = daemons.get(service.name)?.constraints ?? serviceConstraints(service);
  return { name: service.name, constraints };
}

async function select(look: Look, daemons: readonly FilteredDaemon[], mostPages: number) {
  const expressions = anyOf([
    ...daemons.map(missingExpression),
    ...daemons.flatMap((it) => unexpectedExpression(it) ?? []),
    "agentConnected == false",
  ]);
  const ids = new Set<string>();
  let hasMore = false;
  for (const filter of expressions) {
    const found = await attempt(look.incomplete, "ListContainerInstances", () =>
      look.ecs.listInstancePages(look.cluster, { status: "ACTIVE", filter }, mostPages, look.signal),
    );
    if (found === undefined) return undefined;
    hasMore ||= found.hasMore;
    for (const it of found.arns) ids.add(lastPart(it));
  }
  return { ids, hasMore };
}

/** Ids of the instances that lack one daemon, by the evaluation of ECS; `undefined` where it did not answer. */
export async function withoutDaemon(
  look: Look,
  service: ServiceState,
): Promise<ReadonlySet<string> | undefined> {
  return idsOf(look, missingExpression(filtered(look, service)));
}

/** Ids of the instances that have one daemon and should not. */
export async function withUnexpected(
  look: Look,
  service: ServiceState,
): Promise<ReadonlySet<string> | undefined> {
  const filter = unexpectedExpression(filtered(look, service));
  return filter === undefined ? new Set() : idsOf(look, filter);
}

/** Ids of the ACTIVE instances whose agent is disconnected. */
export function withoutAgent(look: Look): Promise<ReadonlySet<string> | undefined> {
  return idsOf(look, "agentConnected == false");
}

async function idsOf(look: Look, filter: string): Promise<ReadonlySet<string> | undefined> {
  const found = await attempt(look.incomplete, "ListContainerInstances", () =>
    look.ecs.listInstancePages(look.cluster, { status: "ACTIVE", filter }, allPages, look.signal),
  );
  return found === undefined ? undefined : new Set(found.arns.map(lastPart));
}

/** Ids of all instances of one status. */
export async function allOfStatus(
  look: Look,
  status: "ACTIVE" | "DRAINING",
  mostPages = allPages,
): Promise<readonly string[] | undefined> {
  const found = await attempt(look.incomplete, "ListContainerInstances", () =>
    look.ecs.listInstancePages(look.cluster, { status }, mostPages, look.signal),
  );
  return found?.arns.map(lastPart);
}

/** Describes the definitions of those services that are not described yet. */
export async function describeDefinitions(look: Look, services: readonly ServiceState[]): Promise<void> {
  const { definitions } = look.options;
  const open = services.filter((it) => !look.daemons.has(it.name));
  await inBatches(open, 1, async ([service]) => {
    if (service === undefined) return [];
    const arn = service.taskDefinitionArn;
    const definition = definitions.get(arn) ?? (await describeDefinition(look, arn));
    if (definition !== undefined) {
      definitions.set(arn, definition);
      look.daemons.set(service.name, daemonOf(service, definition));
    }
    return [];
  });
}

/** A definition that cannot be read, or that ECS does not know, is noted. */
async function describeDefinition(look: Look, arn: string): Promise<JsonObject | undefined> {
  const what = `DescribeTaskDefinition ${lastPart(arn)}`;
  const answer = await attempt(look.incomplete, what, async () => ({
    found: await look.ecs.describeTaskDefinition(arn, look.signal),
  }));
  const line = `${what}: ECS does not describe the task definition.`;
  if (answer !== undefined && answer.found === undefined && !look.incomplete.includes(line))
    look.incomplete.push(line);
  return answer?.found?.definition;
}
