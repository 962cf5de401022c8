// How a service is deployed: what its strategy needs, alarms, early success, rebalancing between Availability Zones.

import type { ServiceView } from "../../resources/serviceView";
import { set } from "../../source/change";
import {
  at,
  booleanOf,
  get,
  isOpen,
  items,
  type JsonNode,
  keyOf,
  numberOf,
  stringOf,
} from "../../source/tree";
import { fix } from "../fix";
import type { Report } from "../rule";
import { filled, given, isAbsent, missingWords, placeOfMissing, related, removal } from "../ruleHelpers";
import { serviceRule } from "./serviceRule";

export const deployments = serviceRule(
  [
    "advanced-configuration-missing",
    "alternate-target-group-missing",
    "deployment-alarms-controller",
    "deployment-alarms-empty",
    "early-success-incomplete",
    "zone-rebalancing-unsupported",
  ],
  ({ service }, report) => {
    checkTrafficShift(service, report);
    checkAlarms(service, report);
    checkEarlySuccess(service, report);
    checkRebalancing(service, report);
  },
);

const shifting = new Set(["BLUE_GREEN", "LINEAR", "CANARY"]);

/** The words of ECS are known of one strategy. Source: terraform-aws-modules/terraform-aws-ecs#377. */
const linear = {
  exception: "ClientException",
  message:
    "advancedConfiguration field is required for all loadBalancers when using the linear deployment strategy",
} as const;

function checkTrafficShift({ input, controller }: ServiceView, report: Report): void {
  const strategyNode = at(input, "deploymentConfiguration", "strategy");
  const strategy = stringOf(strategyNode);
  if (strategy === undefined || !shifting.has(strategy)) return;
  if (controller !== undefined && controller !== "ECS") return;
  for (const balancer of items(get(input, "loadBalancers"))) {
    const settings = given(balancer, "advancedConfiguration");
    if (settings?.type === "object" && isAbsent(settings, "alternateTargetGroupArn"))
      report("alternate-target-group-missing", placeOfMissing(settings), { strategy });
    if (balancer.type !== "object" || !isAbsent(balancer, "advancedConfiguration")) continue;
    report(
      "advanced-configuration-missing",
      placeOfMissing(balancer),
      { strategy },
      {
        related: related("The strategy.", strategyNode),
        ...(strategy === "LINEAR" ? { server: linear } : {}),
      },
    );
  }
}

/** Source: API model, DeploymentAlarms. */
function checkAlarms({ input, controller, isDaemon }: ServiceView, report: Report): void {
  const alarms = given(get(input, "deploymentConfiguration"), "alarms");
  if (alarms?.type !== "object" || booleanOf(get(alarms, "enable")) !== true) return;
  if (controller !== undefined && controller !== "ECS") {
    // A daemon cannot have the controller at all.
    if (isDaemon) return;
    const extras = {
      related: related("The deployment controller.", at(input, "deploymentController", "type")),
      fixes: [removal(alarms)],
    };
    report("deployment-alarms-controller", keyOf(alarms), { controller }, extras);
    return;
  }
  const names = get(alarms, "alarmNames");
  if (names?.type === "array" && items(names).length === 0 && !isOpen(names))
    report("deployment-alarms-empty", names, {}, { fixes: [removal(alarms)] });
}

/** Source: API model, DeploymentEarlySuccessCriteria. */
function checkEarlySuccess({ input }: ServiceView, report: Report): void {
  const criteria = given(get(input, "deploymentConfiguration"), "earlySuccessCriteria");
  if (criteria?.type !== "object" || booleanOf(get(criteria, "enable")) !== true) return;
  const missing = ["healthyPercent", "sourceServiceRevisionCleanup"].filter((it) => isAbsent(criteria, it));
  if (missing.length > 0) report("early-success-incomplete", placeOfMissing(criteria), missingWords(missing));
}

const zone = "attribute:ecs.availability-zone";

/** Source: developer guide, service-rebalancing. Of daemons another diagnostic speaks. */
function checkRebalancing({ input, isDaemon, launchType }: ServiceView, report: Report): void {
  const node = get(input, "availabilityZoneRebalancing");
  if (!node || stringOf(node) !== "ENABLED" || isDaemon) return;
  const found = obstacle(input, launchType);
  if (!found) return;
  const extras = {
    related: related("Why.", found.place),
    fixes: [fix("Change to 'DISABLED'", false, set(node, "DISABLED"))],
  };
  report("zone-rebalancing-unsupported", node, { what: found.what }, extras);
}

function obstacle(
  input: JsonNode,
  launchType: string | undefined,
): { readonly what: string; readonly place: JsonNode | undefined } | undefined {
  if (launchType === "EXTERNAL") return { what: "the launch type EXTERNAL", place: get(input, "launchType") };
  const most = at(input, "deploymentConfiguration", "maximumPercent");
  const percent = numberOf(most);
  // Less than 100 is out of bounds, which is reported as that.
  if (most && percent === 100) return { what: `a 'maximumPercent' of ${percent}`, place: most };
  for (const balancer of items(get(input, "loadBalancers"))) {
    const name = filled(balancer, "loadBalancerName");
    if (name) return { what: "a Classic Load Balancer", place: name };
  }
  const strategies = get(input, "placementStrategy");
  const [first] = items(strategies);
  const type = stringOf(get(first, "type"));
  const field = get(first, "field");
  if (first && type !== undefined && !isOpen(strategies)) {
    const isOther = type !== "spread" || (field ? ![zone, undefined].includes(stringOf(field)) : false);
    if (isOther)
      return { what: `placement strategies that do not begin with spread over ${zone}`, place: first };
  }
  for (const constraint of items(get(input, "placementConstraints"))) {
    const expression = get(constraint, "expression");
    if (expression && (stringOf(expression) ?? "").includes(zone))
      return { what: `a placement constraint on ${zone}`, place: expression };
  }
  return undefined;
}
