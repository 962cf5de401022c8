// ARNs in a service that name another kind of resource than the property asks for.

import { at, get, items, type JsonNode, stringOf } from "../../source/tree";
import type { Report } from "../rule";
import { roleArn } from "../taskDefinition/roles";
import { serviceRule } from "./serviceRule";

export const serviceReferences = serviceRule(
  ["lattice-target-group", "listener-rule-arn", "hook-function"],
  ({ service: { input } }, report) => {
    for (const entry of items(get(input, "loadBalancers"))) {
      const settings = get(entry, "advancedConfiguration");
      checkArn(get(settings, "alternateTargetGroupArn"), targetGroup, "target-group-arn", report);
      checkArn(get(settings, "productionListenerRule"), listenerRule, "listener-rule-arn", report);
      checkArn(get(settings, "testListenerRule"), listenerRule, "listener-rule-arn", report);
      checkRole(get(settings, "roleArn"), report);
    }
    for (const entry of items(get(input, "vpcLatticeConfigurations"))) {
      checkArn(get(entry, "targetGroupArn"), latticeGroup, "lattice-target-group", report);
      checkRole(get(entry, "roleArn"), report);
    }
    for (const volume of items(get(input, "volumeConfigurations")))
      checkRole(at(volume, "managedEBSVolume", "roleArn"), report);
    for (const hook of items(at(input, "deploymentConfiguration", "lifecycleHooks"))) {
      checkArn(get(hook, "hookTargetArn"), lambda, "hook-function", report);
      checkRole(get(hook, "roleArn"), report);
    }
  },
);

const targetGroup = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:targetgroup\//;
/** Network Load Balancers have listeners without rules. */
const listenerRule = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:listener(?:-rule)?\//;
const latticeGroup = /^arn:[^:]+:vpc-lattice:[^:]*:[^:]*:targetgroup\//;
const lambda = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/;

/** Only what is an ARN, and surely one of something else: a name may be a placeholder. */
function checkArn(
  node: JsonNode | undefined,
  expected: RegExp,
  code: "target-group-arn" | "lattice-target-group" | "listener-rule-arn" | "hook-function",
  report: Report,
): void {
  const arn = stringOf(node);
  if (node && arn?.startsWith("arn:") && !expected.test(arn)) report(code, node, { arn });
}

function checkRole(node: JsonNode | undefined, report: Report): void {
  const arn = stringOf(node);
  if (node && arn?.startsWith("arn:") && !roleArn.test(arn)) report("bad-role", node, { arn, because: "" });
}
