// EBS volumes that a service configures: their settings, and whether the task definition has such a volume.

import type { ServiceView } from "../../resources/serviceView";
import type { TaskDefinitionView } from "../../resources/taskDefinitionView";
import { add, set } from "../../source/change";
import {
  at,
  booleanOf,
  get,
  isOpen,
  isTemplate,
  items,
  type JsonNode,
  keyOf,
  numberOf,
  stringOf,
} from "../../source/tree";
import { nearest } from "../../text/spelling";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import { inTask } from "../otherFile";
import type { Report } from "../rule";
import {
  advise,
  changeTo,
  given,
  isAbsent,
  isAbsentOrEmpty,
  placeOfMissing,
  related,
  removal,
  shownName,
  sureItems,
} from "../ruleHelpers";
import { serviceRule } from "../service/serviceRule";

export const ebsVolumes = serviceRule(
  [
    "ebs-type",
    "ebs-magnetic-on-fargate",
    "ebs-iops",
    "ebs-iops-missing",
    "ebs-iops-range",
    "ebs-initialization-rate",
    "ebs-throughput",
    "ebs-size",
    "ebs-size-range",
    "ebs-speed-of-size",
    "ebs-several-volumes",
    "ebs-settings-missing",
    "ebs-unknown-volume",
    "launch-volume-not-configured",
  ],
  ({ service, task, operation }, report) => {
    // A daemon has no such volumes at all, which has its own diagnostic.
    const own = service.isDaemon ? undefined : task;
    const list = get(service.input, "volumeConfigurations");
    const [first, second] = sureItems(list);
    if (!service.isDaemon && list && second)
      report("ebs-several-volumes", second, {}, { related: related("The first one.", first) });
    for (const volume of items(list)) {
      checkVolume(volume, own, report);
      const type = at(volume, "managedEBSVolume", "volumeType");
      if (type && service.launchType === "FARGATE" && stringOf(type) === "standard")
        report("ebs-magnetic-on-fargate", type, {}, { fixes: [changeTo(type, "gp3", false)] });
    }
    if (task && operation === "createService") checkConfigured(service, task, report);
  },
);

/** A volume that the task definition leaves to the service has to be configured there. */
function checkConfigured({ input }: ServiceView, task: TaskDefinitionView, report: Report): void {
  const left = task.volumes.find((it) => booleanOf(get(it, "configuredAtLaunch")) === true);
  if (!left || !isAbsentOrEmpty(input, "volumeConfigurations")) return;
  const place = get(input, "taskDefinition") ?? placeOfMissing(input);
  report(
    "launch-volume-not-configured",
    place,
    { volume: shownName(get(left, "name")) },
    { related: inTask(task, "The volume.", left) },
  );
}

function checkVolume(volume: JsonNode, task: TaskDefinitionView | undefined, report: Report): void {
  const ebs = given(volume, "managedEBSVolume");
  if (ebs?.type === "object") checkSettings(ebs, report);
  if (volume.type === "object" && isAbsent(volume, "managedEBSVolume"))
    report("ebs-settings-missing", placeOfMissing(volume), {});
  const nameNode = get(volume, "name");
  const name = stringOf(nameNode);
  if (!task || !nameNode || name === undefined || task.volumeNames === undefined) return;
  const declared = task.volumes.find((it) => stringOf(get(it, "name")) === name);
  const flag = get(declared, "configuredAtLaunch");
  if (declared && (booleanOf(flag) === true || (flag && isTemplate(flag)) || isOpen(declared))) return;
  const suggestion = declared ? undefined : nearest(name, task.volumeNames);
  report(
    "ebs-unknown-volume",
    nameNode,
    { name, advice: advise(suggestion, "Declare it there.") },
    {
      related: inTask(
        task,
        "The volumes.",
        declared ?? get(task.input, "volumes") ?? get(task.input, "family"),
      ),
      fixes: [changeTo(nameNode, suggestion)],
    },
  );
}

function checkSettings(ebs: JsonNode, report: Report): void {
  const typeNode = given(ebs, "volumeType");
  // EBS takes gp3 where no type is given.
  const type = typeNode ? stringOf(typeNode) : "gp3";
  const iops = given(ebs, "iops");
  if (iops && type !== undefined && Object.hasOwn(sizes, type) && !["io1", "io2", "gp3"].includes(type)) {
    report("ebs-iops", keyOf(iops), { type }, { fixes: [removal(iops)] });
  }
  const throughput = given(ebs, "throughput");
  if (throughput && type !== undefined && Object.hasOwn(sizes, type) && type !== "gp3") {
    report("ebs-throughput", keyOf(throughput), { type }, { fixes: [removal(throughput)] });
  }
  if (type !== undefined) checkSpeeds(ebs, type, report);
  if (type !== undefined) checkSpeedOfSize(ebs, type, report);
  const rate = given(ebs, "volumeInitializationRate");
  if (rate && isAbsent(ebs, "snapshotId")) {
    report("ebs-initialization-rate", keyOf(rate), {}, { fixes: [removal(rate)] });
  }
  if (type !== undefined) checkType(ebs, typeNode, type, iops, report);
  if (isAbsent(ebs, "sizeInGiB") && isAbsent(ebs, "snapshotId")) {
    report(
      "ebs-size",
      placeOfMissing(ebs),
      {},
      {
        fixes: [fix(title`Add ${entry("sizeInGiB", 20)}`, false, add(ebs, "sizeInGiB", 20))],
      },
    );
  }
}

/** Least and most of each type: the API model's, raised to what EBS has offered since for gp3. */
const speeds: Readonly<Record<string, Readonly<Record<string, readonly [least: number, most: number]>>>> = {
  gp3: { iops: [3000, 80_000], throughput: [125, 2000] },
  io1: { iops: [100, 64_000] },
  io2: { iops: [100, 256_000] },
};

function checkSpeeds(ebs: JsonNode, type: string, report: Report): void {
  const limits = Object.hasOwn(speeds, type) ? speeds[type] : undefined;
  for (const [member, [least, most]] of Object.entries(limits ?? {})) {
    const node = get(ebs, member);
    const value = numberOf(node);
    if (!node || value === undefined || (value >= least && value <= most)) continue;
    const closest = value < least ? least : Math.max(least, Math.min(most, mostOf(ebs, type, member)));
    const fixes = [fix(`Change to ${closest}`, false, set(node, closest))];
    report("ebs-iops-range", node, { member, value, type, range: `${least} to ${most}` }, { fixes });
  }
}

/** IOPS that a GiB of each type admits. Source: EBS user guide, volume types. */
const perGiB: Readonly<Record<string, number>> = { gp3: 500, io1: 50, io2: 1000 };
/** What a gp3 volume of any size has. */
const baseline = 3000;
/** MiB/s that an operation per second admits with gp3. */
const perOperation = 0.25;

function mostOf(ebs: JsonNode, type: string, member: string): number {
  if (member === "iops") return mostOfSize(ebs, type);
  return Math.floor(Math.max(baseline, numberOf(get(ebs, "iops")) ?? baseline) * perOperation);
}

/** The most IOPS of a volume of this type and of the size that it gives; infinite where the size is not given. */
function mostOfSize(ebs: JsonNode, type: string): number {
  const size = numberOf(get(ebs, "sizeInGiB"));
  const ratio = Object.hasOwn(perGiB, type) ? perGiB[type] : undefined;
  if (size === undefined || ratio === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(size * ratio, type === "gp3" ? baseline : 100);
}

function checkSpeedOfSize(ebs: JsonNode, type: string, report: Report): void {
  const [low, high] = (Object.hasOwn(speeds, type) ? speeds[type]?.iops : undefined) ?? [0, -1];
  const node = get(ebs, "iops");
  const iops = numberOf(node) ?? (isAbsent(ebs, "iops") ? baseline : undefined);
  // What no volume of the type has is reported as that.
  if (iops === undefined || iops < low || iops > high) return;
  const most = mostOfSize(ebs, type);
  if (node && iops > most) {
    const bound = `a volume of ${numberOf(get(ebs, "sizeInGiB"))} GiB has at most ${most}`;
    const fixes = [fix(`Change to ${most}`, false, set(node, most))];
    report("ebs-speed-of-size", node, { member: "iops", value: iops, type, bound }, { fixes });
  }
  const throughputNode = get(ebs, "throughput");
  const throughput = numberOf(throughputNode);
  const mostThroughput = Math.floor(iops * perOperation);
  if (type !== "gp3" || !throughputNode || throughput === undefined) return;
  if (throughput <= mostThroughput || throughput > 2000) return;
  const bound = `${iops} IOPS admit at most ${mostThroughput} MiB/s`;
  const fixes = [fix(`Change to ${mostThroughput}`, false, set(throughputNode, mostThroughput))];
  report(
    "ebs-speed-of-size",
    throughputNode,
    { member: "throughput", value: throughput, type, bound },
    { fixes },
  );
}

/** Least and most GiB of each volume type (API model). */
const sizes: Readonly<Record<string, readonly [least: number, most: number]>> = {
  gp2: [1, 16_384],
  gp3: [1, 16_384],
  io1: [4, 16_384],
  io2: [4, 16_384],
  st1: [125, 16_384],
  sc1: [125, 16_384],
  standard: [1, 1024],
};

function checkType(
  ebs: JsonNode,
  typeNode: JsonNode | undefined,
  type: string,
  iops: JsonNode | undefined,
  report: Report,
): void {
  const range = Object.hasOwn(sizes, type) ? sizes[type] : undefined;
  if (!range) {
    const suggestion = nearest(type, Object.keys(sizes));
    if (typeNode) report("ebs-type", typeNode, { type }, { fixes: [changeTo(typeNode, suggestion, false)] });
    return;
  }
  if ((type === "io1" || type === "io2") && !iops && isAbsent(ebs, "iops")) {
    const usual = Math.min(3000, mostOfSize(ebs, type));
    const addition = fix(title`Add ${entry("iops", usual)}`, false, add(ebs, "iops", usual));
    report("ebs-iops-missing", placeOfMissing(ebs), { type }, { fixes: [addition] });
  }
  const sizeNode = get(ebs, "sizeInGiB");
  const size = numberOf(sizeNode);
  const [least, most] = range;
  if (!sizeNode || size === undefined || (size >= least && size <= most)) return;
  const closest = size < least ? least : most;
  report(
    "ebs-size-range",
    sizeNode,
    { type, size, range: `${least} to ${most}` },
    { fixes: [fix(`Change to ${closest}`, false, set(sizeNode, closest))] },
  );
}
