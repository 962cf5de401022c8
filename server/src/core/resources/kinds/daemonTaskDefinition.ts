// The task definition of a managed daemon: the input of RegisterDaemonTaskDefinition, or an answer of ECS about one.

import type { Node } from "../../source/node";
import { get } from "../../source/tree";
import { isForDaemons } from "./daemonMarks";
import type { Kind } from "./kind";
import { membersOf, withoutCommon } from "./membersOf";

export const daemonTaskDefinitionSigns = {
  kind: "daemonTaskDefinition",
  names: /(\.daemon-taskdef\.json|daemon-task-def(inition)?.*\.json)$/i,
  members: ["daemonTaskDefinition"],
} as const;

// What is an ordinary definition's is corrected in a file whose name promises a daemon's.
const properties = () => membersOf("RegisterTaskDefinitionRequest", "RegisterDaemonTaskDefinitionRequest");

export const daemonTaskDefinition: Kind = {
  signs: daemonTaskDefinitionSigns,
  noun: "a task definition of a managed daemon",
  label: "daemon task definition",
  isManaged: true,
  hasContainers: true,
  // Managed Instances run Linux only.
  os: "linux",
  recognizes(root) {
    if (wrapped(root) !== undefined) return true;
    if (get(root, "containerDefinitions") === undefined) return false;
    return get(root, "daemonTaskDefinitionArn") !== undefined || isForDaemons(root) === true;
  },
  recognizesText: (has) => has("daemonTaskDefinition") && has("containerDefinitions"),
  resembles: "taskDefinition",
  recognizesNamed(file, root) {
    if (get(get(root, "taskDefinition"), "containerDefinitions")) return false;
    return onlyDaemons.test(file) || root === undefined || isForDaemons(root) !== false;
  },
  distinctive: () => withoutCommon(properties()),
  properties,
  inputOf: (root) => wrapped(root) ?? root,
  operationOf: () => "registerDaemonTaskDefinition",
};

/** A name that only a daemon task definition has: it counts more than properties that daemons do not have. */
const onlyDaemons = /\.daemon-taskdef\.jsonc?$/i;

/** The input in an answer of `describe-daemon-task-definition`. */
function wrapped(root: Node | undefined): Node | undefined {
  const inner = get(root, "daemonTaskDefinition");
  return get(inner, "containerDefinitions") && !get(root, "containerDefinitions") ? inner : undefined;
}
