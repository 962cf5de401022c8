// The filters of a placement in the order that ranks their reasons: the first reason of an instance is its headline.
// All of them are always asked, because a preview explains and a scheduler only decides.

import { agent } from "./filters/agent";
import { attributes } from "./filters/attributes";
import { constraints } from "./filters/constraints";
import { cpu } from "./filters/cpu";
import { eni } from "./filters/eni";
import type { Filter } from "./filters/filter";
import { gpu } from "./filters/gpu";
import { memory } from "./filters/memory";
import { platform } from "./filters/platform";
import { ports } from "./filters/ports";
import { status } from "./filters/status";
import { subnets } from "./filters/subnets";

/** Filters that say where the service wants a task at all: an instance they refuse is excluded. */
export const wantingFilters: readonly Filter[] = [
  // An instance that is not ACTIVE takes no task, whatever else holds.
  status,
  // What the author wrote; everything after it is about instances that the author meant.
  constraints,
];

/** Filters that say whether the task can run where it is wanted: an instance they refuse is blocked. */
export const fittingFilters: readonly Filter[] = [
  // Without its agent nothing else can be started, and it may be back in a moment.
  agent,
  // What the instance can never do without another agent, driver or plug-in …
  attributes,
  // … or is: another operating system or processor. Both outrank what a stopped task would free.
  platform,
  // The resources in the order in which ECS names them in its failure reasons.
  cpu,
  memory,
  ports,
  gpu,
  // Since only some of the instance types are known.
  eni,
  // Last, since only subnets that have an instance are known.
  subnets,
];
