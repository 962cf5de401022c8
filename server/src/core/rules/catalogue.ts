// The catalogue of diagnostics: data, one entry per code. Codes are stable for ever and never reused.

import { queryProblems } from "../query/problemCodes";
import type { CatalogueEntry, Slots } from "./catalogueEntry";
import { clusterFileFindings } from "./clusterFiles/catalogue";
import { constraintFindings } from "./constraints/catalogue";
import { containerFindings } from "./containers/catalogue";
import { daemonFindings } from "./daemon/catalogue";
import { fargateFindings } from "./fargate/catalogue";
import { loggingFindings } from "./logging/catalogue";
import { managedDaemonFindings } from "./managed/daemonCatalogue";
import { managedDefinitionFindings } from "./managed/definitionCatalogue";
import { networkFindings } from "./networking/catalogue";
import { pastedFindings } from "./pasted/catalogue";
import { serviceFindings } from "./service/catalogue";
import { serviceInstanceFindings } from "./service/instanceCatalogue";
import { servicePartFindings } from "./service/partCatalogue";
import { shapeFindings } from "./shape/catalogue";
import { resourceFindings } from "./sizes/catalogue";
import { taskDefinitionFindings } from "./taskDefinition/catalogue";
import { volumeFindings } from "./volumes/catalogue";

export const catalogue = {
  ...shapeFindings,
  ...pastedFindings,
  ...taskDefinitionFindings,
  ...containerFindings,
  ...resourceFindings,
  ...networkFindings,
  ...volumeFindings,
  ...loggingFindings,
  ...fargateFindings,
  ...constraintFindings,
  ...queryProblems,
  ...serviceFindings,
  ...servicePartFindings,
  ...serviceInstanceFindings,
  ...daemonFindings,
  ...managedDefinitionFindings,
  ...managedDaemonFindings,
  ...clusterFileFindings,
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

/** The page that explains a code. */
export function urlOf(code: Code): string {
  return `https://github.com/ecs-daemon/ecs-daemon/blob/main/docs/diagnostics.md#${code}`;
}
