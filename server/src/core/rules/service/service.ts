// Service input of any strategy: names, percentages, deployment controller and strategy.

import type { ServiceView } from "../../resources/serviceView";
import { add, set } from "../../source/change";
import { at, booleanOf, get, isOpen, type JsonNode, keyOf, numberOf, stringOf } from "../../source/tree";
import { aboutArn } from "../arns";
import { invalid } from "../catalogueEntry";
import { fix } from "../fix";
import { entry, property, title } from "../fixTitle";
import type { Report } from "../rule";
import { changeTo, filled, isAbsent, placeOfMissing, related, removal } from "../ruleHelpers";
import { stemOf } from "../shape/missingValues";
import { type ServiceContext, serviceRule } from "./serviceRule";

export const service = serviceRule(
  [
    "service-without-name",
    "service-without-task-definition",
    "bad-service-name",
    "percent-bounds",
    "percents-block",
    "bad-task-definition-reference",
    "bad-cluster-reference",
    "deployment-strategy-settings",
    "circuit-breaker-controller",
    "external-task-definition",
    "external-task-set-member",
  ],
  (context, report) => {
    checkNames(context, report);
    checkPercents(context.service, report);
    checkController(context.service, report);
    checkStrategy(context.service, report);
  },
);

function checkNames(
  { document, operation, service: { input, mayBeExternal } }: ServiceContext,
  report: Report,
): void {
  const nameNode = get(input, "serviceName");
  const name = stringOf(nameNode);
  const member = operation === "updateService" ? "service" : "serviceName";
  if (isAbsent(input, member)) {
    const name = stemOf(document.source.file);
    const addition = fix(title`Add ${entry(member, name)}`, false, add(input, member, name));
    report("service-without-name", placeOfMissing(input), { member }, { fixes: [addition] });
  }
  const needsDefinition = operation === "createService" && !mayBeExternal;
  if (needsDefinition && isAbsent(input, "taskDefinition")) {
    report("service-without-task-definition", placeOfMissing(input), {});
  }
  if (nameNode && name !== undefined && !/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
    const cleaned = name
      .trim()
      .replace(/[^A-Za-z0-9_-]+/g, "-")
      .slice(0, 255);
    report(
      "bad-service-name",
      nameNode,
      { name },
      { fixes: [changeTo(nameNode, cleaned || undefined, false)] },
    );
  }
  const definition = get(input, "taskDefinition");
  const reference = stringOf(definition);
  const isLater = document.source.takesPlaceholders && revisionLater.test(reference ?? "");
  if (definition && reference !== undefined && !isReference(reference) && !isLater) {
    const tail = reference.startsWith("arn:")
      ? reference
      : reference
          .trim()
          .replace(/:(latest)?$/i, "")
          .replace(/[^A-Za-z0-9_:-]+/g, "-");
    const fixes = [tail !== reference && isReference(tail) ? changeTo(definition, tail, false) : undefined];
    const number = /^(?:arn:[^/]*\/)?[A-Za-z0-9_-]+:([^:/]+)$/.exec(reference)?.[1];
    const server =
      number === undefined ? {} : { server: invalid(`Invalid revision number. Number: ${number}`) };
    report(
      "bad-task-definition-reference",
      definition,
      { reference, because: aboutArn(reference) },
      { fixes, ...server },
    );
  }
  const cluster = get(input, "cluster");
  const clusterName = stringOf(cluster);
  if (cluster && clusterName && (!clusterReference.test(clusterName) || aboutArn(clusterName) !== "")) {
    report("bad-cluster-reference", cluster, { cluster: clusterName, because: aboutArn(clusterName) });
  }
}

const clusterReference = /^(arn:[\w-]+:ecs:[^:]*:[^:]*:cluster\/)?[A-Za-z0-9_-]{1,255}$/;

/** `web:TASK_REVISION`: a script writes the number there. */
const revisionLater = /^[^:\s]+:[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;

/** The account of the ARN may be written as a placeholder of any kind. */
function isReference(text: string): boolean {
  if (aboutArn(text) !== "") return false;
  const name = text.startsWith("arn:")
    ? /^arn:[\w-]+:ecs:[^:]*:[^:]*:task-definition\/(.+)$/.exec(text)?.[1]
    : text;
  return name !== undefined && /^[A-Za-z0-9_-]{1,255}(:[1-9]\d{0,9})?$/.test(name);
}

/** A fraction is the wrong type, which has its own diagnostic. */
function wholeNumber(node: JsonNode | undefined): number | undefined {
  const value = numberOf(node);
  return Number.isInteger(value) ? value : undefined;
}

function checkPercents({ input, isDaemon, document }: ServiceView, report: Report): void {
  const configuration = get(input, "deploymentConfiguration");
  const minimumNode = get(configuration, "minimumHealthyPercent");
  const maximumNode = get(configuration, "maximumPercent");
  const minimum = wholeNumber(minimumNode);
  const maximum = wholeNumber(maximumNode);
  const least = minimum === undefined || minimum < 0 || isDaemon || (maximum ?? 200) <= 100 ? 0 : 100;
  if (minimumNode && minimum !== undefined && (minimum > 100 || minimum < 0)) {
    report(
      "percent-bounds",
      minimumNode,
      { member: "minimumHealthyPercent", percent: minimum, bound: minimum < 0 ? "0 to" : "at most" },
      {
        fixes: [fix(`Change to ${least}`, false, set(minimumNode, least))],
      },
    );
  }
  if (maximumNode && maximum !== undefined && maximum < 100) {
    report(
      "percent-bounds",
      maximumNode,
      { member: "maximumPercent", percent: maximum, bound: "at least" },
      {
        fixes: [fix("Change to 100", false, set(maximumNode, 100))],
      },
    );
  }
  // Terraform sends neither of the two for a daemon.
  if (isDaemon && document.hosted?.host === "terraform") return;
  // A daemon's maximum is 100 where none is given.
  const most = maximum ?? (isDaemon && isAbsent(configuration ?? input, "maximumPercent") ? 100 : undefined);
  if (minimumNode && minimum === 100 && most === 100) {
    report(
      "percents-block",
      minimumNode,
      {},
      {
        related: related("The other percentage.", maximumNode),
        fixes: [fix(title`Change ${property("minimumHealthyPercent")} to 0`, false, set(minimumNode, 0))],
      },
    );
  }
}

function checkController({ input, controller, isDaemon }: ServiceView, report: Report): void {
  const breaker = at(input, "deploymentConfiguration", "deploymentCircuitBreaker");
  if (
    breaker &&
    controller !== undefined &&
    controller !== "ECS" &&
    !isDaemon &&
    booleanOf(get(breaker, "enable")) !== false
  ) {
    report(
      "circuit-breaker-controller",
      keyOf(breaker),
      { controller },
      {
        related: related("The deployment controller.", at(input, "deploymentController", "type")),
        fixes: [removal(breaker)],
      },
    );
  }
  const definition = filled(input, "taskDefinition");
  if (controller === "EXTERNAL" && definition && !isDaemon) {
    report("external-task-definition", keyOf(definition), {}, { fixes: [removal(definition)] });
  }
  for (const member of controller === "EXTERNAL" && !isDaemon ? ofTaskSets : []) {
    const value = filled(input, member);
    if (value) report("external-task-set-member", keyOf(value), { member }, { fixes: [removal(value)] });
  }
}

/** Source: API reference of CreateService, and the developer guide on external deployments. */
const ofTaskSets = [
  "networkConfiguration",
  "serviceRegistries",
  "platformVersion",
  "capacityProviderStrategy",
];

/** Linear and canary settings and early success belong to the strategies of these names (API model). */
function checkStrategy({ document, input }: ServiceView, report: Report): void {
  const configuration = get(input, "deploymentConfiguration");
  const strategyNode = get(configuration, "strategy");
  // What the service that is updated has nobody can know.
  const byDefault = document.operation === "updateService" ? undefined : "ROLLING";
  const strategy = strategyNode ? stringOf(strategyNode) : byDefault;
  if (strategy === undefined || !configuration || (!strategyNode && isOpen(configuration))) return;
  for (const [member, needed] of [
    ["linearConfiguration", "LINEAR"],
    ["canaryConfiguration", "CANARY"],
    ["earlySuccessCriteria", "ROLLING"],
  ] as const) {
    const value = filled(configuration, member);
    if (!value || strategy === needed) continue;
    report(
      "deployment-strategy-settings",
      keyOf(value),
      { member, needed, strategy },
      { related: related("The strategy.", strategyNode), fixes: [removal(value)] },
    );
  }
}
