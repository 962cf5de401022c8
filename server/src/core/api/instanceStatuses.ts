// The statuses of container instances.

/** The statuses of ContainerInstance.status in the API model. */
export const instanceStatuses = [
  "ACTIVE",
  "DRAINING",
  "REGISTERING",
  "DEREGISTERING",
  "REGISTRATION_FAILED",
  "INACTIVE",
] as const;
