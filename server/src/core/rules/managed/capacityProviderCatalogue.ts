// Diagnostics about capacity providers: the input of CreateCapacityProvider.

import { type CatalogueEntry, client, invalid } from "../catalogueEntry";

export const capacityProviderDiagnostics = {
  "bad-capacity-provider-name": {
    severity: "error",
    title: "Name that no capacity provider can have",
    message:
      "'{name}' is not a valid name of a capacity provider. Use up to 255 letters, digits, underscores and hyphens, and do not begin with aws, ecs or fargate.",
    why: "The prefixes are reserved for the capacity providers that AWS itself has, such as FARGATE_SPOT.",
    server: client("The specified capacity provider name is invalid"),
  },
  "capacity-provider-cluster": {
    severity: "error",
    title: "Managed Instances without a cluster",
    message: "A capacity provider for Managed Instances needs a 'cluster'. Add it.",
    why: "Capacity providers for Managed Instances belong to one cluster and cannot be associated with it later.",
  },
  "capacity-provider-two-kinds": {
    severity: "error",
    title: "Capacity provider of two kinds",
    message:
      "A capacity provider has either 'autoScalingGroupProvider' or 'managedInstancesProvider', and both are given. Remove one.",
    why: "Its instances come from an Auto Scaling group, or ECS launches them itself.",
    server: invalid("Specify either 'autoScalingGroupProvider' or 'managedInstancesProvider' and try again."),
  },
  "auto-scaling-group-arn": {
    severity: "error",
    title: "Not the ARN of an Auto Scaling group",
    message:
      "'{arn}' is not a valid ARN of an Auto Scaling group. It looks like arn:aws:autoscaling:REGION:ACCOUNT:autoScalingGroup:ID:autoScalingGroupName/NAME; the name of the group will do, too.",
    why: "The instances of the capacity provider are those of an Auto Scaling group.",
  },
  "termination-protection-scaling": {
    severity: "warning",
    title: "Termination protection without managed scaling",
    message:
      "Managed termination protection does not work without managed scaling. Enable 'managedScaling', or disable the protection.",
    why: "ECS protects instances from a scale-in that it manages itself.",
  },
  "scaling-step-order": {
    severity: "error",
    title: "Smallest scaling step above the largest",
    message:
      "'minimumScalingStepSize' ({least}) is more than 'maximumScalingStepSize' ({most}). Make it at most as large.",
    why: "ECS scales out by a number of instances between the two.",
    server: client("The minimum or maximum scaling step size value is invalid"),
  },
  "instance-profile-arn": {
    severity: "error",
    title: "Not the ARN of an instance profile",
    message:
      "'{arn}' is not a valid ARN of an instance profile. It looks like arn:aws:iam::ACCOUNT:instance-profile/NAME.",
    why: "EC2 gives an instance its rights by an instance profile, which holds a role; the ARN of the role alone does not do.",
  },
  "instance-type-lists": {
    severity: "warning",
    title: "Instance types both allowed and excluded",
    message:
      "'allowedInstanceTypes' and 'excludedInstanceTypes' are both given. Only the allowed types are considered: remove one of the lists.",
    why: "A list of allowed types leaves out every other one already.",
  },
  "bad-instance-type": {
    severity: "error",
    title: "Not an instance type",
    message:
      "'{type}' is not a valid instance type or pattern. Use letters, digits, dots, hyphens and *, for example m5.large or c5*.",
    why: "The API model has this pattern for the types of both lists.",
  },
  "instance-requirement-order": {
    severity: "warning",
    title: "Requirement that no instance meets",
    message: "'{member}' has a minimum of {least} and a maximum of {most}: no instance type meets both.",
    why: "ECS selects instance types within the range.",
  },
} as const satisfies Record<string, CatalogueEntry>;
