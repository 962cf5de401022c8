// All rules, in the order in which they run. Diagnostics are sorted by place afterwards.

import type { Rule } from "./rule";
import { containers } from "./rules/containers";
import { daemonService } from "./rules/daemonService";
import { memory } from "./rules/memory";
import { ports } from "./rules/ports";
import { shape } from "./rules/shape";
import { volumes } from "./rules/volumes";

export const rules: readonly Rule[] = Object.freeze([
  shape,
  containers,
  memory,
  ports,
  volumes,
  daemonService,
]);
