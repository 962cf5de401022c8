// Every fuzz target by its name, as `npm run fuzz` and the tests call it.

import { clusterTarget } from "./clusterTarget";
import { commandLineTarget } from "./commandLineTarget";
import { documentTarget } from "./documentTarget";
import { endpointTarget } from "./endpointTarget";
import { expressionTarget } from "./expressionTarget";
import type { FuzzTarget } from "./fuzzTarget";
import { languageServerTarget } from "./languageServerTarget";
import { layoutTarget } from "./layoutTarget";
import { rejectionTarget } from "./rejectionTarget";

/** Each target has its own type of input; whoever runs it only hands inputs from its supply to its check. */
const all = {
  expression: expressionTarget,
  document: documentTarget,
  cluster: clusterTarget,
  layout: layoutTarget,
  rejection: rejectionTarget,
  "language-server": languageServerTarget,
  endpoint: endpointTarget,
  "command-line": commandLineTarget,
};

export type TargetName = keyof typeof all;

export const targets = all as unknown as Readonly<Record<TargetName, FuzzTarget>>;
export const targetNames = Object.keys(all) as readonly TargetName[];
