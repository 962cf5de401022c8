// The preview of a managed daemon: what it takes of each instance type, where it runs, what its deployment replaces.

import { readClusterText } from "../../core/cluster/readClusterText";
import { managedReads } from "../../core/language/previewValues";
import {
  type ManagedCluster,
  readManagedCluster,
  readManagedProvider,
} from "../../core/managed/managedCluster";
import { previewManaged } from "../../core/managed/preview";
import { managedStories } from "../../core/managed/stories";
import { isTrial, readTrial } from "../../core/managed/trial";
import { unknownsOfDaemons } from "../../core/managed/unknowns";
import { documentValue } from "../../core/resources/documentValue";
import { openResource, type Resource } from "../../core/resources/resource";
import { withDefaults } from "../../core/resources/withDefaults";
import { daemonsOf, definitionsOf } from "../../core/rules/managed/managedNeighbors";
import { asNumber, asObject, asText } from "../../core/text/plainValue";
import { inItsKind, managedNeighbors } from "../../core/workspace/managedFiles";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import { candidatePaths } from "../base/uris";
import { withEcs } from "../clusters/ecsTarget";
import { requests } from "../protocol/customRequests";
import type {
  DaemonCoverage,
  ManagedPanel,
  ManagedPreviewAnswer,
  ManagedPreviewParams,
} from "../protocol/managedProtocol";
import type { ClusterChoice, Failure } from "../protocol/protocol";
import { searchFolders } from "./preview";
import { subjectWithValues } from "./previewedValues";
import { readFileValues } from "./valuesFiles";

export function registerManagedPreview(context: ServerContext): void {
  onAsk(context, requests.managedPreview, (params) => preview(context, params));
}

async function preview(context: ServerContext, params: ManagedPreviewParams): Promise<ManagedPreviewAnswer> {
  await context.ready();
  const pair = managedPair(context, params.textDocument.uri);
  if (isFailure(pair)) return pair;
  const { asked } = pair;
  const { daemon, definition, values, valuesFiles } = await pairWithValues(context, pair, params);
  const snapshot = await readSnapshot(context, params.cluster, searchFolders(context, asked));
  if (isFailure(snapshot)) return snapshot;
  const cluster = withProviders(context, readManagedCluster(snapshot.value));
  const input = asObject(daemon && documentValue(daemon)) ?? {};
  const name =
    asText(input.daemonName) ?? asText(asObject(definition && documentValue(definition))?.family) ?? "daemon";
  const subject = {
    definition: definition === undefined ? {} : documentValue(definition),
    // A new revision is what a deployment rolls out.
    daemon: {
      ...input,
      ...(input.daemonArn === undefined ? { daemonName: name } : {}),
      daemonTaskDefinitionArn: "",
    },
  };
  const trial = readTrial(params.trial);
  const now = Date.now();
  const written = previewManaged(subject, cluster, {}, now);
  const result = isTrial(trial) ? previewManaged(subject, cluster, trial, now) : written;
  const bakeTime = asNumber(asObject(input.deploymentConfiguration)?.bakeTimeInMinutes);
  const group = `daemon:${result.daemon.name}`;
  return {
    preview: result,
    isNew: !cluster.instances.some((it) => it.tasks.some((task) => task.group === group)),
    cluster: snapshot.label,
    ...(snapshot.isAbsent && { isWithoutCluster: true }),
    daemons: coverageOf(cluster, group),
    unknowns: unknownsOfDaemons.slice(0, 4),
    daemonFile: daemon?.source.file ?? null,
    definitionFile: definition?.source.file ?? null,
    trial,
    written: {
      ...written.reservation,
      critical: written.daemon.critical,
      drainPercent: written.rollout.drainPercent,
      providers: written.providers.map((it) => it.name),
      replaced: written.rollout.replaced,
    },
    stories: managedStories(result, bakeTime),
    ...(values.length > 0 && { values }),
    ...(valuesFiles.length > 0 && { valuesFiles }),
  };
}

/** The documents of a template or module with the values of the request, and with defaults for others. */
async function pairWithValues(
  context: ServerContext,
  { daemon, definition, asked }: ManagedPair,
  params: ManagedPreviewParams,
): Promise<
  Pick<ManagedPair, "daemon" | "definition"> & Required<Pick<ManagedPanel, "values" | "valuesFiles">>
> {
  const fromFiles = await readFileValues(context, params.valuesFiles ?? []);
  const { subject, values } = subjectWithValues(
    { taskDefinition: definition ?? asked, service: definition === undefined ? undefined : daemon },
    { asked: params.values ?? {}, fromFiles },
    (it, given) => context.index.withValues(it, given),
    managedReads,
  );
  const assumed = (it: Resource | undefined) => it && withDefaults(it).document;
  const [first, second] = [assumed(subject.taskDefinition), assumed(subject.service)];
  const documents =
    definition === undefined
      ? { definition: undefined, daemon: daemon && first }
      : { definition: first, daemon: second };
  return { ...documents, values, valuesFiles: fromFiles.files };
}

interface ManagedPair {
  readonly asked: Resource;
  readonly daemon: Resource | undefined;
  readonly definition: Resource | undefined;
}

/** A daemon's file and its definition; of several that could be meant the first, in the order of their paths. */
export function managedPair({ documents, index }: ServerContext, uri: string): ManagedPair | Failure {
  const written = documents.get(uri) ?? index.find(uri);
  const asked = written && inItsKind(written, index.workspace);
  const neighbors = managedNeighbors(index.workspace());
  if (asked?.operation === "createDaemon" || asked?.operation === "updateDaemon")
    return { asked, daemon: asked, definition: definitionsOf(neighbors, asked)[0] };
  if (asked?.operation === "registerDaemonTaskDefinition")
    return { asked, daemon: daemonsOf(neighbors, asked)[0], definition: asked };
  return failure("not-a-managed-daemon", "This document does not belong to a managed daemon.");
}

/** Files of capacity providers in the workspace count before what the cluster has. */
function withProviders({ index }: ServerContext, cluster: ManagedCluster): ManagedCluster {
  const files = managedNeighbors(index.workspace())
    .documents.filter((it) => it.operation === "createCapacityProvider" && it.hosted === undefined)
    .flatMap((it) => readManagedProvider(asObject(documentValue(it)) ?? {}) ?? []);
  const others = cluster.providers.filter((it) => !files.some(({ name }) => name === it.name));
  return { ...cluster, providers: [...files, ...others] };
}

interface Snapshot {
  readonly value: unknown;
  readonly label: string;
  /** No cluster is selected. */
  readonly isAbsent?: true;
}

async function readSnapshot(
  context: ServerContext,
  choice: ClusterChoice | undefined,
  folders: readonly string[],
): Promise<Snapshot | Failure> {
  const chosen = choice ?? context.clusters.target();
  // Without a cluster the types of the capacity providers can be shown.
  if (chosen === undefined) return { value: {}, label: "no cluster", isAbsent: true };
  if (typeof chosen !== "string" || chosen === "local" || chosen === "aws")
    return withEcs(context, chosen, async (ecs, { cluster }) => ({
      value: await ecs.captureManagedCluster(cluster),
      label: cluster,
    }));
  // Whether it may be read, and what is wrong with it, is decided where clusters are resolved.
  const resolved = await context.clusters.resolve(chosen, folders);
  if (isFailure(resolved)) return resolved;
  for (const path of candidatePaths(chosen, folders)) {
    if ((await context.environment.fileStamp(path)) === undefined) continue;
    const text = await context.environment.readFile(path);
    const { kind } = readClusterText(path, text);
    const { source } = openResource(path, text, { templates: false, kind });
    return {
      value: documentValue({ source, kind, input: source.root, operation: undefined }),
      label: resolved.label,
    };
  }
  return failure("no-cluster", "The file of the cluster cannot be read.");
}

/** The daemons of the cluster by capacity provider, the previewed one first. */
function coverageOf({ instances }: ManagedCluster, first: string): readonly DaemonCoverage[] {
  const active = instances.filter((it) => it.status === "ACTIVE" && it.provider !== undefined);
  const groups = new Set(active.flatMap((it) => it.tasks.map((task) => task.group)));
  const daemons = [...groups].filter((it) => it.startsWith("daemon:") && it !== first).sort();
  return [first, ...daemons].map((group) => {
    const providers: Record<string, { running: number; without: number }> = {};
    for (const provider of new Set(active.map((it) => it.provider ?? ""))) {
      const own = active.filter((it) => it.provider === provider);
      const running = own.filter((it) =>
        it.tasks.some((task) => task.group === group && task.isRunning),
      ).length;
      if (running > 0) providers[provider] = { running, without: own.length - running };
    }
    return { daemon: group.slice("daemon:".length), providers };
  });
}
