// Only an ACTIVE container instance takes daemon tasks, and no Managed Instance.

import type { InstanceStatus } from "../../cluster/containerInstance";
import type { Filter } from "./filter";

export const status: Filter = {
  name: "status",
  check: ({ instance }) => {
    if (instance.isManagedInstance)
      return [
        {
          filter: "status",
          code: "managed-instance",
          message: "The instance is a Managed Instance; daemon services run on other container instances.",
          available: "a Managed Instance",
          remedy: "Convert the service to a managed daemon.",
        },
      ];
    if (instance.isStatusUnknown)
      return [
        {
          filter: "status",
          code: "unknown-status",
          message: "The status of the instance is not known: its value cannot be read.",
          requested: "ACTIVE",
          unknown: true,
          remedy: "Correct the status, or capture the snapshot again.",
        },
      ];
    if (instance.status === "ACTIVE") return [];
    return [
      {
        filter: "status",
        code: `instance-${instance.status.toLowerCase().replaceAll("_", "-")}`,
        message: `The instance is ${instance.status}; a daemon service starts tasks on ACTIVE instances only.`,
        requested: "ACTIVE",
        available: instance.status,
        ...remedies[instance.status],
      },
    ];
  },
};

const remedies: Readonly<Record<InstanceStatus, { readonly remedy?: string }>> = {
  ACTIVE: {},
  DRAINING: { remedy: "Set the instance to ACTIVE again." },
  REGISTERING: { remedy: "Wait until the instance is registered." },
  DEREGISTERING: {},
  REGISTRATION_FAILED: { remedy: "Look into why its registration failed, and register it again." },
  INACTIVE: { remedy: "Register the instance again." },
};
