// A task definition: the input of RegisterTaskDefinition, or an answer of DescribeTaskDefinition.

import type { Node } from "../../source/node";
import { get, items } from "../../source/tree";
import { isNearMiss } from "../../text/spelling";
import type { Kind } from "./kind";
import { firstMembers, membersOf, withoutCommon } from "./membersOf";

export const taskDefinitionSigns = {
  kind: "taskDefinition",
  names: /(\.taskdef\.json|task-definition.*\.json|task-def.*\.json|^taskdef\.json)$/i,
  members: ["containerDefinitions"],
  lookalike: "containerDefinitions",
} as const;

const properties = () => membersOf("RegisterTaskDefinitionRequest");

export const taskDefinition: Kind = {
  signs: taskDefinitionSigns,
  noun: "a task definition",
  label: "task definition",
  ofService: "taskDefinition",
  hasContainers: true,
  // One that is for daemons is recognized before.
  recognizes: (root) => hasContainers(root) || isAnswer(root),
  recognizesMisspelt(root) {
    const containers = firstMembers(root).find(
      // CloudFormation and Terraform write it `ContainerDefinitions` and `container_definitions`.
      (it) =>
        /^[a-z][A-Za-z]*$/.test(it.name) &&
        isNearMiss(it.name, "containerDefinitions") &&
        it.value.type === "array",
    );
    return items(containers?.value).some((it) => (get(it, "image") ?? get(it, "name")) !== undefined);
  },
  recognizesText: (has) => has("containerDefinitions"),
  distinctive: () => ["family", "containers", ...withoutCommon(properties())],
  properties,
  inputOf: unwrapped,
  operationOf: () => "registerTaskDefinition",
};

/** A word under the name, as in a file of translations, shows nothing. */
function hasContainers(object: Node | undefined): boolean {
  const containers = get(object, "containerDefinitions");
  const isWord = containers?.type === "string" && !containers.unknown;
  return containers !== undefined && !isWord && containers.type !== "boolean";
}

/** ECS answers with a list; settings of other tools have an object there. */
function isAnswer(root: Node | undefined): boolean {
  const containers = get(get(root, "taskDefinition"), "containerDefinitions");
  return containers !== undefined && (containers.type === "array" || containers.unknown === true);
}

function unwrapped(root: Node | undefined): Node | undefined {
  return isAnswer(root) && !get(root, "containerDefinitions") ? get(root, "taskDefinition") : root;
}
