// What a service refers to: ARNs of another kind of resource than the property takes, and names in the place of ARNs.

import { at, get, items, type JsonNode, stringOf } from "../../source/tree";
import { aboutArn } from "../arns";
import type { Report, Rule } from "../rule";
import { changeTo, related } from "../ruleHelpers";
import { roleArn } from "../taskDefinition/roles";
import { serviceRule } from "./serviceRule";

export const serviceReferences = serviceRule(
  [
    "target-group-arn",
    "lattice-target-group",
    "listener-rule-arn",
    "hook-function",
    "service-role-arn",
    "same-target-group",
    "namespace-arn",
    "service-connect-tls-arn",
  ],
  ({ service: { input } }, report) => {
    for (const entry of items(get(input, "loadBalancers"))) checkBalancer(entry, report);
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
    const namespace = at(input, "serviceConnectConfiguration", "namespace");
    if (stringOf(namespace)?.startsWith("arn:")) checkArn(namespace, namespaceArn, "namespace-arn", report);
    for (const entry of items(at(input, "serviceConnectConfiguration", "services")))
      checkTls(get(entry, "tls"), report);
  },
);

const targetGroup = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:targetgroup\//;
/** Network Load Balancers have listeners without rules. */
const listenerRule = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:listener(?:-rule)?\//;
const latticeGroup = /^arn:[^:]+:vpc-lattice:[^:]*:[^:]*:targetgroup\//;
const lambda = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:/;
const namespaceArn = /^arn:[^:]+:servicediscovery:[^:]*:[^:]*:namespace\//;

function checkBalancer(entry: JsonNode, report: Report): void {
  const group = get(entry, "targetGroupArn");
  checkArn(group, targetGroup, "target-group-arn", report);
  const settings = get(entry, "advancedConfiguration");
  const alternate = get(settings, "alternateTargetGroupArn");
  checkArn(alternate, targetGroup, "target-group-arn", report);
  if (alternate && stringOf(alternate) && stringOf(alternate) === stringOf(group))
    report("same-target-group", alternate, {}, { related: related("The target group.", group) });
  checkArn(get(settings, "productionListenerRule"), listenerRule, "listener-rule-arn", report);
  checkArn(get(settings, "testListenerRule"), listenerRule, "listener-rule-arn", report);
  checkRole(get(settings, "roleArn"), report);
}

/** Whether a text is surely not the ARN that a property takes: a word in capitals, or one about ARNs, may be a placeholder. */
export function isOtherThan(text: string, expected: RegExp): boolean {
  if (text.startsWith("arn:")) return !expected.test(text) || aboutArn(text) !== "";
  return /^[A-Z0-9-]*[a-z][A-Za-z0-9-]*$/.test(text) && !/^(?:my|your|some|example)|arn/i.test(text);
}

const authorityArn = /^arn:[^:]+:acm-pca:[^:]*:[^:]*:certificate-authority\//;
const keyArn = /^arn:[^:]+:kms:[^:]*:[^:]*:(?:key|alias)\//;

/** Source: API model, ServiceConnectTlsConfiguration. A key may be named by its ID or alias, too. */
function checkTls(tls: JsonNode | undefined, report: Report): void {
  const authority = at(tls, "issuerCertificateAuthority", "awsPcaAuthorityArn");
  const key = get(tls, "kmsKey");
  const found = stringOf(authority);
  if (authority && found !== undefined && isOtherThan(found, authorityArn)) {
    const wanted = "certificate authority of AWS Private CA";
    const example = "arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID";
    report("service-connect-tls-arn", authority, { arn: found, because: aboutArn(found), wanted, example });
  }
  const arn = stringOf(key);
  if (key && arn?.startsWith("arn:") && isOtherThan(arn, keyArn)) {
    const example = "arn:aws:kms:REGION:ACCOUNT:key/ID";
    report("service-connect-tls-arn", key, {
      arn,
      because: aboutArn(arn),
      wanted: "key of AWS KMS",
      example,
    });
  }
  checkRole(get(tls, "roleArn"), report);
}

function checkArn(
  node: JsonNode | undefined,
  expected: RegExp,
  code: "target-group-arn" | "lattice-target-group" | "listener-rule-arn" | "hook-function" | "namespace-arn",
  report: Report,
): void {
  const arn = stringOf(node);
  if (node && arn !== undefined && isOtherThan(arn, expected))
    report(code, node, { arn, because: aboutArn(arn) });
}

/** A role that is used on behalf of the service, or of a capacity provider. */
export function checkRole(node: JsonNode | undefined, report: Report): void {
  const arn = stringOf(node);
  if (node && arn !== undefined && isOtherThan(arn, roleArn))
    report("service-role-arn", node, { arn, because: aboutArn(arn) });
}

/** Of services and of managed daemons: ECS looks alarms up by name. */
export const alarmNames: Rule = {
  codes: ["deployment-alarm-name"],
  check({ input }, report) {
    for (const node of items(at(input, "deploymentConfiguration", "alarms", "alarmNames"))) {
      const arn = stringOf(node);
      const [, name] = /^arn:[\w-]+:cloudwatch:[^:]*:[^:]*:alarm:(.*)$/.exec(arn ?? "") ?? [];
      if (arn !== undefined && name !== undefined)
        report("deployment-alarm-name", node, { arn }, { fixes: [changeTo(node, name || undefined)] });
    }
  },
};
