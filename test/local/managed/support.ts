// Managed Instances for the tests of managed daemons.

/** The settings of a capacity provider whose instances have one of the types. */
export const managedProvider = (
  { allowed = ["m5.large"] }: { readonly allowed?: readonly string[] } = {},
  more: object = {},
) => ({
  infrastructureRoleArn: "arn:aws:iam::123456789012:role/ecsInfrastructureRole",
  instanceLaunchTemplate: {
    ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
    networkConfiguration: { subnets: ["subnet-0123456789abcdef0"], securityGroups: ["sg-0123456789abcdef0"] },
    instanceRequirements: {
      vCpuCount: { min: 1 },
      memoryMiB: { min: 512 },
      allowedInstanceTypes: [...allowed],
    },
  },
  ...more,
});
