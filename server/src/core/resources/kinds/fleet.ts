// A fleet: a synthetic cluster, described by groups of container instances.

import { fleetShape } from "../../api/fleetShapes";
import type { Kind } from "./kind";

export const fleetSigns = { kind: "fleet", names: /\.ecs-fleet\.json$/i, members: [] } as const;

export const fleet: Kind = {
  signs: fleetSigns,
  noun: "a fleet",
  label: "fleet",
  shape: fleetShape,
  isCluster: true,
  hasGroups: true,
  distinctive: () => ["groups"],
};
