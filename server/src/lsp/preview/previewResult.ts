// The answer to a preview: a daemon service judged on a cluster, with what the panel shows beside the verdicts.

import { attributeColumns } from "../../core/cluster/attributeColumns";
import type { Cluster, ContainerInstance } from "../../core/cluster/containerInstance";
import type { GivenValues } from "../../core/resources/hosts/givenValues";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { describePlacement } from "../../core/scheduler/describePlacement";
import type { DaemonService, Placement } from "../../core/scheduler/placement";
import { givenValuesText } from "../../core/text/assumption";
import type { Pairing } from "../../core/workspace/pairing";
import type { ResolvedCluster } from "../clusters/chosenCluster";
import type { InstanceFacts, PreviewedValue, PreviewedValuesFile, PreviewResult } from "../protocol/protocol";
import { placementOf } from "./daemonPlacements";

/** What a preview is of, read anew. */
export interface Previewed {
  readonly daemon: DaemonService;
  readonly cluster: ResolvedCluster;
  readonly service: Resource | undefined;
  /** Why this service, and what else could be meant; absent for a query. */
  readonly pairing?: Pairing;
  /** Task definition and service, or the query: everything that the daemon service was read from. */
  readonly documents: readonly Resource[];
  /** Of a template or module: what the preview depends on. */
  readonly values?: readonly PreviewedValue[];
  /** The given values that count. */
  readonly given?: GivenValues;
  /** Those that were asked for, with what is wrong with them. */
  readonly valuesFiles?: readonly PreviewedValuesFile[];
}

/** The answer for a daemon service and a cluster, whatever it was that changed them. */
export function resultOf({
  daemon,
  cluster: resolved,
  service,
  pairing,
  documents,
  values = [],
  valuesFiles = [],
}: Previewed): PreviewResult {
  const { cluster, label, kind, seen } = resolved;
  const placement: Placement = placementOf(daemon, cluster);
  return {
    ...placement,
    sentence: [describePlacement(placement, daemon), givenValuesText(givenIn(values))].join(" ").trimEnd(),
    cluster: { label, kind, ...(seen !== undefined && { seen }) },
    service: { name: daemon.name, ...(service === undefined ? {} : { uri: nameOfResource(service) }) },
    ...asksOf(daemon),
    ...pairingOfResult(pairing),
    constraints: daemon.constraints.flatMap(({ from, query }) =>
      query === undefined ? [] : [{ from, expression: query.text }],
    ),
    documents: documents.map(nameOfResource),
    ...(values.length > 0 && { values }),
    ...(valuesFiles.length > 0 && { valuesFiles }),
    ...columnsOf(cluster.instances),
  };
}

function asksOf({ requirements }: DaemonService): Pick<PreviewResult, "asks"> {
  const { cpu, memory, unknown } = requirements;
  return unknown?.cpu === undefined && unknown?.memory === undefined ? { asks: { cpu, memory } } : {};
}

/** The given values that count and may be shown. */
function givenIn(values: readonly PreviewedValue[]) {
  return values.flatMap(({ name, given, problem }) =>
    given === undefined || problem !== undefined ? [] : [{ name, value: given }],
  );
}

/** Only where there is something to choose. */
function pairingOfResult(pairing: Pairing | undefined): Pick<PreviewResult, "pairing"> {
  if (pairing?.question === undefined) return {};
  const { by, question, taskDefinition, candidates } = pairing;
  return {
    pairing: {
      by,
      question,
      candidates: candidates.map(nameOfResource),
      ...(taskDefinition !== undefined && { taskDefinition: nameOfResource(taskDefinition) }),
    },
  };
}

type Columns = Required<Pick<PreviewResult, "facts" | "attributes">>;

const columns = new WeakMap<Cluster["instances"], Columns>();

/** What the panel shows of the instances beside verdicts: the same for every text, so it is put together once. */
function columnsOf(instances: Cluster["instances"]): Columns {
  const known = columns.get(instances);
  if (known !== undefined) return known;
  const fresh = {
    facts: Object.fromEntries(instances.map((it) => [it.id, instanceFacts(it)])),
    attributes: attributeColumns(instances),
  };
  columns.set(instances, fresh);
  return fresh;
}

/** The same result without what `ecsDaemon/explain` tells about a single instance. */
export function withoutClauses(result: PreviewResult): PreviewResult {
  return {
    ...result,
    instances: result.instances.map((it) =>
      it.reasons.some((reason) => reason.constraint !== undefined)
        ? { ...it, reasons: it.reasons.map(({ constraint: _, ...reason }) => reason) }
        : it,
    ),
  };
}

export function instanceFacts(instance: ContainerInstance): InstanceFacts {
  return {
    status: instance.status,
    instanceType: instance.attributes.get("ecs.instance-type"),
    zone: instance.attributes.get("ecs.availability-zone"),
    remainingCpu: instance.remaining.cpu,
    remainingMemory: instance.remaining.memory,
    ...(instance.ec2InstanceId !== undefined && { ec2InstanceId: instance.ec2InstanceId }),
    ...(instance.registeredAt !== undefined && { registeredAt: instance.registeredAt }),
  };
}
