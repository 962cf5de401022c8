// Findings about service input that hold for every service.

import { type CatalogueEntry, invalid } from "./entry";

export const serviceFindings = {
  "service-without-name": {
    severity: "hint",
    title: "Service without a name",
    message: "The service has no 'serviceName'. Add it, unless a flag gives it.",
    why: "CreateService requires a name; some tools pass it beside the file.",
  },
  "service-without-task-definition": {
    severity: "hint",
    title: "Service without a task definition",
    message: "The service has no 'taskDefinition'. Add it, unless a flag gives it.",
    why: "CreateService requires a task definition (only the EXTERNAL deployment controller does not); some tools pass it beside the file.",
  },
  "bad-service-name": {
    severity: "error",
    title: "Service name not allowed",
    message:
      "The service name '{name}' is not allowed. Use up to 255 letters, digits, underscores and hyphens.",
    why: "The name becomes part of the service's ARN.",
  },
  "bad-client-token": {
    severity: "error",
    title: "Client token not allowed",
    message: "The client token has to have 1 to 36 visible ASCII characters.",
    why: "ECS recognizes a repeated request by it.",
  },
  "percent-bounds": {
    severity: "error",
    title: "Deployment percentage out of bounds",
    message: "'{member}' is {percent}; it has to be {bound} 100.",
    why: "The percentages are of the desired count: at least so much stays up, at most so much runs during an update.",
    server: invalid("{member} must be {bound} 100"),
  },
  "percents-block": {
    severity: "error",
    title: "Percentages that block every deployment",
    message:
      "With both percentages at 100 no task may stop and none may start, so nothing can be updated. Lower 'minimumHealthyPercent'.",
    why: "An update has to stop an old task first or start a new one first.",
    server: invalid(
      "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    ),
  },
  "launch-type-and-capacity-provider": {
    severity: "error",
    title: "Launch type beside a capacity provider strategy",
    message: "'launchType' and 'capacityProviderStrategy' exclude each other. Remove one.",
    why: "Both say where tasks run.",
    server: invalid("Specifying both a launch type and capacity provider strategy is not supported"),
  },
  "capacity-provider-bases": {
    severity: "error",
    title: "Two capacity providers with a base",
    message:
      "Only one capacity provider of a strategy can have a 'base', and an earlier one has. Remove this one.",
    why: "The base is the number of tasks that run on one provider before the weights count.",
    server: invalid(
      "There are multiple capacity providers in the specified capacity provider strategy with a base value defined",
    ),
  },
  "capacity-provider-weights": {
    severity: "error",
    title: "No capacity provider has a weight",
    message:
      "Every 'weight' of the strategy is 0, so no provider would get a task. Give one a weight of at least 1.",
    why: "Tasks are shared out by weight.",
    server: invalid(
      "There are no capacity providers in the capacity provider strategy with a weight value greater than zero",
    ),
  },
  "fargate-placement": {
    severity: "error",
    title: "Placement on Fargate",
    message: "'{member}' chooses among container instances, and Fargate has none. Remove it.",
    why: "Fargate finds a place for each task itself.",
  },
  "platform-version-on-ec2": {
    severity: "error",
    title: "Platform version on EC2",
    message: "'platformVersion' is for Fargate, and the launch type is EC2. Remove it.",
    why: "The platform version is a version of Fargate.",
    server: invalid("The platform version must be null when specifying an EC2 launch type"),
  },
  "circuit-breaker-controller": {
    severity: "error",
    title: "Circuit breaker with another deployment controller",
    message:
      "The deployment circuit breaker works with the controller ECS, not with {controller}. Remove it.",
    why: "Other controllers watch deployments themselves.",
  },
  "code-deploy-load-balancer": {
    severity: "error",
    title: "CODE_DEPLOY without a load balancer",
    message:
      "The deployment controller CODE_DEPLOY needs a load balancer. Add 'loadBalancers', or use the controller ECS.",
    why: "CodeDeploy shifts the traffic of a load balancer from old tasks to new ones.",
    server: invalid("the service requires an Application Load Balancer or Network Load Balancer"),
  },
  "external-load-balancers": {
    severity: "error",
    title: "Load balancers with an EXTERNAL controller",
    message:
      "With the deployment controller EXTERNAL, load balancers belong to task sets. Remove 'loadBalancers'.",
    why: "An external controller makes the task sets, which have these settings.",
    server: invalid("LoadBalancers must be empty or null"),
  },
  "external-task-definition": {
    severity: "error",
    title: "Task definition with an EXTERNAL controller",
    message:
      "With the deployment controller EXTERNAL, the task definition belongs to task sets. Remove 'taskDefinition'.",
    why: "An external controller makes the task sets, which have these settings.",
    server: invalid("TaskDefinition must be blank"),
  },
  "load-balancer-kinds": {
    severity: "error",
    title: "Two load balancers in one entry",
    message: "An entry has 'targetGroupArn' or 'loadBalancerName', not both. Remove one.",
    why: "A target group is for Application and Network Load Balancers, a name for Classic ones.",
    server: invalid("loadBalancerName and targetGroupArn cannot both be specified"),
  },
  "load-balancer-classic-fargate": {
    severity: "error",
    title: "Classic Load Balancer with Fargate",
    message: "Fargate services cannot use a Classic Load Balancer. Use a target group.",
    why: "Classic Load Balancers know instances, not network interfaces.",
    server: invalid("Classic Load Balancers are not supported with Fargate"),
  },
  "load-balancer-container": {
    severity: "error",
    title: "Load balancer of a container that does not exist",
    message: "The task definition has no container '{name}'. {advice}",
    why: "The load balancer sends traffic to a container of the task.",
    server: invalid("The container {name} does not exist in the task definition"),
  },
  "load-balancer-port": {
    severity: "error",
    title: "Load balancer of a port that is not mapped",
    message: "The container '{name}' does not map the port {port}. {advice}",
    why: "The load balancer needs a port mapping to reach the container.",
    server: invalid("The container {name} did not have a container port {port} defined"),
  },
  "grace-period-without-load-balancer": {
    severity: "error",
    title: "Grace period without a load balancer",
    message:
      "'healthCheckGracePeriodSeconds' is about the health checks of a load balancer, and there is none. Remove it.",
    why: "During the grace period the service ignores what a load balancer says.",
    server: invalid("Health check grace period is only valid for services configured to use load balancers"),
  },
  "role-without-load-balancer": {
    severity: "error",
    title: "Role without a load balancer",
    message: "'role' is for services with load balancers, and this one has none. Remove it.",
    why: "ECS uses the role to talk to a load balancer.",
    server: invalid("IAM roles are only valid for services configured to use load balancers"),
  },
  "role-with-awsvpc": {
    severity: "error",
    title: "Role of an awsvpc service",
    message: "A service with network mode awsvpc uses the service-linked role of ECS. Remove 'role'.",
    why: "ECS has to manage network interfaces, which only the service-linked role allows.",
    server: invalid("You cannot specify an IAM role for services that require a service linked role"),
  },
  "network-configuration-missing": {
    severity: "error",
    title: "awsvpc task without a network configuration",
    message:
      "The task definition uses the network mode awsvpc, so the service needs 'networkConfiguration'. Add it.",
    why: "The network interface of each task needs a subnet.",
    server: invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified."),
  },
  "network-configuration-needless": {
    severity: "error",
    title: "Network configuration without awsvpc",
    message:
      "'networkConfiguration' is for the network mode awsvpc, and the task definition uses {mode}. Remove it.",
    why: "Tasks of other modes have no network interface of their own.",
    server: invalid("Network Configuration is not valid for the given networkMode of this task definition."),
  },
  "public-ip-on-ec2": {
    severity: "error",
    title: "Public address on EC2",
    message:
      "'assignPublicIp' can only be ENABLED on Fargate, and the launch type is {launchType}. Remove it.",
    why: "Interfaces of tasks on container instances get no public address.",
    server: invalid("Assign public IP is not supported for this launch type."),
  },
  "too-many-network-items": {
    severity: "error",
    title: "Too many subnets or security groups",
    message: "'{member}' lists {count} entries and ECS accepts at most {most}.",
    why: "ECS limits a network configuration to 16 subnets and 5 security groups.",
  },
  "too-many-target-groups": {
    severity: "error",
    title: "More than five load balancer entries",
    message: "There are {count} load balancer entries and ECS accepts at most 5.",
    why: "A service can have up to five target groups.",
  },
  "too-many-registries": {
    severity: "error",
    title: "More than one service registry",
    message: "'serviceRegistries' lists {count} entries and ECS accepts one. Keep one.",
    why: "A service registers its tasks in one place.",
    server: invalid("service registries can have at most 1 items"),
  },
  "registry-port-with-awsvpc": {
    severity: "error",
    title: "Container port of a registry in awsvpc mode",
    message: "With network mode awsvpc a registry takes 'port', not '{member}'. Remove it.",
    why: "The task has its own address, so no container's port mapping has to be looked up.",
    server: invalid("The values specified for serviceRegistries do not require a value for '{member}'"),
  },
  "registry-container-with-awsvpc": {
    severity: "warning",
    title: "Container of a registry in awsvpc mode",
    message:
      "With network mode awsvpc ECS refuses '{member}', unless the registry keeps SRV records. Write 'port' instead, or nothing for A records.",
    why: "Which records the registry keeps is said in Cloud Map, not in this file.",
  },
  "too-many-placement-strategies": {
    severity: "error",
    title: "More than five placement strategies",
    message: "There are {count} placement strategies and ECS accepts at most 5.",
    why: "Five is the limit of a service.",
    server: invalid("Maximum number of strategies is 5"),
  },
  "random-with-field": {
    severity: "error",
    title: "Field of a random strategy",
    message: "A placement strategy of the type random has no 'field'. Remove it.",
    why: "random chooses without looking at anything.",
    server: invalid("random field should not be specified"),
  },
  "binpack-field": {
    severity: "error",
    title: "Field of a binpack strategy",
    message: "A placement strategy of the type binpack takes the field cpu or memory, not '{field}'.",
    why: "binpack fills up instances by one of the two.",
    server: invalid("binpack field '{field}' is invalid"),
  },
  "ebs-iops": {
    severity: "error",
    title: "IOPS for this volume type",
    message: "'iops' is for the volume types io1, io2 and gp3, not {type}. Remove it.",
    why: "Other types have no provisioned IOPS.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-throughput": {
    severity: "error",
    title: "Throughput for this volume type",
    message: "'throughput' is for the volume type gp3, not {type}. Remove it.",
    why: "Only gp3 has a provisioned throughput.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-size": {
    severity: "error",
    title: "EBS volume without a size",
    message: "An EBS volume needs 'sizeInGiB' or 'snapshotId'. Add one.",
    why: "A new volume needs a size, one from a snapshot gets the snapshot's.",
    server: invalid("ECS managed EBS volume configuration was invalid"),
  },
  "ebs-unknown-volume": {
    severity: "error",
    title: "EBS volume that the task definition does not have",
    message: "The task definition has no volume '{name}' with \"configuredAtLaunch\": true. {advice}",
    why: "The service configures volumes that the task definition left to it.",
    server: invalid(
      "The volume name '{name}' in your request does not have a matching volume in your Task Definition",
    ),
  },
  "service-connect-dns-name": {
    severity: "error",
    title: "Not a DNS name",
    message: "'{name}' is no DNS name. Use letters, digits, hyphens and dots.",
    why: "Other tasks find the service under this name.",
    server: invalid("The DNS name that you provided is invalid"),
  },
  "service-connect-aliases": {
    severity: "error",
    title: "More than one client alias",
    message: "There are {count} client aliases and ECS accepts one for each port.",
    why: "Service Connect knows a port of a service under one name.",
    server: invalid("{count} clientAliases exceeds the max limit of 1"),
  },
  "service-connect-namespace": {
    severity: "hint",
    title: "Service Connect without a namespace",
    message: "No 'namespace' is given, so the cluster needs a default one. Add it here to be sure.",
    why: "Service Connect makes names in a Cloud Map namespace; without one here it takes the cluster's, and fails if there is none.",
    server: invalid("Namespace is missing"),
  },
  "service-connect-port": {
    severity: "error",
    title: "Port name that the task definition does not have",
    message: "No port mapping of the task definition is called '{name}'. {advice}",
    why: "Service Connect finds ports by the name of their mapping.",
    server: invalid("portName({name}) does not refer to any named PortMapping in the container definitions"),
  },
  "not-for-external-services": {
    severity: "warning",
    title: "Not for services on external instances",
    message: "'{member}' does not work with the launch type EXTERNAL (ECS Anywhere). Remove it.",
    why: "External instances are not in a VPC, so nothing there can balance load to them or register them.",
  },
  "launch-type-incompatible": {
    severity: "error",
    title: "Task definition is not for this launch type",
    message:
      "The launch type is {launchType}, but the task definition is only for {requires}. Change one of them.",
    why: "ECS registers a definition for the launch types in requiresCompatibilities and refuses to start it on others.",
    server: invalid("The selected launch type is not compatible with the task definition."),
  },
} as const satisfies Record<string, CatalogueEntry>;
