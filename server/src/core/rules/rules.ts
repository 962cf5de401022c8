// All rules, in the order in which they run. Diagnostics are sorted by place afterwards; of two at one place the
// rule that stands first here speaks first, so what is wrong in form comes before what is wrong in meaning.

import { constraints } from "./constraints/constraints";
import { contradictingConstraints } from "./constraints/contradictingConstraints";
import { daemonCountsItself } from "./constraints/daemonCountsItself";
import { placementStrategies } from "./constraints/placementStrategies";
import { containerSettings } from "./containers/containerSettings";
import { containers } from "./containers/containers";
import { dependencies } from "./containers/dependencies";
import { linuxSettings } from "./containers/linuxSettings";
import { daemonService } from "./daemon/daemonService";
import { handMadeDaemon } from "./daemon/handMadeDaemon";
import { neverADaemon } from "./daemon/neverADaemon";
import { fargate } from "./fargate/fargate";
import { logging } from "./logging/logging";
import { logOptions } from "./logging/logOptions";
import { besideManagedDaemons } from "./managed/applicationRules";
import { managedNetwork } from "./managed/networkRules";
import { hostPorts } from "./networking/hostPorts";
import { networkMode } from "./networking/networkMode";
import { portRanges } from "./networking/portRanges";
import { ports } from "./networking/ports";
import { proxy } from "./networking/proxy";
import { pasted } from "./pasted/pasted";
import type { Rule } from "./rule";
import { executeCommand } from "./service/executeCommand";
import { loadBalancers } from "./service/loadBalancers";
import { service } from "./service/service";
import { serviceNetwork } from "./service/serviceNetwork";
import { serviceParts } from "./service/serviceParts";
import { shape } from "./shape/shape";
import { capacity } from "./sizes/capacity";
import { memory } from "./sizes/memory";
import { platforms } from "./sizes/platforms";
import { taskSizes } from "./sizes/taskSizes";
import { roles } from "./taskDefinition/roles";
import { secrets } from "./taskDefinition/secrets";
import { tags } from "./taskDefinition/tags";
import { taskDefinition } from "./taskDefinition/taskDefinition";
import { ebsVolumes } from "./volumes/ebsVolumes";
import { volumeKinds } from "./volumes/volumeKinds";
import { volumes } from "./volumes/volumes";

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
  managedNetwork,
  besideManagedDaemons,
]);
