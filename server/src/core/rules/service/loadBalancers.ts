// Load balancers of a service, checked together with the task definition where the workspace has it.

import type { ServiceView } from "../../resources/serviceView";
import { isOnlyFor, type TaskDefinitionView } from "../../resources/taskDefinitionView";
import { at, get, isOpen, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
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

export const loadBalancers = serviceRule(
  [
    "code-deploy-load-balancer",
    "external-load-balancers",
    "load-balancer-kinds",
    "load-balancer-incomplete",
    "load-balancer-classic-fargate",
    "load-balancer-container",
    "load-balancer-port",
    "grace-period-without-load-balancer",
    "too-many-target-groups",
  ],
  ({ service, task, operation }, report) => {
    checkLoadBalancers(service, report);
    if (operation === "createService") checkGracePeriod(service.input, task, report);
    for (const entry of items(given(service.input, "loadBalancers")))
      checkEntry(service, task, entry, report);
  },
);

function checkLoadBalancers({ input, controller, isDaemon }: ServiceView, report: Report): void {
  const list = filled(input, "loadBalancers");
  const controllerNode = at(input, "deploymentController", "type");
  // A daemon cannot have the controller at all.
  if (
    controller === "CODE_DEPLOY" &&
    !isDaemon &&
    !list &&
    controllerNode &&
    isAbsentOrEmpty(input, "loadBalancers")
  ) {
    report(
      "code-deploy-load-balancer",
      controllerNode,
      {},
      { fixes: [changeTo(controllerNode, "ECS", false)] },
    );
  }
  if (controller === "EXTERNAL" && !isDaemon && list) {
    report("external-load-balancers", keyOf(list), {}, { fixes: [removal(list)] });
  }
  const count = sureItems(list).length;
  if (list && count > 5) report("too-many-target-groups", keyOf(list), { count });
}

/** An update may leave out the load balancers that the service has. */
function checkGracePeriod(input: JsonNode, task: TaskDefinitionView | undefined, report: Report): void {
  const grace = given(input, "healthCheckGracePeriodSeconds");
  if (!grace || (numberOf(grace) ?? 0) <= 0 || !isAbsentOrEmpty(input, "loadBalancers")) return;
  const isUnchecked = isAbsentOrEmpty(input, "vpcLatticeConfigurations") && !mayHaveChecks(task);
  if (isUnchecked)
    report("grace-period-without-load-balancer", keyOf(grace), {}, { fixes: [removal(grace)] });
}

function mayHaveChecks(task: TaskDefinitionView | undefined): boolean {
  return (
    task === undefined ||
    isOpen(get(task.input, "containerDefinitions")) ||
    task.containers.some(({ node }) => !isAbsentOrEmpty(node, "healthCheck"))
  );
}

function checkEntry(
  { launchType }: ServiceView,
  task: TaskDefinitionView | undefined,
  entry: JsonNode,
  report: Report,
): void {
  const group = filled(entry, "targetGroupArn");
  const classic = filled(entry, "loadBalancerName");
  if (group && classic) {
    report(
      "load-balancer-kinds",
      keyOf(classic),
      {},
      {
        related: related("The target group.", keyOf(group)),
        fixes: [removal(classic), removal(group)],
      },
    );
  } else if (classic && (launchType === "FARGATE" || (task && isOnlyFor(task, "FARGATE")))) {
    report("load-balancer-classic-fargate", keyOf(classic), {});
  }
  checkComplete(entry, report);
  if (task) checkTarget(task, entry, report);
}

function checkComplete(entry: JsonNode, report: Report): void {
  if (entry.type !== "object") return;
  const missing = ["containerName", "containerPort"].filter((it) => isAbsent(entry, it));
  if (isAbsent(entry, "targetGroupArn") && isAbsent(entry, "loadBalancerName"))
    missing.push("targetGroupArn");
  if (missing.length > 0) report("load-balancer-incomplete", placeOfMissing(entry), missingWords(missing));
}

function checkTarget(task: TaskDefinitionView, entry: JsonNode, report: Report): void {
  const nameNode = get(entry, "containerName");
  const name = stringOf(nameNode);
  if (!nameNode || name === undefined || !task.containerNames) return;
  const container = task.containers.find((it) => it.name === name);
  if (!container) {
    const suggestion = nearest(name, task.containerNames);
    const advice = advise(
      suggestion,
      `It has ${[...task.containerNames].map((it) => `'${it}'`).join(", ")}.`,
    );
    report(
      "load-balancer-container",
      nameNode,
      { name, advice },
      {
        related: inTask(task, "The containers.", get(task.input, "containerDefinitions")),
        fixes: [changeTo(nameNode, suggestion)],
      },
    );
    return;
  }
  checkMappedPort("load-balancer-port", task, container, get(entry, "containerPort"), report);
}
