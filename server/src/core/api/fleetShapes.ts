// The fleet file in the form of the API model: it is ours and not ECS's, but is written with the same help.

import type { Shape } from "./apiShape";
import { instanceStatuses } from "./instanceStatuses";

/** Name of the shape of a whole fleet file. */
export const fleetShape = "Fleet";

export const fleetShapes: Readonly<Record<string, Shape>> = {
  Fleet: {
    type: "structure",
    members: { groups: "FleetGroups", capacityProviders: "FleetProviders" },
    required: ["groups"],
  },
  FleetGroups: { type: "list", item: "FleetGroup" },
  FleetGroup: {
    type: "structure",
    members: {
      count: "FleetCount",
      instanceType: "FleetText",
      zones: "FleetZones",
      attributes: "FleetAttributes",
      cpu: "FleetSize",
      memory: "FleetSize",
      status: "FleetStatus",
      agentConnected: "FleetFlag",
      capacityProvider: "FleetText",
      autoScalingGroup: "FleetText",
    },
  },
  FleetProviders: { type: "list", item: "FleetProvider" },
  FleetProvider: {
    type: "structure",
    members: { name: "FleetText", instanceRequirements: "InstanceRequirementsRequest" },
    required: ["name"],
  },
  FleetCount: { type: "integer", min: 0, max: 100_000 },
  FleetSize: { type: "integer", min: 1 },
  FleetText: { type: "string" },
  FleetZones: { type: "list", item: "FleetText" },
  FleetAttributes: { type: "map", value: "FleetText" },
  FleetStatus: { type: "string", enum: instanceStatuses },
  FleetFlag: { type: "boolean" },
};
