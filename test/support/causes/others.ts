// What other operations refuse, in the words that were seen. Services: `replica` and `daemon`, of the task definition `bridge`.

import type { Causes } from "./cause";
import { subnets, target } from "./services";

const onFargate = (capacityProvider: string, base = 0) => ({ capacityProvider, base, weight: 1 });
const group = (more: object) => ({
  name: "p",
  autoScalingGroupProvider: { autoScalingGroupArn: "g", ...more },
});
const logging = (executeCommandConfiguration: object) => ({
  clusterName: "c",
  configuration: { executeCommandConfiguration },
});
const oneWord = { type: "distinctInstance", expression: "" };

const clusters: Causes = [
  [
    "The specified capacity provider strategy contains multiple capacity providers with a base value defined…",
    {
      clusterName: "c",
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: [onFargate("FARGATE", 1), onFargate("FARGATE_SPOT", 1)],
    },
  ],
  [
    "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster…",
    {
      clusterName: "c",
      capacityProviders: ["FARGATE"],
      defaultCapacityProviderStrategy: [onFargate("FARGATE_SPOT")],
    },
  ],
  [
    "You must set logging to 'OVERRIDE' when you supply a log configuration…",
    logging({ logging: "DEFAULT", logConfiguration: { cloudWatchLogGroupName: "g" } }),
  ],
  [
    "A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration…",
    logging({ logging: "OVERRIDE" }),
  ],
];

const providers: Causes = [
  ["The specified capacity provider name is invalid…", { ...group({}), name: "ecs-p" }],
  [
    "The minimum or maximum scaling step size value is invalid…",
    group({ managedScaling: { status: "ENABLED", minimumScalingStepSize: 5, maximumScalingStepSize: 1 } }),
  ],
];

const updates: Causes = [
  [
    "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    { service: "daemon", desiredCount: 0 },
  ],
  [
    "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
    { service: "daemon", placementStrategy: [{ type: "random" }] },
  ],
  [
    "The service couldn't be updated because Availability Zone Rebalancing does not support DAEMON as scheduling strategy. Update scheduling strategy and try again.",
    { service: "daemon", availabilityZoneRebalancing: "ENABLED" },
  ],
  [
    "The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    { service: "replica", enableExecuteCommand: true },
  ],
  ["Task count can not be lesser than 0", { service: "replica", desiredCount: -1 }],
  [
    "The platform version must be null when specifying an EC2 launch type…",
    { service: "replica", platformVersion: "1.4.0" },
  ],
  [
    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    { service: "replica", deploymentConfiguration: { maximumPercent: 100 } },
  ],
  [
    "The container b does not exist in the task definition…",
    { service: "replica", ...target({ containerName: "b" }) },
  ],
  [
    "Network Configuration is not valid for the given networkMode of this task definition.",
    { service: "replica", ...subnets },
  ],
  ["TaskDefinition not found.", { service: "replica", taskDefinition: "nobody" }],
];

const tasks: Causes = [
  [
    "distinctInstance expression should not be specified.",
    { taskDefinition: "bridge", placementConstraints: [oneWord] },
  ],
  [
    "The execute command failed because a valid task role is not being used. Specify a valid task role in your task definition or as a task override and try again.",
    { taskDefinition: "bridge", enableExecuteCommand: true },
  ],
  [
    "The volume name 'w' in your request does not have a matching volume in your Task Definition…",
    {
      taskDefinition: "ebs",
      volumeConfigurations: [{ name: "w", managedEBSVolume: { roleArn: "r", sizeInGiB: 10 } }],
    },
  ],
  [
    "Maximum number of strategies is 5…",
    { taskDefinition: "bridge", placementStrategy: Array.from({ length: 6 }, () => ({ type: "random" })) },
  ],
  ["TaskDefinition not found.", { taskDefinition: "nobody" }],
];

export const otherCauses = {
  CreateCluster: clusters,
  CreateCapacityProvider: providers,
  UpdateService: updates,
  RunTask: tasks,
} as const;
