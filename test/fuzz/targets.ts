// Every fuzz target by its name, as `npm run fuzz` and the tests call it.

import { clusterTarget } from "./clusterTarget";
import { commandLineTarget } from "./commandLineTarget";
import { documentTarget, realDefinitionTarget } from "./documentTarget";
import { endpointTarget } from "./endpointTarget";
import { expressionTarget } from "./expressionTarget";
import { formatTargets } from "./formatTargets";
import type { FuzzTarget } from "./fuzzTarget";
import { hostTarget } from "./hostTarget";
import { languageServerTarget } from "./languageServerTarget";
import { layoutTarget } from "./layoutTarget";
import { rejectionTarget } from "./rejectionTarget";

/**
 * Each target has its own type of input; whoever runs it only hands inputs from its supply to its check. The inputs of
 * each are the same on every machine.
 */
const all = {
  expression: expressionTarget,
  document: documentTarget,
  host: hostTarget,
  cluster: clusterTarget,
  layout: layoutTarget,
  rejection: rejectionTarget,
  "language-server": languageServerTarget,
  endpoint: endpointTarget,
  "command-line": commandLineTarget,
};

/** Targets that also start from files which are not part of the project, where they are at hand. */
const extra = { "real-definition": realDefinitionTarget, ...formatTargets };

export type OwnTargetName = keyof typeof all;
export type TargetName = OwnTargetName | keyof typeof extra;

const atHand = Object.fromEntries(
  Object.entries({ ...all, ...extra }).filter(([, target]) => target !== undefined),
);

export const targets = atHand as unknown as Readonly<Record<TargetName, FuzzTarget>>;
export const targetNames = Object.keys(atHand) as readonly TargetName[];
