// All rules, in the order in which they run. Diagnostics are sorted by place afterwards; of two at one place the
// rule that stands first here speaks first, so what is wrong in form comes before what is wrong in meaning.

import { constraints } from "./constraints/constraints";
import { contradictingConstraints } from "./constraints/contradictingConstraints";
import { daemonCountsItself } from "./constraints/daemonCountsItself";
import { placementStrategies } from "./constraints/placementStrategies";
import { daemonService } from "./daemon/daemonService";
import { handMadeDaemon } from "./daemon/handMadeDaemon";
import { neverADaemon } from "./daemon/neverADaemon";
import { contents, storageAndLogs } from "./definitionRules";
import { fargate } from "./fargate/fargate";
import { besideManagedDaemons } from "./managed/applicationRules";
import { managedNetwork } from "./managed/networkRules";
import { hostPorts } from "./networking/hostPorts";
import { networkMode } from "./networking/networkMode";
import { portRanges } from "./networking/portRanges";
import { ports } from "./networking/ports";
import { proxy } from "./networking/proxy";
import { proxyValues } from "./networking/proxyValues";
import type { Rule } from "./rule";
import { clientToken } from "./service/clientToken";
import { deployments } from "./service/deployments";
import { executeCommand } from "./service/executeCommand";
import { lifecycleHooks } from "./service/lifecycleHooks";
import { loadBalancers } from "./service/loadBalancers";
import { alarmNames, serviceReferences } from "./service/references";
import { service } from "./service/service";
import { serviceNetwork } from "./service/serviceNetwork";
import { serviceParts } from "./service/serviceParts";
import { capacity } from "./sizes/capacity";
import { platforms } from "./sizes/platforms";
import { ebsSettings } from "./volumes/ebsSettings";
import { ebsVolumes } from "./volumes/ebsVolumes";

export const rules: readonly Rule[] = Object.freeze([
  ...contents,
  ports,
  portRanges,
  hostPorts,
  networkMode,
  proxy,
  proxyValues,
  ...storageAndLogs,
  platforms,
  fargate,
  constraints,
  contradictingConstraints,
  daemonCountsItself,
  service,
  deployments,
  clientToken,
  capacity,
  placementStrategies,
  loadBalancers,
  serviceNetwork,
  serviceParts,
  serviceReferences,
  alarmNames,
  lifecycleHooks,
  ebsVolumes,
  ebsSettings,
  daemonService,
  handMadeDaemon,
  executeCommand,
  neverADaemon,
  managedNetwork,
  besideManagedDaemons,
]);
