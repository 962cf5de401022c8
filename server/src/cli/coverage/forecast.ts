// `ecs-daemon forecast`: what the next container instance of each type has room for.

import type { Cluster, ContainerInstance } from "../../core/cluster/containerInstance";
import { readFleet } from "../../core/cluster/fleet";
import {
  type Forecast,
  forecast,
  type ReplicaService,
  type TypeForecast,
} from "../../core/coverage/forecast";
import type { DaemonService } from "../../core/scheduler/placement";
import { counted, countText, cpuText, memoryText } from "../../core/text/counts";
import { printable } from "../../core/text/printable";
import { inBatches } from "../../ecs/calls/paging";
import { daemonOf } from "../../ecs/coverage/facts";
import { type EcsPort, isCancellation, type ServiceState } from "../../ecs/port";
import { type Command, exitCodes, InputError, type OptionValues, UsageError } from "../command";
import { targetHelp } from "../help";
import { choiceOption, requiredOption } from "../input/arguments";
import { targetOf, targetOptions, targetSynopsis, withEcs } from "../input/target";
import { describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";
import { columns, json, paint, paragraph } from "../output/textLayout";
import { type ForecastServices, servicesInFiles } from "./forecastFiles";
import { listOf } from "./options";

export const forecastCommand: Command = {
  name: "forecast",
  synopsis: `[PATH…] --cluster FILE|NAME [--type TYPE]… [--service NAME]… ${targetSynopsis} [--format text|json]`,
  summary: "Reports what the next instance of each type has room for.",
  help: `
  PATH                services in files or folders; without it those of the
                      cluster, with a FILE those of the current folder
  --cluster FILE|NAME a snapshot or fleet file, or a cluster by name
  --type TYPE         only this EC2 instance type, which the cluster may not
                      have yet; may be repeated
  --service NAME      only this replica service; may be repeated${targetHelp}
  --format FORMAT     text (default) or json

Daemons are counted first, then the tasks of each replica service that fit
next to them. Nothing is reserved by this. Needs the actions ecs:ListServices,
ecs:DescribeServices, ecs:DescribeTaskDefinition, ecs:ListContainerInstances,
ecs:DescribeContainerInstances.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    type: { type: "string", multiple: true },
    service: { type: "string", multiple: true },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    if (positionals.includes("")) throw new UsageError("An argument PATH is empty.");
    const format = choiceOption(values, "format", ["text", "json"]);
    const cluster = requiredOption(values, "cluster", "NAME");
    const [types, names] = [listOf(values, "type"), listOf(values, "service")];
    // A file holds no services of its own.
    const paths = positionals.length === 0 && /\.jsonc?$/i.test(cluster) ? ["."] : positionals;
    const found =
      paths.length > 0
        ? await servicesInFiles(paths, values, terminal)
        : await servicesOfCluster(cluster, values, terminal);
    const replicas = chosen(found.replicas, names);
    const instances = [...chosenTypes(found.cluster, types), ...missingTypes(found.cluster, types)];
    const result = { cluster, ...forecast({ instances, daemons: found.daemons, replicas }) };
    terminal.write(format === "json" ? json(result) : textOf(result, terminal));
    return exitCodes.good;
  },
};

async function servicesOfCluster(
  cluster: string,
  values: OptionValues,
  terminal: Terminal,
): Promise<ForecastServices> {
  const signal = terminal.interruption();
  try {
    return await withEcs(targetOf(values, terminal), terminal, (ecs) => read(ecs, cluster, signal));
  } catch (error) {
    if (isCancellation(error) || error instanceof InputError) throw error;
    throw new InputError(`The cluster "${cluster}" cannot be read: ${describeError(error)}`);
  }
}

async function read(ecs: EcsPort, name: string, signal: AbortSignal): Promise<ForecastServices> {
  const [daemons, replicas, cluster] = await Promise.all([
    ecs.listDaemonServices(name, signal),
    ecs.listReplicaServices(name, signal),
    ecs.readInstances(name, signal),
  ]);
  const placed = await inBatches([...daemons, ...replicas], 1, async ([service]) =>
    service === undefined ? [] : [await placementOf(ecs, service, signal)],
  );
  return {
    cluster,
    daemons: placed.slice(0, daemons.length),
    replicas: placed.slice(daemons.length).map((service, index) => ({
      service,
      desired: replicas[index]?.desiredCount ?? 0,
    })),
  };
}

async function placementOf(ecs: EcsPort, service: ServiceState, signal: AbortSignal): Promise<DaemonService> {
  const definition = await ecs.describeTaskDefinition(service.taskDefinitionArn, signal);
  if (definition === undefined)
    throw new InputError(`ECS does not describe the task definition of the service "${service.name}".`);
  return daemonOf(service, definition.definition);
}

function chosen(replicas: readonly ReplicaService[], names: readonly string[]): readonly ReplicaService[] {
  const missing = names.find((it) => !replicas.some(({ service }) => service.name === it));
  if (missing !== undefined) throw new InputError(`The cluster has no replica service "${missing}".`);
  return names.length === 0 ? replicas : replicas.filter((it) => names.includes(it.service.name));
}

const zoneName = "ecs.availability-zone";
const typeOf = ({ attributes }: ContainerInstance) => attributes.get("ecs.instance-type") ?? "";

function chosenTypes({ instances }: Cluster, types: readonly string[]): readonly ContainerInstance[] {
  const active = instances.filter((it) => it.status === "ACTIVE");
  return types.length === 0 ? active : active.filter((it) => types.includes(typeOf(it)));
}

/** Types that the cluster does not have are as a fleet file describes them, with no attributes of the user's own. */
function missingTypes(cluster: Cluster, types: readonly string[]): readonly ContainerInstance[] {
  const known = new Set(cluster.instances.map(typeOf));
  // The next instance may come up in each zone that the cluster is in, and constraints may ask for one of them.
  const zones = [...new Set(cluster.instances.flatMap((it) => it.attributes.get(zoneName) ?? []))];
  return types
    .filter((it) => !known.has(it))
    .flatMap((instanceType) => {
      const group = { count: Math.max(1, zones.length), instanceType, zones };
      const { cluster: fleet, failure, problems } = readFleet(JSON.stringify({ groups: [group] }));
      const problem = failure ?? problems.find((it) => it.severity === "error")?.message;
      if (problem !== undefined || fleet.instances.length === 0)
        throw new InputError(`The size of the instance type "${instanceType}" is not known.`);
      return fleet.instances;
    });
}

// Text ----------------------------------------------------------------------------------------------------------

function textOf(result: Forecast & { readonly cluster: string }, terminal: Terminal): string {
  const isAlone = ({ type }: TypeForecast) => result.types.filter((it) => it.type === type).length === 1;
  const types = result.types.map((it) => typeText(it, isAlone(it), terminal));
  if (types.length === 0)
    types.push(paragraph(terminal, `The cluster ${result.cluster} has no container instances.`));
  const untied = result.untied.map(({ service, daemons }) =>
    paragraph(
      terminal,
      `Not tied: ${service} may start before ${daemons.join(", ")}. Add the placement constraint ${daemons.map((it) => `task:group == service:${it}`).join(" and ")} to ${service} so that it waits for them.`,
    ),
  );
  return [...types, ...untied, paragraph(terminal, "Nothing is reserved by this.")].join("\n");
}

/** Which daemons an instance gets tells groups of one type apart; the zones may be the same. */
function typeText(it: TypeForecast, isAlone: boolean, terminal: Terminal): string {
  const fit = it.daemons.filter((daemon) => daemon.fits).length;
  const all = it.daemons.length;
  const where = it.zones.length === 0 ? "" : ` (${it.zones.join(", ")})`;
  const names = it.daemons.map((daemon) => daemon.service).join(", ");
  const which = isAlone ? "" : all === 0 ? ", where no daemon runs" : `, where ${names} should run`;
  const isBlocked = it.daemons.some((daemon) => daemon.verdict === "blocked");
  const head = paint(
    terminal,
    fit === all ? "green" : isBlocked ? "red" : "yellow",
    printable(`The next ${it.type}${where}${which}`),
  );
  const share = it.registered.memory === 0 ? 0 : Math.round((100 * it.taken.memory) / it.registered.memory);
  const left = `${cpuText(it.room.cpu)} and ${memoryText(it.room.memory)} are left`;
  const daemons =
    all === 0
      ? `none; ${left}`
      : `${countText(fit)} of ${counted(all, "daemon")} (${cpuText(it.taken.cpu)}, ${memoryText(it.taken.memory)}, ${share} % of memory); ${left}`;
  const rows = [
    [{ text: "daemons" }, { text: daemons }],
    ...it.daemons
      .filter((daemon) => !daemon.fits)
      .map((daemon) => [
        {
          text: daemon.verdict,
          color: daemon.verdict === "blocked" ? ("red" as const) : ("yellow" as const),
        },
        { text: `${daemon.service}: ${daemon.reasons.join(" ")}` },
      ]),
    ...it.services.map(({ service, count, limit }) => [
      { text: "then" },
      { text: `${counted(count, "task")} of ${service} (${limit})` },
    ]),
    ...it.races.map(({ service, daemons: losers }) => [
      { text: "race", color: "yellow" as const },
      {
        text: `where ${service} starts first, ${losers.join(", ")} ${losers.length === 1 ? "has" : "have"} no room`,
      },
    ]),
  ];
  return `${head}\n${columns(terminal, rows)}`;
}
