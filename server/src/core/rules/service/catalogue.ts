// Diagnostics about service input that hold for every service.

import { type CatalogueEntry, invalid } from "../catalogueEntry";

export const serviceDiagnostics = {
  "service-without-name": {
    severity: "hint",
    title: "Service without a name",
    message: "The service has no '{member}'. Add it, unless a flag gives it.",
    why: "CreateService and UpdateService require a name; some tools pass it in addition to the file.",
  },
  "service-without-task-definition": {
    severity: "hint",
    title: "Service without a task definition",
    message: "The service has no 'taskDefinition'. Add it, unless a flag gives it.",
    why: "CreateService requires a task definition (only the EXTERNAL deployment controller does not); some tools pass it in addition to the file.",
  },
  "execute-command-role": {
    severity: "error",
    title: "ECS Exec without a task role",
    message:
      "ECS Exec is enabled, and task definition '{family}' has no 'taskRoleArn', which it needs. Add a task role.",
    why: "The agent in the task talks to Systems Manager with the permissions of the task role; UpdateService checks that there is one.",
    server: invalid(
      "The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    ),
  },
  "execute-command-role-later": {
    severity: "error",
    title: "New service with ECS Exec and without a task role",
    message:
      "ECS Exec is enabled, and task definition '{family}' has no 'taskRoleArn', which it needs: no command can be run in the tasks. Add a task role.",
    why: "The agent in the task talks to Systems Manager with the permissions of the task role. CreateService checks that there is one.",
    server: invalid(
      "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    ),
  },
  "bad-service-name": {
    severity: "error",
    title: "Service name not allowed",
    message:
      "The service name '{name}' is not allowed. Use up to 255 letters, digits, underscores and hyphens.",
    why: "The name becomes part of the service's ARN.",
    server: invalid("Invalid service name."),
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
    title: "Launch type together with a capacity provider strategy",
    message: "'launchType' and 'capacityProviderStrategy' exclude each other. Remove one.",
    why: "Both define where tasks run.",
    server: invalid("Specifying both a launch type and capacity provider strategy is not supported"),
  },
  "too-many-capacity-providers": {
    severity: "error",
    title: "More than 20 capacity providers",
    message: "The strategy lists {count} capacity providers and ECS accepts at most 20.",
    why: "20 is the limit of a capacity provider strategy.",
  },
  "bad-task-definition-reference": {
    severity: "error",
    title: "Not a reference to a task definition",
    message:
      "'{reference}' refers to no task definition{because}. Write its family, family:revision, or its ARN (arn:aws:ecs:REGION:ACCOUNT:task-definition/family:revision).",
    why: "ECS finds a task definition by its family, with or without the number of a revision, or by its ARN.",
  },
  "bad-cluster-reference": {
    severity: "error",
    title: "Not a reference to a cluster",
    message:
      "'{cluster}' refers to no cluster{because}. Write its name (up to 255 letters, digits, underscores and hyphens) or its ARN.",
    why: "ECS finds a cluster by its name or its ARN.",
  },
  "deployment-strategy-settings": {
    severity: "warning",
    title: "Settings of another deployment strategy",
    message: "'{member}' is for the deployment strategy {needed}, and this is {strategy}. Remove it.",
    why: "Each deployment strategy has its own settings and ignores those of others.",
  },
  "capacity-provider-name": {
    severity: "warning",
    title: "No capacity provider has this name",
    message: "No capacity provider is called '{name}'. {advice}",
    why: "Fargate's are FARGATE and FARGATE_SPOT, and those of others may not begin with aws, ecs or fargate.",
  },
  "capacity-providers-mixed": {
    severity: "error",
    title: "Fargate and instances in one strategy",
    message:
      "'{name}' and '{other}' cannot be in one strategy: it has either Fargate's capacity providers or others. Remove one.",
    why: "A cluster may have capacity providers of both kinds, a strategy of one kind only.",
    server: invalid(
      "A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.",
    ),
  },
  "managed-instances-launch-type": {
    severity: "error",
    title: "Managed Instances as a launch type",
    message:
      "Managed Instances are not a launch type of a service. Remove 'launchType' and name their capacity provider in 'capacityProviderStrategy'.",
    why: "The API documents that Managed Instances are used through a capacity provider only, without a launch type.",
  },
  "platform-version": {
    severity: "warning",
    title: "Platform version not understood",
    message:
      "'{version}' is not a valid platform version of Fargate. Write LATEST or a number such as 1.4.0.",
    why: "Platform versions have three numbers; LATEST is taken where none is given.",
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
  "external-task-set-member": {
    severity: "error",
    title: "Setting of task sets in a service with an EXTERNAL controller",
    message: "With the deployment controller EXTERNAL, '{member}' belongs to task sets. Remove it.",
    why: "The API reference allows only parameters that are not controlled at the level of the task set.",
  },
  "external-task-definition": {
    severity: "error",
    title: "Task definition with an EXTERNAL controller",
    message:
      "With the deployment controller EXTERNAL, the task definition belongs to task sets. Remove 'taskDefinition'.",
    why: "An external controller makes the task sets, which have these settings.",
    server: invalid("TaskDefinition must be blank"),
  },
} as const satisfies Record<string, CatalogueEntry>;
