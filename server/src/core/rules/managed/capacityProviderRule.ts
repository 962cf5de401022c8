// A capacity provider: its name, and the instances that it asks for.

import {
  get,
  isOpen,
  items,
  type JsonNode,
  keyOf,
  type Member,
  members,
  numberOf,
  stringOf,
} from "../../source/tree";
import type { Report, Rule } from "../rule";
import { changeTo, filled, given, isAbsent, placeOfMissing, related, removal } from "../ruleHelpers";
import { checkRole, isOtherThan } from "../service/references";
import { checkNetworkId } from "../service/serviceNetwork";

export const capacityProvider: Rule = {
  codes: [
    "bad-capacity-provider-name",
    "capacity-provider-cluster",
    "capacity-provider-two-kinds",
    "auto-scaling-group-arn",
    "termination-protection-scaling",
    "scaling-step-order",
    "instance-profile-arn",
    "instance-type-lists",
    "bad-instance-type",
    "instance-requirement-order",
  ],
  check({ input, operation }, report) {
    if (operation !== "createCapacityProvider" || input.type !== "object") return;
    checkName(get(input, "name"), report);
    const group = filled(input, "autoScalingGroupProvider");
    checkGroup(group, report);
    const provider = filled(input, "managedInstancesProvider");
    if (group && provider) {
      const [first, second] = group.offset < provider.offset ? [group, provider] : [provider, group];
      const extras = { related: related("The other one.", keyOf(first)), fixes: [removal(second)] };
      report("capacity-provider-two-kinds", keyOf(second), {}, extras);
    }
    if (provider?.type !== "object") return;
    if (isAbsent(input, "cluster")) report("capacity-provider-cluster", placeOfMissing(input), {});
    checkRole(get(provider, "infrastructureRoleArn"), report);
    const template = get(provider, "instanceLaunchTemplate");
    checkTemplate(template, report);
    checkRequirements(get(template, "instanceRequirements"), report);
  },
};

/** Up to 255 letters, digits, underscores and hyphens, and none of the prefixes (API model). */
function checkName(node: JsonNode | undefined, report: Report): void {
  const name = stringOf(node);
  if (!node || name === undefined) return;
  const isAllowed = /^[A-Za-z0-9_-]{1,255}$/.test(name) && !/^(?:aws|ecs|fargate)/i.test(name);
  if (!isAllowed) report("bad-capacity-provider-name", node, { name });
}

/** Source: API model, AutoScalingGroupProvider. */
function checkGroup(group: JsonNode | undefined, report: Report): void {
  const arnNode = get(group, "autoScalingGroupArn");
  const arn = stringOf(arnNode);
  // The name of the group will do.
  if (arnNode && arn?.startsWith("arn:") && !/^arn:[^:]+:autoscaling:[^:]*:[^:]*:autoScalingGroup:/.test(arn))
    report("auto-scaling-group-arn", arnNode, { arn });
  const scaling = get(group, "managedScaling");
  checkScaling(scaling, report);
  const protection = get(group, "managedTerminationProtection");
  const status = get(scaling, "status");
  const isOff = status ? stringOf(status) === "DISABLED" : group && isAbsent(group, "managedScaling");
  if (protection && stringOf(protection) === "ENABLED" && isOff)
    report(
      "termination-protection-scaling",
      protection,
      {},
      { fixes: [changeTo(protection, "DISABLED", false)] },
    );
}

function checkScaling(scaling: JsonNode | undefined, report: Report): void {
  const [least, most] = [get(scaling, "minimumScalingStepSize"), get(scaling, "maximumScalingStepSize")];
  const [from, to] = [numberOf(least), numberOf(most)];
  if (!least || from === undefined || to === undefined || from <= to) return;
  report("scaling-step-order", least, { least: from, most: to }, { related: related("The maximum.", most) });
}

function checkTemplate(template: JsonNode | undefined, report: Report): void {
  const profile = get(template, "ec2InstanceProfileArn");
  const arn = stringOf(profile);
  if (profile && arn !== undefined && isOtherThan(arn, /^arn:[^:]+:iam::[^:]*:instance-profile\/./))
    report("instance-profile-arn", profile, { arn });
  const network = get(template, "networkConfiguration");
  const subnets = given(network, "subnets");
  if (subnets?.type === "array" && items(subnets).length === 0 && !isOpen(subnets))
    report("no-subnets", subnets, {});
  for (const it of items(subnets)) checkNetworkId(it, "subnets", report);
  for (const it of items(get(network, "securityGroups"))) checkNetworkId(it, "securityGroups", report);
}

function checkRequirements(requirements: JsonNode | undefined, report: Report): void {
  if (requirements?.type !== "object") return;
  const [allowed, excluded] = [
    filled(requirements, "allowedInstanceTypes"),
    filled(requirements, "excludedInstanceTypes"),
  ];
  if (allowed && excluded) {
    const place = allowed.offset > excluded.offset ? allowed : excluded;
    report("instance-type-lists", keyOf(place), {}, { fixes: [removal(place)] });
  }
  for (const list of [allowed, excluded]) for (const it of items(list)) checkType(it, report);
  for (const it of members(requirements)) checkOrder(it, report);
}

/** Source: pattern of AllowedInstanceType and ExcludedInstanceType in the API model. */
function checkType(node: JsonNode, report: Report): void {
  const type = stringOf(node);
  if (type !== undefined && type !== "" && !/^[a-zA-Z0-9.*-]+$/.test(type))
    report("bad-instance-type", node, { type });
}

function checkOrder({ name, value }: Member, report: Report): void {
  const [least, most] = [numberOf(get(value, "min")), get(value, "max")];
  const to = numberOf(most);
  if (!most || least === undefined || to === undefined || least <= to) return;
  report("instance-requirement-order", most, { member: name, least, most: to });
}
