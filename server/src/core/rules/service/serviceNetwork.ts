// Registries, network configuration and role of a service, checked together with the task definition where the
// workspace has it.

import type { ServiceView } from "../../resources/serviceView";
import type { TaskDefinitionView } from "../../resources/taskDefinitionView";
import { add } from "../../source/change";
import { get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { aboutArn } from "../arns";
import { fix } from "../fix";
import { property, title } from "../fixTitle";
import { checkMappedPort } from "../networking/mappedPorts";
import { inTask } from "../otherFile";
import type { Report } from "../rule";
import {
  advise,
  changeTo,
  filled,
  given,
  isAbsent,
  isAbsentOrEmpty,
  missingWords,
  placeOfMissing,
  related,
  removal,
  sureItems,
} from "../ruleHelpers";
import { serviceRule } from "./serviceRule";

export const serviceNetwork = serviceRule(
  [
    "role-without-load-balancer",
    "role-with-awsvpc",
    "role-with-linked-role",
    "network-configuration-missing",
    "network-configuration-needless",
    "public-ip-on-ec2",
    "too-many-network-items",
    "no-subnets",
    "wrong-network-id",
    "too-many-registries",
    "registry-incomplete",
    "registry-arn",
    "registry-without-arn",
    "registry-two-ports",
    "registry-container",
    "registry-port",
    "registry-port-with-awsvpc",
    "registry-container-with-awsvpc",
    "not-for-external-services",
  ],
  ({ service, task, operation }, report) => {
    checkRegistries(service, task, report);
    checkExternal(service, report);
    checkNetwork(service, task, report);
    if (operation === "createService") checkNetworkMissing(service, task, report);
    if (operation === "createService") checkRole(service, task, report);
  },
);

function checkRegistries({ input }: ServiceView, task: TaskDefinitionView | undefined, report: Report): void {
  const list = filled(input, "serviceRegistries");
  const count = sureItems(list).length;
  if (list && count > 1) report("too-many-registries", keyOf(list), { count });
  for (const registry of items(list)) checkRegistryArn(registry, report);
  // A network configuration says as well that tasks have their own address.
  if (task) for (const registry of items(list)) checkRegistry(registry, task, report);
  const isAwsvpc = task ? task.networkMode === "awsvpc" : filled(input, "networkConfiguration") !== undefined;
  for (const registry of items(list)) {
    if (!isAwsvpc) {
      if (task || isAbsentOrEmpty(input, "networkConfiguration")) checkRegistryPorts(registry, report);
      continue;
    }
    const port = given(registry, "containerPort");
    if (!port) continue;
    // With SRV records the pair of containerName and containerPort is documented in the place of `port`.
    const isPair = given(registry, "containerName") !== undefined && isAbsent(registry, "port");
    const code = isPair ? "registry-container-with-awsvpc" : "registry-port-with-awsvpc";
    report(code, keyOf(port), { member: "containerPort" }, { fixes: [removal(port)] });
  }
}

/** Source: API model, ServiceRegistry. */
function checkRegistryPorts(registry: JsonNode, report: Report): void {
  const port = given(registry, "port");
  const containerPort = given(registry, "containerPort");
  if (!port || !containerPort) return;
  const extras = {
    related: related("The port of the container.", keyOf(containerPort)),
    fixes: [removal(port), removal(containerPort)],
  };
  report("registry-two-ports", keyOf(port), {}, extras);
}

/** Anything that is no ARN at all may be a placeholder. */
function checkRegistryArn(registry: JsonNode, report: Report): void {
  if (registry.type === "object" && isAbsent(registry, "registryArn"))
    report("registry-without-arn", placeOfMissing(registry), {});
  const node = get(registry, "registryArn");
  const arn = stringOf(node);
  if (!node || arn === undefined || !/^(?:arn:|srv-)/.test(arn)) return;
  const isOther = !/^arn:[\w-]+:servicediscovery:[^:]*:[^:]*:service\/./.test(arn);
  if (isOther || aboutArn(arn) !== "") report("registry-arn", node, { arn, because: aboutArn(arn) });
}

/** What the registry says about a container, beside the task definition. */
function checkRegistry(registry: JsonNode, task: TaskDefinitionView, report: Report): void {
  const modeNode = get(task.input, "networkMode");
  const mode = modeNode ? task.networkMode : isOpen(task.input) ? undefined : "bridge";
  const missing = ["containerName", "containerPort"].filter((it) => isAbsent(registry, it));
  if ((mode === "bridge" || mode === "host") && missing.length > 0 && registry.type === "object") {
    const arn = stringOf(get(registry, "registryArn")) ?? "";
    report("registry-incomplete", placeOfMissing(registry), { mode, ...missingWords(missing), arn });
  }
  const nameNode = get(registry, "containerName");
  const name = stringOf(nameNode);
  if (!nameNode || name === undefined || !task.containerNames) return;
  const container = task.containers.find((it) => it.name === name);
  if (container) {
    checkMappedPort("registry-port", task, container, get(registry, "containerPort"), report);
    return;
  }
  const suggestion = nearest(name, task.containerNames);
  const known = [...task.containerNames].map((it) => `'${it}'`).join(", ");
  report(
    "registry-container",
    nameNode,
    { name, advice: advise(suggestion, `It has ${known}.`) },
    {
      related: inTask(task, "The containers.", get(task.input, "containerDefinitions")),
      fixes: [changeTo(nameNode, suggestion)],
    },
  );
}

function checkNetwork(
  { input, launchType, mayBeExternal, isDaemon }: ServiceView,
  task: TaskDefinitionView | undefined,
  report: Report,
): void {
  const configuration = filled(input, "networkConfiguration");
  const vpc = get(configuration, "awsvpcConfiguration");
  for (const [member, most] of [
    ["subnets", 16],
    ["securityGroups", 5],
  ] as const) {
    const list = get(vpc, member);
    const count = sureItems(list).length;
    if (list && count > most) report("too-many-network-items", keyOf(list), { member, count, most });
    if (member === "subnets" && list?.type === "array" && items(list).length === 0 && !isOpen(list))
      report("no-subnets", list, {});
    for (const item of items(list)) checkNetworkId(item, member, report);
  }
  const publicIp = get(vpc, "assignPublicIp");
  const isOnInstances = launchType === "EC2" || launchType === "EXTERNAL";
  // Of a launch type that is not for daemons there is another diagnostic.
  const isDaemonAlone = isDaemon && isAbsent(input, "launchType");
  if (publicIp && stringOf(publicIp) === "ENABLED" && (isOnInstances || isDaemonAlone)) {
    const place = isOnInstances ? `the launch type is ${launchType}` : "daemons run on container instances";
    report("public-ip-on-ec2", publicIp, { place }, { fixes: [removal(publicIp)] });
  }
  if (!task || mayBeExternal) return;
  const modeNode = get(task.input, "networkMode");
  const known = modeNode ? task.networkMode : isOpen(task.input) ? undefined : "bridge";
  if (configuration && known !== undefined && known !== "awsvpc") {
    report(
      "network-configuration-needless",
      keyOf(configuration),
      { mode: known },
      {
        related: inTask(task, "The network mode.", modeNode),
        fixes: [removal(configuration)],
      },
    );
  }
}

/** An update may leave out the network configuration that the service has. Fargate has no other mode. */
function checkNetworkMissing(
  { input, launchType, mayBeExternal, isDaemon }: ServiceView,
  task: TaskDefinitionView | undefined,
  report: Report,
): void {
  const strategy = get(input, "schedulingStrategy");
  const mayBeDaemon = isDaemon || (strategy !== undefined && stringOf(strategy) === undefined);
  const isOnFargate = !task && launchType === "FARGATE" && !mayBeDaemon;
  if (mayBeExternal || !isAbsentOrEmpty(input, "networkConfiguration")) return;
  if (task?.networkMode !== "awsvpc" && !isOnFargate) return;
  const value = { awsvpcConfiguration: { subnets: ["<subnet>"] } };
  // A template refers to its subnets, which a text in their place would hide.
  const change =
    isOnFargate || get(input, "networkConfiguration")
      ? undefined
      : fix(
          title`Add '${property("networkConfiguration")}'`,
          false,
          add(input, "networkConfiguration", value),
        );
  report(
    "network-configuration-missing",
    placeOfMissing(input),
    { what: isOnFargate ? "A task on Fargate" : "The task definition" },
    {
      related: task
        ? inTask(task, "The network mode.", get(task.input, "networkMode"))
        : related("The launch type.", get(input, "launchType")),
      fixes: [change],
    },
  );
}

const idsOf = {
  subnets: { prefix: "subnet-", wanted: "subnet" },
  securityGroups: { prefix: "sg-", wanted: "security group" },
};

/** An ID that begins like one of something else; what begins with nothing known may be a placeholder. */
export function checkNetworkId(node: JsonNode, member: keyof typeof idsOf, report: Report): void {
  const id = stringOf(node);
  const { prefix, wanted } = idsOf[member];
  // The name of every VPC's own security group is no ID either.
  const isOther = /^(subnet|sg|vpc|eni|rtb|acl|i)-[0-9a-f]{8,17}$|^arn:[\w-]+:ec2:|^default$/;
  if (id === undefined || id.startsWith(prefix) || !isOther.test(id)) return;
  const meant = id.startsWith("arn:") ? id.slice(id.lastIndexOf("/") + 1) : "";
  const fixes = meant.startsWith(prefix) ? [changeTo(node, meant)] : [];
  report("wrong-network-id", node, { id, wanted, prefix }, { fixes });
}

function checkExternal({ input, launchType }: ServiceView, report: Report): void {
  if (launchType !== "EXTERNAL") return;
  for (const member of ["loadBalancers", "serviceRegistries", "networkConfiguration"] as const) {
    const value = filled(input, member);
    if (value) report("not-for-external-services", keyOf(value), { member }, { fixes: [removal(value)] });
  }
}

function checkRole({ input }: ServiceView, task: TaskDefinitionView | undefined, report: Report): void {
  const role = filled(input, "role");
  if (!role) return;
  const isAwsvpc = task ? task.networkMode === "awsvpc" : filled(input, "networkConfiguration") !== undefined;
  const needs =
    sureItems(get(input, "loadBalancers")).length > 1
      ? "several target groups"
      : filled(input, "serviceRegistries") && "service discovery";
  if (isAwsvpc) report("role-with-awsvpc", keyOf(role), {}, { fixes: [removal(role)] });
  else if (needs) report("role-with-linked-role", keyOf(role), { needs }, { fixes: [removal(role)] });
  else if (isAbsentOrEmpty(input, "loadBalancers")) {
    report("role-without-load-balancer", keyOf(role), {}, { fixes: [removal(role)] });
  }
}
