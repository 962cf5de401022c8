// What the DAEMON scheduling strategy forbids in service input, or makes pointless.

import type { ServiceView } from "../../resources/serviceView";
import { remove, rename, set } from "../../source/change";
import { at, get, items, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { invalid } from "../catalogueEntry";
import { fix } from "../fix";
import { entry, property, title } from "../fixTitle";
import { inTask } from "../otherFile";
import type { Report } from "../rule";
import { filled, given, removal, shownDefinition } from "../ruleHelpers";
import { serviceRule } from "../service/serviceRule";

export const daemonService = serviceRule(
  [
    "daemon-desired-count",
    "daemon-placement-strategy",
    "daemon-maximum-percent",
    "daemon-minimum-percent",
    "daemon-minimum-not-sent",
    "daemon-capacity-provider",
    "daemon-zone-rebalancing",
    "daemon-launch-type",
    "daemon-external",
    "daemon-controller",
    "daemon-ebs-volumes",
  ],
  ({ service, task, operation }, report) => {
    if (!service.isDaemon) return;
    checkForbidden(service.input, report);
    checkRebalancing(service, operation === "updateService", report);
    checkPercents(service, report);
    checkCapacity(service, report);
    checkPlaces(service, report);
    const list = filled(task?.input, "requiresCompatibilities");
    const places = items(list).map(stringOf);
    const node = get(service.input, "taskDefinition");
    if (!task || !list || !node || !places.every((it) => it === "FARGATE" || it === "MANAGED_INSTANCES"))
      return;
    report(
      "daemon-launch-type",
      node,
      {
        launchType: places.join(" and "),
        advice: `Add EC2 to 'requiresCompatibilities' of task definition '${shownDefinition(task)}'`,
      },
      {
        related: inTask(task, "The compatibilities of the task definition.", list),
      },
    );
  },
);

function checkForbidden(input: JsonNode, report: Report): void {
  const count = given(input, "desiredCount");
  if (count) report("daemon-desired-count", keyOf(count), {}, { fixes: [removal(count, true)] });
  const strategy = filled(input, "placementStrategy");
  if (strategy)
    report("daemon-placement-strategy", keyOf(strategy), {}, { fixes: [removal(strategy, true)] });
  const volumes = filled(input, "volumeConfigurations");
  if (volumes) report("daemon-ebs-volumes", keyOf(volumes), {}, { fixes: [removal(volumes)] });
}

/** ECS names the operation, as it does for other services that it cannot rebalance. */
const rebalancingInUpdate =
  "The service couldn't be updated because Availability Zone Rebalancing does not support DAEMON as scheduling strategy. Update scheduling strategy and try again.";

function checkRebalancing({ input }: ServiceView, isUpdate: boolean, report: Report): void {
  const rebalancing = get(input, "availabilityZoneRebalancing");
  if (!rebalancing || stringOf(rebalancing) !== "ENABLED") return;
  report(
    "daemon-zone-rebalancing",
    rebalancing,
    {},
    {
      fixes: [fix("Change to 'DISABLED'", true, set(rebalancing, "DISABLED"))],
      ...(isUpdate ? { server: invalid(rebalancingInUpdate) } : {}),
    },
  );
}

function checkPercents({ input, document }: ServiceView, report: Report): void {
  const maximum = at(input, "deploymentConfiguration", "maximumPercent");
  const most = numberOf(maximum);
  if (maximum && most !== undefined && most > 100) {
    report(
      "daemon-maximum-percent",
      maximum,
      { percent: most },
      {
        fixes: [fix("Change to 100", true, set(maximum, 100))],
      },
    );
  }
  const minimum = at(input, "deploymentConfiguration", "minimumHealthyPercent");
  const percent = numberOf(minimum);
  if (minimum && percent === 100 && document.hosted?.host === "terraform")
    report("daemon-minimum-not-sent", minimum, {}, { fixes: [removal(minimum)] });
  // 100 blocks every update and is an error of its own.
  if (!minimum || percent === undefined || percent <= 0 || percent >= 100) return;
  const smallest = Math.ceil(100 / (100 - percent));
  const share = `with fewer than ${smallest} instances no task may stop, so an update never starts`;
  report(
    "daemon-minimum-percent",
    minimum,
    { percent, share },
    {
      // The default of the console, and right wherever there is more than one instance.
      ...(smallest === 2 ? { severity: "hint" as const } : {}),
      fixes: [fix("Change to 0", false, set(minimum, 0))],
    },
  );
}

function checkCapacity({ input }: ServiceView, report: Report): void {
  const providers = filled(input, "capacityProviderStrategy");
  if (!providers) return;
  const useEc2 = given(input, "launchType")
    ? fix(title`Remove '${property("capacityProviderStrategy")}'`, true, remove(providers))
    : fix(title`Replace by ${entry("launchType", "EC2")}`, true, [
        rename(providers, "launchType"),
        set(providers, "EC2"),
      ]);
  report("daemon-capacity-provider", keyOf(providers), {}, { fixes: [useEc2] });
}

const fargateDaemon = invalid(
  "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
);

function checkPlaces({ input, launchType, controller }: ServiceView, report: Report): void {
  const node = get(input, "launchType");
  if (node && (launchType === "FARGATE" || launchType === "MANAGED_INSTANCES")) {
    const orManaged = launchType === "MANAGED_INSTANCES" ? ", or a managed daemon" : "";
    const advice = `Use the launch type EC2${orManaged}`;
    report(
      "daemon-launch-type",
      node,
      { launchType, advice },
      {
        ...(launchType === "FARGATE" ? { server: fargateDaemon } : {}),
        fixes: [fix("Change to 'EC2'", false, set(node, "EC2"))],
      },
    );
  }
  if (node && launchType === "EXTERNAL") report("daemon-external", node, {});
  const type = at(input, "deploymentController", "type");
  if (type && (controller === "CODE_DEPLOY" || controller === "EXTERNAL")) {
    report(
      "daemon-controller",
      type,
      { controller },
      {
        fixes: [fix("Change to 'ECS'", false, set(type, "ECS"))],
      },
    );
  }
}
