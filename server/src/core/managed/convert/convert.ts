// A DAEMON service and its task definition as a managed daemon: the new files, and what became of each property.

import { purposeOf } from "../../rules/managed/knownImages";
import { asFilledText, asText, objectsOf, type PlainObject } from "../../text/plainValue";
import { convertDefinition } from "./definition";
import { type Conversion, Ledger, type Question, type Refusal } from "./report";
import { convertService, definitionPlaceholder } from "./service";

/**
 * Converts the plain inputs of RegisterTaskDefinition and CreateService; without a service a daemon of the family's name
 * is made. Every property of both is in exactly one of carried, changed and lost, and no question is about one of them.
 */
export function convertToManaged(
  taskDefinition: PlainObject,
  service: PlainObject | undefined,
): Conversion | Refusal {
  const refused = refusalOf(taskDefinition, service);
  if (refused !== undefined) return { refused };
  const ofDefinition = new Ledger("taskDefinition");
  const ofService = new Ledger("service");
  const definition = convertDefinition(taskDefinition, ofDefinition);
  const family = asFilledText(taskDefinition.family) ?? "daemon";
  const settings = convertService(service ?? {}, family, ofService);
  const critical = proposedCriticality(taskDefinition);
  const daemon = {
    daemonName: family,
    daemonTaskDefinitionArn: definitionPlaceholder(family),
    capacityProviderArns: [providerPlaceholder],
    critical: critical.proposal,
    ...settings,
  };
  return {
    taskDefinition: withoutUndefined(definition),
    daemon,
    carried: [...ofDefinition.carried, ...ofService.carried],
    changed: [...ofDefinition.changed, ...ofService.changed],
    lost: [...ofDefinition.lost, ...ofService.lost],
    ask: [providerQuestion, critical].filter(
      ({ path }) => !Object.hasOwn(taskDefinition, path) && !Object.hasOwn(service ?? {}, path),
    ),
  };
}

const providerPlaceholder = "arn:aws:ecs:<region>:<account>:capacity-provider/<capacity-provider>";

const providerQuestion: Question = {
  path: "capacityProviderArns",
  proposal: providerPlaceholder,
  question:
    "On the instances of which Managed Instances capacity providers does the daemon run? Do its cpu and memory, which were sized for EC2 instances, fit their smallest instance type? Each instance gives them away.",
};

function proposedCriticality(taskDefinition: PlainObject): Question {
  const images = objectsOf(taskDefinition.containerDefinitions).map((it) => asText(it.image) ?? "");
  const purposes = images.flatMap((it) => purposeOf(it) ?? []);
  const isObserver = purposes.length > 0 && purposes.every((it) => it === "observer");
  const because = purposes.includes("security")
    ? "The image looks like a security sensor: true is proposed."
    : isObserver
      ? "The image looks like a shipper of logs or metrics: false is proposed."
      : "true is the default of ECS.";
  return {
    path: "critical",
    proposal: !isObserver,
    question: `Does ECS replace an instance whose daemon fails (true), or does the instance run without it (false)? ${because}`,
  };
}

function refusalOf(taskDefinition: PlainObject, service: PlainObject | undefined): string | undefined {
  const platform = taskDefinition.runtimePlatform as PlainObject | undefined;
  if (/^WINDOWS/i.test(asText(platform?.operatingSystemFamily) ?? ""))
    return "The task definition is for Windows; Managed Instances run Linux only.";
  // A service that does not say is a REPLICA one; an update does not have to say.
  const isNew = service?.serviceName !== undefined;
  const strategy = asText(service?.schedulingStrategy) ?? (isNew ? "REPLICA" : undefined);
  if (strategy !== undefined && strategy !== "DAEMON")
    return `The service's scheduling strategy is ${strategy}: only a DAEMON service is a daemon.`;
  const containers = objectsOf(taskDefinition.containerDefinitions);
  const needsGpu = (it: PlainObject) => objectsOf(it.resourceRequirements).some((one) => one.type === "GPU");
  if (containers.length > 0 && containers.every(needsGpu))
    return "Every container needs GPUs, which managed daemons do not get.";
  if (objectsOf(service?.loadBalancers).length > 0)
    return "The service is behind a load balancer, which managed daemons cannot be.";
  return undefined;
}

function withoutUndefined(object: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
