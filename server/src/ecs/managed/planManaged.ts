// What deploying a managed daemon would do, before anything is done: the definition, the settings, and which instances
// are replaced.

import { type ManagedCluster, readManagedCluster } from "../../core/managed/managedCluster";
import { type ManagedPreview, previewManaged } from "../../core/managed/preview";
import { familyOfReference } from "../../core/resources/documentNames";
import { asList, asText, objectsOf } from "../../core/text/plainValue";
import { changeText, memberChanges } from "../deploy/memberChanges";
import { digest } from "../digest";
import { type DaemonState, EcsError, type EcsPort, type JsonObject } from "../port";
import { describeReplacement, planSentence } from "./describeManaged";
import { findProviders, nameOfArn, runningProviders } from "./findProviders";
import type {
  DaemonPlan,
  DefinitionPlan,
  ManagedPlan,
  ManagedRequest,
  RegistrationPlan,
} from "./managedReport";
import { countProtected } from "./protectedTasks";
import { comparableDefinitions, sameDaemonDefinition } from "./sameDaemonDefinition";
import { fullSettings } from "./settings";

/** Looks, without changing anything. Rejects with an EcsError where it cannot be deployed. */
export async function planManaged(
  request: ManagedRequest,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<ManagedPlan> {
  const clusterArn = await findCluster(ecs, request.cluster, signal);
  const name = daemonNameOf(request);
  const [daemon, definition, snapshot] = await Promise.all([
    ecs.findDaemon(clusterArn, name, signal),
    planDefinition(request, ecs, signal),
    ecs.captureManagedCluster(request.cluster, signal),
  ]);
  if (daemon !== undefined && daemon.status !== "ACTIVE")
    throw new EcsError(
      "DaemonNotActive",
      `The daemon ${name} is being deleted (${daemon.status}): wait until it is gone.`,
    );
  const known = snapshot.capacityProviders === undefined ? undefined : objectsOf(snapshot.capacityProviders);
  const daemonPlan = planDaemon(request, { name, daemon, definition, clusterArn, known });
  const seen = readManagedCluster(snapshot);
  const preview = previewOf(request, daemonPlan, definition, seen);
  const isSent = daemonPlan.kind !== "unchanged";
  const protectedTasks = isSent ? await countProtected(ecs, clusterArn, preview, seen, signal) : 0;
  const replacement = describeReplacement(daemonPlan, preview, protectedTasks);
  return {
    definition,
    daemon: daemonPlan,
    preview,
    clusterArn,
    sentence: planSentence(daemonPlan, preview),
    sections: sectionsOf(request, definition, daemonPlan, replacement),
    seen: seenOf(definition, daemon, preview, request),
  };
}

/** What registering the definition alone would do. */
export async function planRegistration(
  { taskDefinition, notes }: Pick<ManagedRequest, "taskDefinition" | "notes">,
  ecs: EcsPort,
  signal?: AbortSignal,
): Promise<RegistrationPlan> {
  const definition = await planDefinition({ taskDefinition, daemon: {} }, ecs, signal);
  const family = asText(taskDefinition?.family) ?? "";
  return {
    definition,
    sentence:
      definition.kind === "register"
        ? `Registers the daemon task definition ${family}. No instance is replaced.`
        : `The daemon task definition ${family} is registered already: ${nameOfArn(definition.arn)}.`,
    sections: [
      { title: "errors" as const, lines: notes?.errors ?? [] },
      { title: "warnings" as const, lines: notes?.warnings ?? [] },
      { title: "task definition" as const, lines: definitionText(definition) },
    ].filter((it) => it.lines.length > 0),
    seen: digest([taskDefinition ?? null, ...definitionText(definition)]),
  };
}

const definitionText = (definition: DefinitionPlan): readonly string[] =>
  definition.kind === "unchanged" ? [`unchanged: ${nameOfArn(definition.arn)}`] : definition.lines;

/** ARN of the cluster; rejects where the account has none of that name. */
export async function findCluster(ecs: EcsPort, cluster: string, signal?: AbortSignal): Promise<string> {
  if (cluster.startsWith("arn:")) return cluster;
  const found = (await ecs.listClusters(signal)).find((it) => it.name === cluster);
  if (found !== undefined) return found.arn;
  throw new EcsError("ClusterNotFoundException", `The cluster "${cluster}" was not found.`, {
    kind: "findCluster",
  });
}

/** The daemon's name: as its file has it, else its definition's family. */
export function daemonNameOf({
  daemon,
  taskDefinition,
}: Pick<ManagedRequest, "daemon" | "taskDefinition">): string {
  const arn = asText(daemon.daemonArn);
  const name = asText(daemon.daemonName) ?? (arn === undefined ? undefined : nameOfArn(arn));
  const found = name ?? asText(taskDefinition?.family);
  if (found !== undefined) return found;
  throw new EcsError("NoDaemonName", "The daemon's file has neither 'daemonName' nor 'daemonArn'.");
}

async function planDefinition(
  {
    taskDefinition,
    daemon,
    usesRegistered,
  }: Pick<ManagedRequest, "taskDefinition" | "daemon" | "usesRegistered">,
  ecs: EcsPort,
  signal: AbortSignal | undefined,
): Promise<DefinitionPlan> {
  const written = asText(daemon.daemonTaskDefinitionArn);
  const reference = usesRegistered === true ? registeredReference(written, taskDefinition) : written;
  if (taskDefinition === undefined || usesRegistered === true) {
    const found = reference === undefined ? undefined : await ecs.describeDaemonDefinition(reference, signal);
    const arn = asText(found?.daemonTaskDefinitionArn);
    if (found !== undefined && arn !== undefined) return { kind: "unchanged", arn, described: found };
    throw new EcsError(
      "DefinitionNotFound",
      `The daemon task definition "${reference ?? ""}" was not found.`,
    );
  }
  const family = asText(taskDefinition.family) ?? "";
  const referred = reference === undefined ? undefined : familyOfReference(reference);
  if (referred !== undefined && referred !== family)
    throw new EcsError(
      "OtherFamily",
      `The daemon's file refers to the daemon task definition "${referred}", and the definition is "${family}".`,
    );
  const latest = await ecs.describeDaemonDefinition(family, signal);
  const arn = asText(latest?.daemonTaskDefinitionArn);
  if (latest === undefined || arn === undefined)
    return { kind: "register", input: taskDefinition, lines: [`new: ${family}`] };
  if (latest.status === "ACTIVE" && sameDaemonDefinition(taskDefinition, latest))
    return { kind: "unchanged", arn, described: latest };
  const { before, after } = comparableDefinitions(taskDefinition, latest);
  return { kind: "register", input: taskDefinition, lines: memberChanges(before, after).map(changeText) };
}

/** What ECS is asked for: the revision where the file names one, else the family's latest. */
function registeredReference(
  written: string | undefined,
  taskDefinition: JsonObject | undefined,
): string | undefined {
  const family = written === undefined ? asText(taskDefinition?.family) : familyOfReference(written);
  const [, revision] = /:(\d+)$/.exec(written ?? "") ?? [];
  return family === undefined || revision === undefined ? family : `${family}:${revision}`;
}

interface DaemonFacts {
  readonly name: string;
  readonly daemon: DaemonState | undefined;
  readonly definition: DefinitionPlan;
  readonly clusterArn: string;
  readonly known: readonly JsonObject[] | undefined;
}

function planDaemon(
  { daemon: file, force = false }: ManagedRequest,
  { name, daemon, definition, clusterArn, known }: DaemonFacts,
): DaemonPlan {
  const written = (asList(file.capacityProviderArns) ?? []).flatMap((it) => asText(it) ?? []);
  const running = runningProviders(daemon?.described);
  const capacityProviderArns = findProviders(written, running, known);
  const { settings, kept, changes } = fullSettings(file, daemon);
  const target = definition.kind === "unchanged" ? { daemonTaskDefinitionArn: definition.arn } : {};
  const common = { ...target, capacityProviderArns, ...settings };
  const names = capacityProviderArns.map(nameOfArn);
  if (daemon === undefined) {
    const { tags, clientToken } = file;
    return {
      kind: "create",
      name,
      arn: undefined,
      input: {
        daemonName: name,
        clusterArn,
        ...common,
        ...(tags === undefined ? {} : { tags }),
        ...(clientToken === undefined ? {} : { clientToken }),
      },
      lines: [`new: ${name} on ${names.join(", ")}`],
    };
  }
  const lines = [
    ...changes,
    ...providerLines(running, capacityProviderArns),
    ...definitionLines(definition, daemon),
  ];
  const isSame = lines.length === 0;
  return {
    kind: isSame && !force ? "unchanged" : "update",
    name,
    arn: daemon.arn,
    goingOn: deploymentGoingOn(daemon),
    input: { daemonArn: daemon.arn, ...common },
    lines: [
      ...lines,
      ...(isSame && force
        ? ["nothing differs; it is sent because of --force, and instances may be replaced"]
        : []),
      ...kept.map((it) => `${it} (kept: the file does not have it)`),
      ...(file.tags === undefined ? [] : ["tags of a daemon that exists are not changed by an update"]),
    ],
  };
}

function deploymentGoingOn({ deployment }: DaemonState): string | undefined {
  const isGoingOn = /^(PENDING|IN_PROGRESS|STOP_REQUESTED|ROLLBACK_IN_PROGRESS)$/.test(
    asText(deployment?.status) ?? "",
  );
  return isGoingOn ? asText(deployment?.daemonDeploymentArn) : undefined;
}

function providerLines(running: readonly string[], wanted: readonly string[]): readonly string[] {
  if (running.length === 0) return [];
  const [before, after] = [new Set(running.map(nameOfArn)), new Set(wanted.map(nameOfArn))];
  return [
    ...[...after].filter((it) => !before.has(it)).map((it) => `capacityProviderArns: + ${it}`),
    ...[...before].filter((it) => !after.has(it)).map((it) => `capacityProviderArns: - ${it}`),
  ];
}

function definitionLines(definition: DefinitionPlan, { revision }: DaemonState): readonly string[] {
  const running = nameOfArn(asText(revision?.daemonTaskDefinitionArn) ?? "");
  if (definition.kind === "register") return [`${running} → the new revision`];
  const target = nameOfArn(definition.arn);
  return target === running ? [] : [`${running === "" ? "(none)" : running} → ${target}`];
}

/** Every update makes a new revision of the daemon, which replaces the instances that run the former one. */
function previewOf(
  { taskDefinition, usesRegistered }: ManagedRequest,
  plan: DaemonPlan,
  definition: DefinitionPlan,
  cluster: ManagedCluster,
): ManagedPreview {
  const target =
    plan.kind === "unchanged" && definition.kind === "unchanged"
      ? { daemonTaskDefinitionArn: definition.arn }
      : { daemonTaskDefinitionArn: undefined };
  return previewManaged(
    {
      definition:
        definition.kind === "unchanged" && (taskDefinition === undefined || usesRegistered === true)
          ? definition.described
          : (taskDefinition ?? {}),
      daemon: { ...plan.input, daemonName: plan.name, ...target },
    },
    cluster,
  );
}

function sectionsOf(
  { notes }: ManagedRequest,
  definition: DefinitionPlan,
  daemon: DaemonPlan,
  replacement: readonly string[],
): ManagedPlan["sections"] {
  return (
    [
      { title: "errors", lines: notes?.errors ?? [] },
      { title: "warnings", lines: notes?.warnings ?? [] },
      { title: "task definition", lines: definitionText(definition) },
      { title: "daemon", lines: daemon.kind === "unchanged" ? [`unchanged: ${daemon.name}`] : daemon.lines },
      { title: "instances", lines: replacement },
    ] as const
  ).filter((it) => it.lines.length > 0);
}

/** What changes by itself (counts, dates) is left out. */
function seenOf(
  definition: DefinitionPlan,
  daemon: DaemonState | undefined,
  preview: ManagedPreview,
  request: ManagedRequest,
): string {
  return digest([
    request.taskDefinition ?? null,
    request.daemon,
    definition.kind === "unchanged" ? definition.arn : definition.lines,
    daemon?.arn ?? null,
    daemon?.revision?.daemonRevisionArn ?? null,
    daemon?.deployment?.daemonDeploymentArn ?? null,
    preview.instances.filter((it) => it.verdict !== "excluded").map((it) => it.id),
  ]);
}
