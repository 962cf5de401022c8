// Which kind of document a text is, by its content and by its file name (kindSigns.ts has the names; a document that is
// recognized here by its content has one of the members listed there).

import model from "../../../../../schemas/api-model.json";
import { get, items, type JsonNode, type Member, members } from "../../source/tree";
import { editDistance, isNearMiss } from "../../text/spelling";
import type { DocumentKind } from "./documentKind";
import { kindByName } from "./kindSigns";
import { isForDaemons, managedInside, managedKindByContent, promisesDaemonDefinition } from "./managedKinds";

/** Members that other formats use too: alone they make no document ours. */
const common = new Set(
  "cluster service role tags monitoring clientToken cpu memory volumes family".split(" "),
);

const inputs = {
  taskDefinition: [model.shapes.RegisterTaskDefinitionRequest],
  service: [model.shapes.CreateServiceRequest, model.shapes.UpdateServiceRequest],
  // What is an ordinary definition's is corrected in a file whose name promises a daemon's.
  daemonTaskDefinition: [
    model.shapes.RegisterTaskDefinitionRequest,
    model.shapes.RegisterDaemonTaskDefinitionRequest,
  ],
  capacityProvider: [model.shapes.CreateCapacityProviderRequest],
} as const;

const distinctiveMembers: Readonly<Partial<Record<DocumentKind, readonly string[]>>> = {
  taskDefinition: ["family", "containers", ...namesOf("taskDefinition").filter((it) => !common.has(it))],
  service: namesOf("service").filter((it) => !common.has(it)),
  daemonTaskDefinition: namesOf("daemonTaskDefinition").filter((it) => !common.has(it)),
  daemon: [
    "daemonName",
    "daemonArn",
    "daemonTaskDefinitionArn",
    "capacityProviderArns",
    "clusterArn",
    "deploymentConfiguration",
    "propagateTags",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "critical",
  ],
  capacityProvider: ["managedInstancesProvider", "autoScalingGroupProvider"],
  clusterSnapshot: ["containerInstances", "tasks"],
  fleet: ["groups"],
};

function namesOf(kind: keyof typeof inputs): readonly string[] {
  return [...new Set(inputs[kind].flatMap((shape) => Object.keys(shape.members)))];
}

/** The kind that a document's members show, whatever it is called. */
function kindByContent(root: JsonNode | undefined): DocumentKind | undefined {
  if (root?.type !== "object" || isForeign(root)) return undefined;
  const has = (name: string) => get(root, name) !== undefined;
  const managed = managedKindByContent(root);
  if (managed !== undefined) return managed;
  if (has("containerDefinitions")) return isForDaemons(root) ? "daemonTaskDefinition" : "taskDefinition";
  if (get(get(root, "taskDefinition"), "containerDefinitions")) return "taskDefinition";
  if (serviceInside(root)) return "service";
  if (isServiceInput(root)) return "service";
  if (get(root, "containerInstances")?.type === "array") return "clusterSnapshot";
  return kindByMisspelling(root);
}

/** Elastic Beanstalk's `Dockerrun.aws.json` has `containerDefinitions` of its own format. */
function isForeign(root: JsonNode): boolean {
  return get(root, "AWSEBDockerrunVersion") !== undefined;
}

/**
 * `service` and `taskDefinition` are what the settings of many a deployment script have: they make an input of
 * UpdateService where no other member is foreign to it, or the task definition reads as a family with a revision or ARN.
 */
function isServiceInput(root: JsonNode): boolean {
  const has = (name: string) => get(root, name) !== undefined;
  if (has("serviceName")) return has("taskDefinition") || has("schedulingStrategy");
  if (!has("service") || !(has("taskDefinition") || has("schedulingStrategy"))) return false;
  const known = namesOf("service");
  const reference = get(root, "taskDefinition");
  return (
    (typeof reference?.value === "string" && /^arn:|^[\w-]+:\d+$/.test(reference.value)) ||
    firstMembers(root).every((it) => known.includes(it.name) || describedMembers.has(it.name))
  );
}

/** Members that answers of ECS have and no input. */
const describedMembers = new Set(["serviceArn", "clusterArn", "status", "runningCount", "pendingCount"]);

/** A letter off in the one member that shows the kind; what it holds has to fit, too. */
function kindByMisspelling(root: JsonNode): DocumentKind | undefined {
  const found = firstMembers(root);
  const containers = found.find(
    // CloudFormation and Terraform write it `ContainerDefinitions` and `container_definitions`.
    (it) =>
      /^[a-z][A-Za-z]*$/.test(it.name) &&
      isNearMiss(it.name, "containerDefinitions") &&
      it.value.type === "array",
  );
  if (containers && items(containers.value).some((it) => get(it, "image") ?? get(it, "name")))
    return "taskDefinition";
  const has = (name: string) => get(root, name)?.type === "string";
  const hasNear = (name: string) =>
    found.some((it) => it.value.type === "string" && editDistance(it.name, name, 1) <= 1);
  const isService =
    (has("serviceName") && (hasNear("taskDefinition") || hasNear("schedulingStrategy"))) ||
    (hasNear("serviceName") && (has("taskDefinition") || has("schedulingStrategy")));
  if (isService) return "service";
  const instances = found.find((it) => isNearMiss(it.name, "containerInstances"));
  const [instance] = items(instances?.value);
  return get(instance, "containerInstanceArn") ? "clusterSnapshot" : undefined;
}

/** A few members show what a document is; a hostile one may have millions. */
function firstMembers(root: JsonNode): readonly Member[] {
  return members(root).slice(0, 100);
}

/** The kind whose names a damaged text shows: one slip can cost the tree any of its members. */
function kindByText(text: string): DocumentKind | undefined {
  const has = (name: string) => new RegExp(`(?<![\\w\\\\])(?:"${name}\\b|${name}"|${name}\\s*:)`).test(text);
  if (has("AWSEBDockerrunVersion")) return undefined;
  if (has("daemonTaskDefinitionArn") && (has("daemonName") || has("capacityProviderArns"))) return "daemon";
  if (has("daemonTaskDefinition") && has("containerDefinitions")) return "daemonTaskDefinition";
  if (has("managedInstancesProvider")) return "capacityProvider";
  if (has("containerDefinitions")) return "taskDefinition";
  if (has("serviceName") && (has("taskDefinition") || has("schedulingStrategy"))) return "service";
  if (has("containerInstances") && has("containerInstanceArn")) return "clusterSnapshot";
  return undefined;
}

/** The service in an answer of `describe-services` (the first one) or `create-service`. */
export function serviceInside(root: JsonNode | undefined): JsonNode | undefined {
  const list = get(root, "services");
  const inner = list?.type === "array" ? list.children?.[0] : get(root, "service");
  return get(inner, "serviceArn") !== undefined || get(inner, "serviceName") !== undefined
    ? inner
    : undefined;
}

/** The node that is the operation's input: the root, or what an answer of ECS wraps. */
export function inputOf(kind: DocumentKind | undefined, root: JsonNode | undefined): JsonNode | undefined {
  switch (kind) {
    case "taskDefinition": {
      const inner = get(root, "taskDefinition");
      return get(inner, "containerDefinitions") && !get(root, "containerDefinitions") ? inner : root;
    }
    case "service":
      return serviceInside(root) ?? root;
    case "daemonTaskDefinition":
    case "daemon":
    case "capacityProvider":
      return managedInside(kind, root) ?? root;
    default:
      return root;
  }
}

/**
 * The kind of a document; `damagedText` is its text where that is no JSON. Content decides; a promising name helps where
 * the content is `{}`, cannot be read, or has a member of that kind (misspelt ones count), so that a stranger's
 * `user.service.json` is left alone.
 */
export function kindOf(
  fileName: string,
  root: JsonNode | undefined,
  damagedText?: string,
): DocumentKind | undefined {
  const promised = kindByName(fileName);
  const isBroken = damagedText !== undefined;
  if (promised === "query") return promised;
  if (foreignNames.test(fileName) || (root?.type === "object" && isForeign(root))) return undefined;
  const shown = kindByContent(root) ?? (isBroken ? kindByText(damagedText) : undefined);
  if (shown === "taskDefinition" && promised === "daemonTaskDefinition")
    return isDaemonsByName(fileName, root) ? promised : shown;
  if (shown !== undefined) return shown;
  return promised !== undefined && (isBroken || keepsPromise(promised, root)) ? promised : undefined;
}

/**
 * Whether a task definition whose name promises a daemon's is one. A name such as `daemon-task-definition.json` is also
 * that of a DAEMON service's definition: there what only an ordinary definition has counts more.
 */
function isDaemonsByName(fileName: string, root: JsonNode | undefined): boolean {
  if (get(get(root, "taskDefinition"), "containerDefinitions")) return false;
  return promisesDaemonDefinition(fileName) || root === undefined || isForDaemons(root) !== false;
}

/** Files of other tools, whatever they contain. */
const foreignNames = /(?:^|[/\\])Dockerrun\.aws\.json$/i;

function keepsPromise(kind: DocumentKind, root: JsonNode | undefined): boolean {
  if (root === undefined) return true;
  // Pages of a snapshot may stand in a list, and `--query` leaves a bare one.
  if (root.type === "array") return kind === "clusterSnapshot" && items(root).every(isOfSnapshot);
  if (root.type !== "object") return false;
  const found = firstMembers(root).map((it) => it.name);
  if (found.length === 0) return root.children?.length === 0;
  if (kind === "clusterSnapshot" && isOfSnapshot(root)) return true;
  const distinctive = distinctiveMembers[kind] ?? [];
  if (found.some((name) => distinctive.includes(name) || distinctive.some((it) => isNearMiss(name, it)))) {
    return true;
  }
  const known = kind in inputs ? namesOf(kind as keyof typeof inputs) : [];
  return found.every((name) => known.includes(name));
}

function isOfSnapshot(node: JsonNode): boolean {
  const detail = get(node, "detail") ?? get(node, "containerInstance") ?? node;
  return ["containerInstanceArn", "taskArn", "containerInstances", "tasks"].some(
    (it) => get(detail, it) !== undefined,
  );
}
