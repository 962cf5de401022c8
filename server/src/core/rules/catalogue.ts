// The catalogue of diagnostics: data, one entry per code. Codes are stable for ever and never reused.

import { queryProblems } from "../query/problemCodes";
import type { CatalogueEntry, Slots } from "./catalogueEntry";
import { clusterFileDiagnostics } from "./clusterFiles/catalogue";
import { constraintDiagnostics } from "./constraints/catalogue";
import { containerDiagnostics } from "./containers/catalogue";
import { daemonDiagnostics } from "./daemon/catalogue";
import { fargateDiagnostics } from "./fargate/catalogue";
import { loggingDiagnostics } from "./logging/catalogue";
import { capacityProviderDiagnostics } from "./managed/capacityProviderCatalogue";
import { managedDaemonDiagnostics } from "./managed/daemonCatalogue";
import { managedDefinitionDiagnostics } from "./managed/definitionCatalogue";
import { networkDiagnostics } from "./networking/catalogue";
import { pastedDiagnostics } from "./pasted/catalogue";
import { serviceDiagnostics } from "./service/catalogue";
import { serviceDeploymentDiagnostics } from "./service/deploymentCatalogue";
import { serviceInstanceDiagnostics } from "./service/instanceCatalogue";
import { servicePartDiagnostics } from "./service/partCatalogue";
import { shapeDiagnostics } from "./shape/catalogue";
import { sizeDiagnostics } from "./sizes/catalogue";
import { taskDefinitionDiagnostics } from "./taskDefinition/catalogue";
import { volumeDiagnostics } from "./volumes/catalogue";

/** By topic, which names the folder of the rules, the folder of the fixtures and the page of the documentation. */
const topics = {
  shape: shapeDiagnostics,
  pasted: pastedDiagnostics,
  taskDefinition: taskDefinitionDiagnostics,
  containers: containerDiagnostics,
  sizes: sizeDiagnostics,
  networking: networkDiagnostics,
  volumes: volumeDiagnostics,
  logging: loggingDiagnostics,
  fargate: fargateDiagnostics,
  constraints: constraintDiagnostics,
  expressions: queryProblems,
  service: {
    ...serviceDiagnostics,
    ...serviceDeploymentDiagnostics,
    ...servicePartDiagnostics,
    ...serviceInstanceDiagnostics,
  },
  daemon: daemonDiagnostics,
  managed: { ...managedDefinitionDiagnostics, ...managedDaemonDiagnostics, ...capacityProviderDiagnostics },
  clusterFiles: clusterFileDiagnostics,
} as const satisfies Record<string, Record<string, CatalogueEntry>>;

export type Topic = keyof typeof topics;

export const catalogue = {
  ...topics.shape,
  ...topics.pasted,
  ...topics.taskDefinition,
  ...topics.containers,
  ...topics.sizes,
  ...topics.networking,
  ...topics.volumes,
  ...topics.logging,
  ...topics.fargate,
  ...topics.constraints,
  ...topics.expressions,
  ...topics.service,
  ...topics.daemon,
  ...topics.managed,
  ...topics.clusterFiles,
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;

type SlotsOf<C extends Code> =
  | Slots<(typeof catalogue)[C]["message"]>
  | ((typeof catalogue)[C] extends { readonly server: { readonly message: infer Text extends string } }
      ? Slots<Text>
      : never);

/** What a rule has to know to speak about a code. */
export type ParamsOf<C extends Code> = Readonly<Record<SlotsOf<C>, string | number>>;

/** The entry of a code, without the exact types of its texts. */
export function entryOf(code: Code): CatalogueEntry {
  return catalogue[code];
}

const topicsByCode: ReadonlyMap<string, Topic> = new Map(
  (Object.keys(topics) as Topic[]).flatMap((topic) =>
    Object.keys(topics[topic]).map((code) => [code, topic] as const),
  ),
);

/** The topic of a code; undefined where it is not a code of the catalogue. */
export function topicOf(code: string): Topic | undefined {
  return topicsByCode.get(code);
}

/** The place that explains a code: `docs/diagnostics/TOPIC.md#CODE` of the repository. */
export function urlOf(code: Code): string {
  return `https://github.com/ecs-daemon/ecs-daemon/blob/main/docs/diagnostics/${topicOf(code)}.md#${code}`;
}
