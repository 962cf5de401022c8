// `ecs-daemon preview` of a managed daemon: what it takes of each instance type, where it runs, what is replaced.

import { readClusterText } from "../../core/cluster/readClusterText";
import { readManagedCluster, readManagedProvider } from "../../core/managed/managedCluster";
import { type ManagedPreview, type ManagedVerdict, previewManaged } from "../../core/managed/preview";
import { managedStories, type Story } from "../../core/managed/stories";
import { isTrial, type ManagedTrial, readTrial } from "../../core/managed/trial";
import { documentValue } from "../../core/resources/documentValue";
import { openResource, type Resource } from "../../core/resources/resource";
import { cpuText, memoryText } from "../../core/text/counts";
import { asNumber, asObject } from "../../core/text/plainValue";
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
  const trial = trialOf(values);
  const subject = { definition: documentValue(taskDefinition), daemon };
  const preview = previewManaged(subject, { ...cluster, providers }, trial, Date.now());
  const bakeTime = asNumber(asObject(daemon.deploymentConfiguration)?.bakeTimeInMinutes);
  const stories = values.time === true ? managedStories(preview, bakeTime) : undefined;
  terminal.write(
    format === "json"
      ? json({ ...preview, ...(isTrial(trial) && { trial }), ...(stories && { stories }) })
      : `${textOf(preview, terminal)}${stories === undefined ? "" : storiesText(stories, terminal)}`,
  );
  return preview.instances.some((it) => it.verdict === "blocked") ? exitCodes.bad : exitCodes.good;
}

/** `cpu=512`, `exclude-types=t3.*,c5.large`, `another=128/256` … */
function trialOf(values: OptionValues): ManagedTrial {
  const given = values["what-if"];
  const settings = Array.isArray(given) ? given : [];
  const found: Record<string, unknown> = {};
  for (const setting of settings) {
    const [name = "", text = ""] = setting.split(/=(.*)/s);
    const read = trialReaders[name];
    const value = read?.(text);
    if (value === undefined)
      throw new UsageError(`--what-if is ${Object.keys(trialReaders).join("|")}=VALUE, not "${setting}".`);
    Object.assign(found, value);
  }
  const trial = readTrial(found);
  const lost = Object.keys(found).find((it) => !(it in trial));
  if (lost !== undefined) throw new UsageError(`--what-if: the value of ${lost} is out of range.`);
  return trial;
}

const amountIn = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;

const trialReaders: Readonly<Record<string, (text: string) => object | undefined>> = {
  cpu: (text) => definedOnly("cpu", amountIn(text)),
  memory: (text) => definedOnly("memory", amountIn(text)),
  critical: (text) => (/^(true|false)$/.test(text) ? { critical: text === "true" } : undefined),
  "drain-percent": (text) => definedOnly("drainPercent", amountIn(text)),
  "exclude-types": (text) => (text === "" ? undefined : { excludedTypes: text.split(",") }),
  another: (text) => {
    const [, cpu, memory] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
    return cpu === undefined ? undefined : { another: { cpu: Number(cpu), memory: Number(memory) } };
  },
  providers: (text) => (text === "" ? undefined : { providers: text.split(",") }),
};

const definedOnly = (name: string, value: number | undefined) =>
  value === undefined ? undefined : { [name]: value };

function storiesText(stories: readonly Story[], terminal: Terminal): string {
  const counts = ({ running, without, registering, draining }: Story["steps"][number]) =>
    [
      `${running} running`,
      ...(without > 0 ? [`${without} without`] : []),
      ...(registering > 0 ? [`${registering} registering`] : []),
      ...(draining > 0 ? [`${draining} draining`] : []),
    ].join(", ");
  const sections = stories.map(({ title, steps, isExample }) => {
    const rows = steps.map((it, index) => [
      { text: `${index + 1}` },
      { text: counts(it) },
      { text: it.text },
    ]);
    const example = isExample ? " (an example with one instance)" : "";
    return `\n${paint(terminal, "bold", `Time: ${title}${example}`)}\n${columns(terminal, rows)}`;
  });
  return sections.join("");
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
  const { daemon, reservation, providers, types, instances, application } = preview;
  const section = (title: string, rows: string) =>
    rows === "" ? "" : `\n${paint(terminal, "bold", title)}\n${rows}`;
  const exact = reservation.isExact ? "" : "at least ";
  const head = `${daemon.name} takes ${exact}${cpuText(reservation.cpu)} and ${memoryText(reservation.memory)} of every instance.`;
  return [
    paragraph(terminal, `${head} ${rolloutText(preview)}`),
    section(
      "Instance types",
      columns(
        terminal,
        types.map((it) => typeRow(it, application?.name)),
      ),
    ),
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

function typeRow(row: ManagedPreview["types"][number], application: string | undefined) {
  const about = row.isNominal ? "≈ " : "";
  const { copies } = row;
  const room =
    copies === undefined || application === undefined
      ? ""
      : `; room for ${copies.before === copies.after ? copies.after : `${copies.before} → ${copies.after}`} of ${application}`;
  const verdict = row.fits
    ? `${about}${row.left.cpu} CPU and ${row.left.memory} MiB are left for applications`
    : `${about}does not fit: ${row.share.cpu} % of the CPU, ${row.share.memory} % of the memory`;
  return [
    { text: row.type },
    { text: `${row.share.cpu} % CPU` },
    { text: `${row.share.memory} % memory` },
    { text: `${verdict}${room}`, ...(row.fits ? {} : { color: "red" as const }) },
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
  const { dueAnyway = 0 } = rollout;
  const due =
    dueAnyway === 0 ? "" : ` ${dueAnyway} of them ${dueAnyway === 1 ? "is" : "are"} due at 14 days anyway.`;
  return `A deployment replaces ${plural(replaced, "instance")}, ${range} at a time (${drainPercent} %; how ECS rounds is not documented), and moves ${plural(serviceTasksMoved, "task")} of services.${stopped}${due}`;
}
