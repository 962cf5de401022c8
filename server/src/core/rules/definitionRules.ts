// Rules of task definitions of both kinds, for ordinary tasks and for managed daemons, in their order.

import { containerSettings } from "./containers/containerSettings";
import { containers } from "./containers/containers";
import { containerUser } from "./containers/containerUser";
import { dependencies } from "./containers/dependencies";
import { linuxSettings } from "./containers/linuxSettings";
import { logging } from "./logging/logging";
import { logOptions } from "./logging/logOptions";
import { logOptionValues } from "./logging/logOptionValues";
import { pasted } from "./pasted/pasted";
import type { Rule } from "./rule";
import { shape } from "./shape/shape";
import { memory } from "./sizes/memory";
import { systemControls } from "./sizes/systemControls";
import { taskSizes } from "./sizes/taskSizes";
import { roles } from "./taskDefinition/roles";
import { secrets } from "./taskDefinition/secrets";
import { tags } from "./taskDefinition/tags";
import { taskDefinition } from "./taskDefinition/taskDefinition";
import { volumeKinds } from "./volumes/volumeKinds";
import { volumeReferences } from "./volumes/volumeReferences";
import { volumes } from "./volumes/volumes";

export const contents: readonly Rule[] = [
  pasted,
  shape,
  taskDefinition,
  roles,
  tags,
  containers,
  containerUser,
  dependencies,
  containerSettings,
  secrets,
  memory,
  taskSizes,
  linuxSettings,
  systemControls,
];

export const storageAndLogs: readonly Rule[] = [
  volumes,
  volumeKinds,
  volumeReferences,
  logging,
  logOptions,
  logOptionValues,
];
