// Only an ACTIVE container instance of the service's launch type takes daemon tasks, and no Managed Instance.

import { externalAttribute } from "../../cluster/capabilities";
import type { ContainerInstance, InstanceStatus } from "../../cluster/containerInstance";
import { fitsLaunchType } from "../launchTypes";
import type { Reason } from "../placement";
import type { PreparedDaemon } from "../preparedDaemon";
import { accepted, type Filter } from "./filter";
import { unknownReason } from "./unknownReason";

export const status: Filter = {
  name: "status",
  check: ({ daemon, instance }) => {
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
    if (instance.status === "ACTIVE") return launchTypeReasons(daemon, instance);
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

function launchTypeReasons({ service }: PreparedDaemon, instance: ContainerInstance): readonly Reason[] {
  const fits = fitsLaunchType(service, instance);
  const { launchType = "EC2" } = service;
  if (fits === true) return accepted;
  if (typeof launchType !== "string")
    return [unknownReason("status", launchType, "the instance is an external one")];
  const isExternal = instance.attributes.has(externalAttribute);
  return [
    {
      filter: "status",
      code: isExternal ? "external-instance" : "not-external",
      message: isExternal
        ? "The instance is an external one; it runs tasks of the launch type EXTERNAL only."
        : "The instance is not an external one; tasks of the launch type EXTERNAL run on external instances only.",
      requested: launchType,
      available: isExternal ? "EXTERNAL" : "EC2",
      remedy: isExternal
        ? "External instances need a service of their own, with the launch type EXTERNAL."
        : "Instances of EC2 need a service of their own, with the launch type EC2.",
    },
  ];
}

const remedies: Readonly<Record<InstanceStatus, { readonly remedy?: string }>> = {
  ACTIVE: {},
  DRAINING: { remedy: "Set the instance to ACTIVE again." },
  REGISTERING: { remedy: "Wait until the instance is registered." },
  DEREGISTERING: {},
  REGISTRATION_FAILED: { remedy: "Look into why its registration failed, and register it again." },
  INACTIVE: { remedy: "Register the instance again." },
};
