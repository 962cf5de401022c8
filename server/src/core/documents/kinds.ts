// Which kind of document a text is, by its content and by its file name (the names are those of the README).

import model from "../../../../schemas/api-model.json";
import { isNearMiss } from "../text/spelling";
import type { DocumentKind } from "./documentKind";
import { get, type JsonNode, members } from "./tree";

const names: readonly (readonly [DocumentKind, RegExp])[] = [
  ["query", /\.ecsquery$/i],
  ["clusterSnapshot", /\.ecs-cluster\.json$/i],
  ["fleet", /\.ecs-fleet\.json$/i],
  ["daemonTaskDefinition", /\.daemon-taskdef\.json$/i],
  ["daemon", /\.daemon\.json$/i],
  ["taskDefinition", /(\.taskdef\.json|task-definition.*\.json|task-def.*\.json|^taskdef\.json)$/i],
  ["service", /(\.service\.json|service-def.*\.json)$/i],
];

/** Members that other formats use too: alone they make no document ours. */
const common = new Set(
  "cluster service role tags monitoring clientToken cpu memory volumes family".split(" "),
);

const inputs = {
  taskDefinition: [model.shapes.RegisterTaskDefinitionRequest],
  service: [model.shapes.CreateServiceRequest, model.shapes.UpdateServiceRequest],
  daemonTaskDefinition: [model.shapes.RegisterTaskDefinitionRequest],
} as const;

const distinctiveMembers: Readonly<Partial<Record<DocumentKind, readonly string[]>>> = {
  taskDefinition: namesOf("taskDefinition").filter((it) => !common.has(it)),
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
  clusterSnapshot: ["containerInstances", "tasks"],
  fleet: ["groups"],
};

function namesOf(kind: keyof typeof inputs): readonly string[] {
  return [...new Set(inputs[kind].flatMap((shape) => Object.keys(shape.members)))];
}

/** The kind that a file name promises. */
export function kindByName(fileName: string): DocumentKind | undefined {
  const lastPart = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return names.find(([, pattern]) => pattern.test(lastPart))?.[0];
}

/** The kind that a document's members show, whatever it is called. */
export function kindByContent(root: JsonNode | undefined): DocumentKind | undefined {
  if (root?.type !== "object") return undefined;
  const has = (name: string) => get(root, name) !== undefined;
  if (has("daemonTaskDefinitionArn") && (has("daemonName") || has("capacityProviderArns"))) return "daemon";
  if (has("containerDefinitions")) return "taskDefinition";
  if (get(get(root, "taskDefinition"), "containerDefinitions")) return "taskDefinition";
  if (serviceInside(root)) return "service";
  if ((has("serviceName") || has("service")) && (has("taskDefinition") || has("schedulingStrategy"))) {
    return "service";
  }
  if (get(root, "containerInstances")?.type === "array") return "clusterSnapshot";
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

/**
 * Content decides; a promising name helps where the content is `{}`, cannot be read at all, or has a member of
 * that kind (misspelt ones count), so that a stranger's `user.service.json` is left alone.
 */
export function kindOf(
  fileName: string,
  root: JsonNode | undefined,
  broken: boolean,
): DocumentKind | undefined {
  const promised = kindByName(fileName);
  if (promised === "query" || promised === "daemonTaskDefinition") {
    return promised === "query" || keepsPromise(promised, root, broken) ? promised : undefined;
  }
  const shown = kindByContent(root);
  if (shown !== undefined) return shown;
  return promised !== undefined && keepsPromise(promised, root, broken) ? promised : undefined;
}

function keepsPromise(kind: DocumentKind, root: JsonNode | undefined, broken: boolean): boolean {
  if (root === undefined) return true;
  if (root.type !== "object") return broken;
  // A few members show what a document is; a hostile one may have millions.
  const found = members(root)
    .slice(0, 100)
    .map((it) => it.name);
  if (found.length === 0) return broken || root.children?.length === 0;
  const distinctive = distinctiveMembers[kind] ?? [];
  if (found.some((name) => distinctive.includes(name) || distinctive.some((it) => isNearMiss(name, it)))) {
    return true;
  }
  const known = kind === "taskDefinition" || kind === "service" ? namesOf(kind) : [];
  return found.every((name) => known.includes(name));
}
