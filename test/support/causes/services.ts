// Services that ECS refuses to create, in the words that were seen. The task definitions are those of `definedFor`.

import { type Causes, type Input, role } from "./cause";

const registryArn = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef";
const service = (more: Input): Input => ({
  serviceName: "s",
  taskDefinition: "bridge",
  desiredCount: 1,
  launchType: "EC2",
  ...more,
});
const daemon = (more: Input): Input => ({
  serviceName: "s",
  taskDefinition: "bridge",
  schedulingStrategy: "DAEMON",
  ...more,
});
const targetGroupArn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/0123456789abcdef";
export const subnets = { networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-01234567"] } } };
export const target = (more: Input) => ({
  loadBalancers: [{ targetGroupArn, containerName: "a", containerPort: 80, ...more }],
});
const percents = (minimumHealthyPercent: number, maximumPercent: number) => ({
  deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
});
const strategy = (...placementStrategy: readonly Input[]) => ({ placementStrategy });
const providers = (...given: readonly (readonly [string, number, number])[]) => ({
  launchType: undefined,
  capacityProviderStrategy: given.map(([capacityProvider, weight, base]) => ({
    capacityProvider,
    weight,
    base,
  })),
});
const connect = (more: Input, namespace: Input = { namespace: "n" }) => ({
  taskDefinition: "awsvpc",
  ...subnets,
  serviceConnectConfiguration: { enabled: true, ...namespace, services: [{ portName: "web", ...more }] },
});
const ebs = (more: Input, name = "v") => ({
  taskDefinition: "ebs",
  volumeConfigurations: [{ name, managedEBSVolume: { roleArn: role, sizeInGiB: 10, ...more } }],
});

export const serviceCauses: Causes = [
  [
    "…the service requires an Application Load Balancer or Network Load Balancer…",
    service({ deploymentController: { type: "CODE_DEPLOY" } }),
  ],
  ["minimumHealthyPercent must be at most 100…", service(percents(101, 200))],
  ["maximumPercent must be at least 100…", service(percents(0, 99))],
  [
    "Specifying both a launch type and capacity provider strategy is not supported…",
    service({ ...providers(["FARGATE", 1, 0]), launchType: "EC2" }),
  ],
  [
    "…loadBalancerName and targetGroupArn cannot both be specified…",
    service(target({ loadBalancerName: "l" })),
  ],
  ["Network Configuration is not valid for the given networkMode of this task definition.", service(subnets)],
  [
    "The platform version must be null when specifying an EC2 launch type…",
    service({ platformVersion: "LATEST" }),
  ],
  ["…binpack field 'disk' is invalid…", service(strategy({ type: "binpack", field: "disk" }))],
  [
    "There are multiple capacity providers in the specified capacity provider strategy with a base value defined…",
    service(providers(["FARGATE", 1, 1], ["FARGATE_SPOT", 1, 1])),
  ],
  [
    "There are no capacity providers in the capacity provider strategy with a weight value greater than zero…",
    service(providers(["FARGATE", 0, 0])),
  ],
  [
    "Classic Load Balancers are not supported with Fargate…",
    service({
      taskDefinition: "awsvpc",
      ...subnets,
      launchType: "FARGATE",
      loadBalancers: [{ loadBalancerName: "l", containerName: "a", containerPort: 80 }],
    }),
  ],
  [
    "The DNS name that you provided is invalid…",
    service(connect({ clientAliases: [{ port: 80, dnsName: "a_b!" }] })),
  ],
  [
    "2 clientAliases exceeds the max limit of 1…",
    service(connect({ clientAliases: [{ port: 80 }, { port: 81 }] })),
  ],
  [
    "portName(api) does not refer to any named PortMapping in the container definitions…",
    service(connect({ portName: "api" })),
  ],
  ["Namespace is missing…", service(connect({}, {}))],
  ["ECS managed EBS volume configuration was invalid…", service(ebs({ volumeType: "gp2", iops: 3000 }))],
  ["ECS managed EBS volume configuration was invalid…", service(ebs({ volumeType: "gp2", throughput: 200 }))],
  ["ECS managed EBS volume configuration was invalid…", service(ebs({ sizeInGiB: undefined }))],
  [
    "The volume name 'w' in your request does not have a matching volume in your Task Definition…",
    service(ebs({}, "w")),
  ],
  [
    "LoadBalancers must be empty or null…",
    service({ taskDefinition: undefined, deploymentController: { type: "EXTERNAL" }, ...target({}) }),
  ],
  ["TaskDefinition must be blank…", service({ deploymentController: { type: "EXTERNAL" } })],
  ["The container b does not exist in the task definition…", service(target({ containerName: "b" }))],
  ["The container a did not have a container port 81 defined…", service(target({ containerPort: 81 }))],
  [
    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    service(percents(100, 100)),
  ],
  [
    "distinctInstance expression should not be specified.",
    service({ placementConstraints: [{ type: "distinctInstance", expression: "attribute:a exists" }] }),
  ],
  [
    "distinctInstance expression should not be specified.",
    service({ placementConstraints: [{ type: "distinctInstance", expression: "" }] }),
  ],
  [
    "Maximum number of strategies is 5…",
    service(strategy(...Array.from({ length: 6 }, () => ({ type: "random" })))),
  ],
  ["random field should not be specified…", service(strategy({ type: "random", field: "cpu" }))],
  [
    "service registries can have at most 1 items…",
    service({ taskDefinition: "awsvpc", ...subnets, serviceRegistries: [{ registryArn }, { registryArn }] }),
  ],
  [
    "You cannot specify an IAM role for services that require a service linked role…",
    service({ taskDefinition: "awsvpc", ...subnets, role, ...target({}) }),
  ],
  ["IAM roles are only valid for services configured to use load balancers…", service({ role })],
  [
    "The service couldn't be created because Availability Zone Rebalancing does not support DAEMON as scheduling strategy. Update scheduling strategy and try again.",
    daemon({ availabilityZoneRebalancing: "ENABLED" }),
  ],
  [
    "The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again",
    daemon(percents(0, 200)),
  ],
  [
    "The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again",
    daemon({ desiredCount: 0 }),
  ],
  [
    "The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again",
    daemon(strategy({ type: "random" })),
  ],
  [
    "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
    daemon(providers(["FARGATE", 1, 0])),
  ],
  [
    "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
    daemon({ launchType: "FARGATE" }),
  ],
  [
    `When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition. Registry: ${registryArn}`,
    service({ serviceRegistries: [{ registryArn }] }),
  ],
  ["launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]", service({ launchType: "X" })],
  ["Scheduling strategy should be one of [REPLICA,DAEMON]", service({ schedulingStrategy: "X" })],
  ["DesiredCount is missing", service({ desiredCount: undefined })],
  ["DesiredCount can not be lesser than 0", service({ desiredCount: -1 })],
  [
    "subnets can not be empty.",
    service({ taskDefinition: "awsvpc", networkConfiguration: { awsvpcConfiguration: { subnets: [] } } }),
  ],
  ["idempotency token longer than 36.", service({ clientToken: "x".repeat(37) })],
  ["Invalid service name.", service({ serviceName: "a b" })],
  ["TaskDefinition not found.", service({ taskDefinition: "nobody" })],
];
