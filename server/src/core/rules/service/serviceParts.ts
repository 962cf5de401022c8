// Service Connect of a service, and whether its launch type suits the task definition.

import { shapeNamed } from "../../api/apiModel";
import type { ServiceView } from "../../resources/serviceView";
import type { TaskDefinitionView } from "../../resources/taskDefinitionView";
import { booleanOf, get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import type { ProposedFix } from "../fix";
import { checkLogOptions } from "../logging/logging";
import { inTask } from "../otherFile";
import type { Report } from "../rule";
import {
  advise,
  changeTo,
  filled,
  isAbsent,
  makeRegister,
  placeOfMissing,
  related,
  sureItems,
} from "../ruleHelpers";
import { serviceRule } from "./serviceRule";

export const serviceParts = serviceRule(
  [
    "service-connect-dns-name",
    "service-connect-aliases",
    "service-connect-port",
    "lattice-port",
    "service-connect-namespace",
    "service-connect-discovery-name",
    "service-connect-name-twice",
    "service-connect-network-mode",
    "service-connect-access-log",
    "launch-type-incompatible",
  ],
  ({ service, task }, report) => {
    const connect = get(service.input, "serviceConnectConfiguration");
    const isUsed = booleanOf(get(connect, "enabled")) === true && filled(connect, "services") !== undefined;
    if (connect && isUsed && isAbsent(connect, "namespace")) {
      report("service-connect-namespace", placeOfMissing(connect), {});
    }
    const accessLog = filled(connect, "accessLogConfiguration");
    if (connect && accessLog && isAbsent(connect, "logConfiguration")) {
      report("service-connect-access-log", keyOf(accessLog), {});
    }
    const log = filled(connect, "logConfiguration");
    if (log?.type === "object") checkLogOptions(log, report);
    const names = makeRegister();
    for (const entry of items(get(connect, "services"))) {
      checkConnect(entry, task, report);
      const node = get(entry, "discoveryName") ?? (isOpen(entry) ? undefined : get(entry, "portName"));
      const name = stringOf(node);
      const earlier = node && name ? names.note(name, node) : undefined;
      if (node && name && earlier)
        report("service-connect-name-twice", node, { name }, { related: related("The first one.", earlier) });
    }
    for (const entry of items(get(service.input, "vpcLatticeConfigurations"))) {
      checkPortName("lattice-port", get(entry, "portName"), task, report);
    }
    const mode = task?.networkMode;
    if (
      connect &&
      task &&
      booleanOf(get(connect, "enabled")) === true &&
      (mode === "host" || mode === "none")
    ) {
      report(
        "service-connect-network-mode",
        keyOf(connect),
        { mode },
        { related: inTask(task, "The network mode.", get(task.input, "networkMode")) },
      );
    }
    if (task) checkLaunchType(service, task, report);
  },
);

/** Up to 127 lowercase letters, digits, underscores, hyphens and dots, as ECS documents. */
const dnsName = /^(?=.{1,127}$)[a-z0-9_][a-z0-9_-]{0,62}(\.[a-z0-9_][a-z0-9_-]{0,62})*$/;
const discoveryName = /^[a-z0-9_][a-z0-9_-]{0,63}$/;

function checkConnect(entry: JsonNode, task: TaskDefinitionView | undefined, report: Report): void {
  const aliases = get(entry, "clientAliases");
  const count = sureItems(aliases).length;
  if (aliases && count > 1) report("service-connect-aliases", keyOf(aliases), { count });
  for (const alias of items(aliases)) {
    const node = get(alias, "dnsName");
    const name = stringOf(node);
    if (!node || name === undefined || dnsName.test(name)) continue;
    report("service-connect-dns-name", node, { name }, { fixes: [lowerCase(node, name, dnsName)] });
  }
  const discovery = get(entry, "discoveryName");
  const discovered = stringOf(discovery);
  if (discovery && discovered !== undefined && !discoveryName.test(discovered)) {
    const fixes = [lowerCase(discovery, discovered, discoveryName)];
    report("service-connect-discovery-name", discovery, { name: discovered }, { fixes });
  }
  checkPortName("service-connect-port", get(entry, "portName"), task, report);
}

/** A port is referred to by the name that its mapping has. */
function checkPortName(
  code: "service-connect-port" | "lattice-port",
  portNode: JsonNode | undefined,
  task: TaskDefinitionView | undefined,
  report: Report,
): void {
  const port = stringOf(portNode);
  const names = task && portNames(task);
  if (!task || !names || !portNode || port === undefined || names.has(port)) return;
  const suggestion = nearest(port, names);
  const known = [...names].map((it) => `'${it}'`).join(", ");
  report(
    code,
    portNode,
    { name: port, advice: advise(suggestion, known ? `It has ${known}.` : "No port has a name.") },
    {
      related: inTask(task, "The containers.", get(task.input, "containerDefinitions")),
      fixes: [changeTo(portNode, suggestion)],
    },
  );
}

function lowerCase(node: JsonNode, name: string, allowed: RegExp): ProposedFix | undefined {
  const lower = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return allowed.test(lower) ? changeTo(node, lower, lower === name.toLowerCase()) : undefined;
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
      else if (nameNode || isOpen(mapping)) return undefined;
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
  // That a daemon cannot run there is said elsewhere.
  if (!node || launchType === undefined || !list || isOpen(list) || task.requires.size === 0) return;
  if (task.requires.has(launchType) || items(list).some((it) => stringOf(it) === undefined)) return;
  const noDaemon = (it: string) => it === "FARGATE" || it === "MANAGED_INSTANCES";
  if (isDaemon && (noDaemon(launchType) || [...task.requires].every(noDaemon))) return;
  // A launch type that does not exist has its own diagnostic.
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
