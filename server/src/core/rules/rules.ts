// All rules, in the order in which they run. Diagnostics are sorted by place afterwards; of two at one place the
// rule that stands first here speaks first, so what is wrong in form comes before what is wrong in meaning.

import type { Rule } from "./rule";
import { capacity } from "./rules/capacity";
import { constraints } from "./rules/constraints";
import { containerSettings } from "./rules/containerSettings";
import { containers } from "./rules/containers";
import { contradictingConstraints } from "./rules/contradictingConstraints";
import { daemonCountsItself } from "./rules/daemonCountsItself";
import { daemonService } from "./rules/daemonService";
import { dependencies } from "./rules/dependencies";
import { ebsVolumes } from "./rules/ebsVolumes";
import { executeCommand } from "./rules/executeCommand";
import { fargate } from "./rules/fargate";
import { handMadeDaemon } from "./rules/handMadeDaemon";
import { hostPorts } from "./rules/hostPorts";
import { linuxSettings } from "./rules/linuxSettings";
import { loadBalancers } from "./rules/loadBalancers";
import { logging } from "./rules/logging";
import { logOptions } from "./rules/logOptions";
import { memory } from "./rules/memory";
import { networkMode } from "./rules/networkMode";
import { neverADaemon } from "./rules/neverADaemon";
import { pasted } from "./rules/pasted";
import { placementStrategies } from "./rules/placementStrategies";
import { platforms } from "./rules/platforms";
import { portRanges } from "./rules/portRanges";
import { ports } from "./rules/ports";
import { proxy } from "./rules/proxy";
import { roles } from "./rules/roles";
import { secrets } from "./rules/secrets";
import { service } from "./rules/service";
import { serviceNetwork } from "./rules/serviceNetwork";
import { serviceParts } from "./rules/serviceParts";
import { shape } from "./rules/shape";
import { tags } from "./rules/tags";
import { taskDefinition } from "./rules/taskDefinition";
import { taskSizes } from "./rules/taskSizes";
import { volumeKinds } from "./rules/volumeKinds";
import { volumes } from "./rules/volumes";

export const rules: readonly Rule[] = Object.freeze([
  pasted,
  shape,
  taskDefinition,
  roles,
  tags,
  containers,
  dependencies,
  containerSettings,
  secrets,
  memory,
  taskSizes,
  linuxSettings,
  ports,
  portRanges,
  hostPorts,
  networkMode,
  proxy,
  volumes,
  volumeKinds,
  logging,
  logOptions,
  platforms,
  fargate,
  constraints,
  contradictingConstraints,
  daemonCountsItself,
  service,
  capacity,
  placementStrategies,
  loadBalancers,
  serviceNetwork,
  serviceParts,
  ebsVolumes,
  daemonService,
  handMadeDaemon,
  executeCommand,
  neverADaemon,
]);
