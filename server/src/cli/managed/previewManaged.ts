// `ecs-daemon preview` of a managed daemon: what it takes of each instance type, where it runs, what is replaced.

import { readClusterText } from "../../core/cluster/readClusterText";
import { readManagedCluster, readManagedProvider } from "../../core/managed/managedCluster";
import { type ManagedPreview, type ManagedVerdict, previewManaged } from "../../core/managed/preview";
import { documentValue } from "../../core/resources/documentValue";
import { openResource, type Resource } from "../../core/resources/resource";
import { cpuText, memoryText } from "../../core/text/counts";
import { asObject } from "../../core/text/plainValue";
import { exitCodes, InputError, type OptionValues, UsageError } from "../command";
import { readTextFile } from "../files/textFiles";
import { textOption } from "../input/arguments";
import { targetOf, withEcs } from "../input/target";
import type { Terminal } from "../output/terminal";
import { type Color, columns, json, paint, paragraph, plural } from "../output/textLayout";
import { readManagedDocument } from "./managedFiles";

/** The preview of a daemon task definition with its daemon's file; answers the exit code. */
export async function previewManagedDaemon(
  taskDefinition: Resource,
  values: OptionValues,
  format: "text" | "json",
  terminal: Terminal,
): Promise<number> {
  const path = textOption(values, "daemon");
  if (path === undefined)
    throw new UsageError("Missing option: --daemon FILE, the file of the managed daemon.");
  const daemon = asObject(documentValue(await readManagedDocument(path, "daemon"))) ?? {};
  const cluster = readManagedCluster(await readCluster(values, terminal));
  const files = await Promise.all(
    providerFiles(values).map((it) => readManagedDocument(it, "capacityProvider")),
  );
  const named = files.flatMap((it) => readManagedProvider(asObject(documentValue(it)) ?? {}) ?? []);
  const providers = [
    ...named,
    ...cluster.providers.filter((it) => !named.some((one) => one.name === it.name)),
  ];
  const preview = previewManaged(
    { definition: documentValue(taskDefinition), daemon },
    { ...cluster, providers },
  );
  terminal.write(format === "json" ? json(preview) : textOf(preview, terminal));
  return preview.instances.some((it) => it.verdict === "blocked") ? exitCodes.bad : exitCodes.good;
}

function providerFiles(values: OptionValues): readonly string[] {
  const given = values["capacity-provider"];
  return Array.isArray(given) ? given : [];
}

/** Without a cluster only the types of the capacity providers are shown. */
async function readCluster(values: OptionValues, terminal: Terminal): Promise<unknown> {
  const cluster = textOption(values, "cluster");
  if (cluster === undefined) return undefined;
  if (!/\.jsonc?$/i.test(cluster))
    return withEcs(targetOf(values, terminal), terminal, (ecs) =>
      ecs.captureManagedCluster(cluster, terminal.interruption()),
    );
  const text = await readTextFile(cluster);
  const { kind } = readClusterText(cluster, text);
  const { source } = openResource(cluster, text, { templates: false, kind });
  if (source.root?.type !== "object")
    throw new InputError(`${cluster} is not a cluster snapshot in one object.`);
  return documentValue({ source, kind, input: source.root, operation: undefined });
}

const colors: Readonly<Record<ManagedVerdict, Color>> = {
  keep: "green",
  replace: "yellow",
  excluded: "dim",
  blocked: "red",
  without: "yellow",
  unknown: "yellow",
};

function textOf(preview: ManagedPreview, terminal: Terminal): string {
  const { daemon, reservation, providers, types, instances } = preview;
  const section = (title: string, rows: string) =>
    rows === "" ? "" : `\n${paint(terminal, "bold", title)}\n${rows}`;
  const exact = reservation.isExact ? "" : "at least ";
  const head = `${daemon.name} takes ${exact}${cpuText(reservation.cpu)} and ${memoryText(reservation.memory)} of every instance.`;
  return [
    paragraph(terminal, `${head} ${rolloutText(preview)}`),
    section("Instance types", columns(terminal, types.map(typeRow))),
    section(
      "Capacity providers",
      columns(
        terminal,
        providers.map((it) => [
          { text: it.name },
          {
            text: `${it.running} running, ${it.without} without, ${plural(it.instances, "active instance")}${it.isKnown ? "" : "; nothing is known of it"}`,
          },
        ]),
      ),
    ),
    section(
      "Instances",
      columns(
        terminal,
        instances.map((it) => [
          { text: it.verdict, color: colors[it.verdict] },
          { text: it.id },
          { text: it.reasons.join(" ") },
        ]),
      ),
    ),
  ].join("");
}

function typeRow(row: ManagedPreview["types"][number]) {
  const about = row.isNominal ? "≈ " : "";
  const verdict = row.fits
    ? `${about}${row.left.cpu} CPU and ${row.left.memory} MiB are left for applications`
    : `${about}does not fit: ${row.share.cpu} % of the CPU, ${row.share.memory} % of the memory`;
  return [
    { text: row.type },
    { text: `${row.share.cpu} % CPU` },
    { text: `${row.share.memory} % memory` },
    { text: verdict, ...(row.fits ? {} : { color: "red" as const }) },
  ];
}

/** What the deployment replaces, and how many at a time under both readings of the share. */
function rolloutText({ rollout }: ManagedPreview): string {
  const { replaced, drainPercent, atOnce, serviceTasksMoved, standaloneTasksStopped } = rollout;
  if (replaced === 0) return "No instance is replaced.";
  const range = atOnce.floor === atOnce.ceiling ? `${atOnce.floor}` : `${atOnce.floor} or ${atOnce.ceiling}`;
  const stopped =
    standaloneTasksStopped === 0
      ? ""
      : ` ${plural(standaloneTasksStopped, "standalone task")} will be stopped, not moved.`;
  return `A deployment replaces ${plural(replaced, "instance")}, ${range} at a time (${drainPercent} %; how ECS rounds is documented nowhere), and moves ${plural(serviceTasksMoved, "task")} of services.${stopped}`;
}
