// The catalogue of diagnostics: data, one entry per code. Codes are stable for ever and never reused.

import { queryProblems } from "../query/problemCodes";
import { clusterFileFindings } from "./catalogue/clusterFiles";
import { constraintFindings } from "./catalogue/constraints";
import { containerFindings } from "./catalogue/containers";
import { daemonFindings } from "./catalogue/daemon";
import type { CatalogueEntry, Slots } from "./catalogue/entry";
import { fargateFindings } from "./catalogue/fargate";
import { loggingFindings } from "./catalogue/logging";
import { networkFindings } from "./catalogue/networking";
import { pastedFindings } from "./catalogue/pasted";
import { resourceFindings } from "./catalogue/resources";
import { serviceFindings } from "./catalogue/service";
import { serviceInstanceFindings } from "./catalogue/serviceInstances";
import { servicePartFindings } from "./catalogue/serviceParts";
import { shapeFindings } from "./catalogue/shape";
import { taskDefinitionFindings } from "./catalogue/taskDefinition";
import { volumeFindings } from "./catalogue/volumes";

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
