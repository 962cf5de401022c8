// EBS volumes and Service Connect of a service, and whether its launch type suits the task definition.

import { type ServiceView, serviceView } from "../../documents/serviceView";
import { nearest } from "../../documents/spelling";
import type { TaskDefinitionView } from "../../documents/taskDefinitionView";
import {
  booleanOf,
  get,
  isOpen,
  isTemplate,
  items,
  type JsonNode,
  keyOf,
  stringOf,
} from "../../documents/tree";
import { shapeNamed } from "../apiModel";
import { addMember, fix } from "../edits";
import type { Report, Rule } from "../rule";
import { advise, changeTo, filled, given, isAbsent, placeOfMissing, removal } from "./common";
import { inTask, referredTask } from "./otherFile";

export const serviceParts: Rule = {
  codes: [
    "ebs-iops",
    "ebs-throughput",
    "ebs-size",
    "ebs-unknown-volume",
    "service-connect-dns-name",
    "service-connect-aliases",
    "service-connect-port",
    "service-connect-namespace",
    "launch-type-incompatible",
  ],
  check(context, report) {
    const service = serviceView(context.document);
    if (!service) return;
    const task = referredTask(context, service);
    for (const volume of items(get(service.input, "volumeConfigurations")))
      checkVolume(volume, task, context.document.text, report);
    const connect = get(service.input, "serviceConnectConfiguration");
    const isUsed = booleanOf(get(connect, "enabled")) === true && filled(connect, "services") !== undefined;
    if (connect && isUsed && isAbsent(connect, "namespace")) {
      report("service-connect-namespace", placeOfMissing(connect), {});
    }
    for (const entry of items(get(connect, "services"))) checkConnect(entry, task, report);
    if (task) checkLaunchType(service, task, report);
  },
};

function checkVolume(
  volume: JsonNode,
  task: TaskDefinitionView | undefined,
  text: string,
  report: Report,
): void {
  const ebs = given(volume, "managedEBSVolume");
  if (ebs?.type === "object") checkEbs(ebs, text, report);
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

function checkEbs(ebs: JsonNode, text: string, report: Report): void {
  const typeNode = given(ebs, "volumeType");
  // EBS takes gp3 where no type is given.
  const type = typeNode ? stringOf(typeNode) : "gp3";
  const iops = given(ebs, "iops");
  if (iops && type !== undefined && !["io1", "io2", "gp3"].includes(type)) {
    report("ebs-iops", keyOf(iops), { type }, { fixes: [removal(iops)] });
  }
  const throughput = given(ebs, "throughput");
  if (throughput && type !== undefined && type !== "gp3") {
    report("ebs-throughput", keyOf(throughput), { type }, { fixes: [removal(throughput)] });
  }
  if (isAbsent(ebs, "sizeInGiB") && isAbsent(ebs, "snapshotId")) {
    report(
      "ebs-size",
      placeOfMissing(ebs),
      {},
      {
        fixes: [fix('Add "sizeInGiB": 20', false, addMember(text, ebs, "sizeInGiB", "20"))],
      },
    );
  }
}

const dnsName = /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*$/;

function checkConnect(entry: JsonNode, task: TaskDefinitionView | undefined, report: Report): void {
  const aliases = get(entry, "clientAliases");
  const count = items(aliases).length;
  if (aliases && count > 1) report("service-connect-aliases", keyOf(aliases), { count });
  for (const alias of items(aliases)) {
    const node = get(alias, "dnsName");
    const name = stringOf(node);
    if (node && name !== undefined && !dnsName.test(name)) report("service-connect-dns-name", node, { name });
  }
  const portNode = get(entry, "portName");
  const port = stringOf(portNode);
  const names = task && portNames(task);
  if (!task || !names || !portNode || port === undefined || names.has(port)) return;
  const suggestion = nearest(port, names);
  const known = [...names].map((it) => `'${it}'`).join(", ");
  report(
    "service-connect-port",
    portNode,
    { name: port, advice: advise(suggestion, known ? `It has ${known}.` : "No port has a name.") },
    {
      related: inTask(task, "The containers.", get(task.input, "containerDefinitions")),
      fixes: [changeTo(portNode, suggestion)],
    },
  );
}

/** Names of all port mappings; `undefined` where a placeholder may name another one. */
function portNames({ input, containers }: TaskDefinitionView): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  if (isOpen(input) || isOpen(get(input, "containerDefinitions"))) return undefined;
  for (const { node } of containers) {
    const mappings = get(node, "portMappings");
    if (isOpen(node) || isOpen(mappings)) return undefined;
    for (const mapping of items(mappings)) {
      const nameNode = get(mapping, "name");
      const name = stringOf(nameNode);
      if (name !== undefined) names.add(name);
      else if (nameNode) return undefined;
    }
  }
  return names;
}

function checkLaunchType(
  { input, launchType, isDaemon }: ServiceView,
  task: TaskDefinitionView,
  report: Report,
): void {
  const node = get(input, "launchType");
  const list = filled(task.input, "requiresCompatibilities");
  // Launch types that no daemon has are said elsewhere.
  if (!node || launchType === undefined || !list || isOpen(list) || task.requires.size === 0) return;
  if (task.requires.has(launchType) || items(list).some((it) => stringOf(it) === undefined)) return;
  if (isDaemon && (launchType === "FARGATE" || launchType === "MANAGED_INSTANCES")) return;
  // A launch type that does not exist has its own finding.
  if (!shapeNamed("LaunchType").enum?.includes(launchType)) return;
  report(
    "launch-type-incompatible",
    node,
    { launchType, requires: [...task.requires].join(" and ") },
    {
      related: inTask(task, "The compatibilities of the task definition.", list),
      fixes: [changeTo(node, task.requires.size === 1 ? [...task.requires][0] : undefined, false)],
    },
  );
}
