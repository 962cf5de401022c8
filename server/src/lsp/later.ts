// What a document alone does not need is a bundle of its own: the features that answer a request of a view, a panel or a
// command, and what reaches ECS. It is loaded with the first of these requests.

export { connectEcs } from "../ecs/aws";
export { startLocalEndpoint } from "../local/startLocalEndpoint";

import type { ServerContext } from "./base/context";
import { registerClusterStudies } from "./clusters/clusterStudies";
import { registerCoverage } from "./coverage/coverageRequests";
import { registerManagedPreview } from "./preview/managedPreview";
import { registerPreview } from "./preview/preview";
import { registerAccountRequests } from "./requests/accountRequests";
import { registerClusterRequests } from "./requests/clusterRequests";
import { registerConversion } from "./requests/conversionRequests";
import { registerDeployRequests } from "./requests/deployRequests";
import { registerDocumentation } from "./requests/documentationRequests";
import { registerExpression } from "./requests/expressionRequests";
import { registerInspection } from "./requests/inspectRequests";
import { registerLocalRequests } from "./requests/localRequests";
import { registerManagedDeployment } from "./requests/managedDeployRequests";
import { registerShownTexts } from "./requests/shownTexts";
import { registerSimulation } from "./requests/simulationRequests";
import { registerTools } from "./requests/toolRequests";
import { registerTruthTable } from "./requests/truthTable";

/** Adds the answers of these features to those of the server. */
export function registerLater(context: ServerContext): void {
  for (const register of features) register(context);
}

const features: readonly ((context: ServerContext) => void)[] = [
  registerPreview,
  registerManagedPreview,
  registerConversion,
  registerManagedDeployment,
  registerInspection,
  registerTruthTable,
  registerShownTexts,
  registerSimulation,
  registerExpression,
  registerClusterRequests,
  registerDeployRequests,
  registerLocalRequests,
  registerAccountRequests,
  registerClusterStudies,
  registerCoverage,
  registerTools,
  registerDocumentation,
];
