// Registries, network configuration and role of a service, checked together with the task definition where the
// workspace has it.

import { type ServiceView, serviceView } from "../../documents/serviceView";
import type { TaskDefinitionView } from "../../documents/taskDefinitionView";
import { get, isOpen, items, keyOf, stringOf } from "../../documents/tree";
import { addMember, fix } from "../edits";
import type { Report, Rule } from "../rule";
import { filled, given, isAbsent, isAbsentOrEmpty, placeOfMissing, removal } from "./common";
import { inTask, referredTask } from "./otherFile";

export const serviceNetwork: Rule = {
  codes: [
    "role-without-load-balancer",
    "role-with-awsvpc",
    "network-configuration-missing",
    "network-configuration-needless",
    "public-ip-on-ec2",
    "too-many-network-items",
    "too-many-registries",
    "registry-port-with-awsvpc",
    "registry-container-with-awsvpc",
    "not-for-external-services",
  ],
  check(context, report) {
    const service = serviceView(context.document);
    if (!service) return;
    const task = referredTask(context, service);
    checkRegistries(service, task, report);
    checkExternal(service, report);
    checkNetwork(service, task, context.document.text, report);
    checkRole(service, task, report);
  },
};

function checkRegistries({ input }: ServiceView, task: TaskDefinitionView | undefined, report: Report): void {
  const list = filled(input, "serviceRegistries");
  const count = items(list).length;
  if (list && count > 1) report("too-many-registries", keyOf(list), { count });
  // A network configuration says as well that tasks have their own address.
  const isAwsvpc = task ? task.networkMode === "awsvpc" : filled(input, "networkConfiguration") !== undefined;
  if (!isAwsvpc) return;
  for (const registry of items(list)) {
    const port = given(registry, "containerPort");
    if (!port) continue;
    // With SRV records the pair of containerName and containerPort is documented in the place of `port`.
    const isPair = given(registry, "containerName") !== undefined && isAbsent(registry, "port");
    const code = isPair ? "registry-container-with-awsvpc" : "registry-port-with-awsvpc";
    report(code, keyOf(port), { member: "containerPort" }, { fixes: [removal(port)] });
  }
}

function checkNetwork(
  { input, launchType, controller }: ServiceView,
  task: TaskDefinitionView | undefined,
  text: string,
  report: Report,
): void {
  const configuration = filled(input, "networkConfiguration");
  const vpc = get(configuration, "awsvpcConfiguration");
  for (const [member, most] of [
    ["subnets", 16],
    ["securityGroups", 5],
  ] as const) {
    const list = get(vpc, member);
    const count = items(list).length;
    if (list && count > most) report("too-many-network-items", keyOf(list), { member, count, most });
  }
  const publicIp = get(vpc, "assignPublicIp");
  if (publicIp && stringOf(publicIp) === "ENABLED" && (launchType === "EC2" || launchType === "EXTERNAL")) {
    report("public-ip-on-ec2", publicIp, { launchType }, { fixes: [removal(publicIp)] });
  }
  if (!task || controller === "EXTERNAL") return;
  const modeNode = get(task.input, "networkMode");
  if (task.networkMode === "awsvpc" && !configuration && isAbsent(input, "networkConfiguration")) {
    const value = '{ "awsvpcConfiguration": { "subnets": ["<subnet>"] } }';
    report(
      "network-configuration-missing",
      placeOfMissing(input),
      {},
      {
        related: inTask(task, "The network mode.", modeNode),
        fixes: [
          fix("Add 'networkConfiguration'", false, addMember(text, input, "networkConfiguration", value)),
        ],
      },
    );
  }
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
  if (isAwsvpc) report("role-with-awsvpc", keyOf(role), {}, { fixes: [removal(role)] });
  else if (isAbsentOrEmpty(input, "loadBalancers")) {
    report("role-without-load-balancer", keyOf(role), {}, { fixes: [removal(role)] });
  }
}
