// Diagnostics about what a service is connected to: load balancers, networks, registries, Service Connect.

import { type CatalogueEntry, invalid } from "../catalogueEntry";

export const servicePartDiagnostics = {
  "load-balancer-kinds": {
    severity: "error",
    title: "Two load balancers in one entry",
    message: "An entry has 'targetGroupArn' or 'loadBalancerName', not both. Remove one.",
    why: "A target group is for Application and Network Load Balancers, a name for Classic ones.",
    server: invalid("loadBalancerName and targetGroupArn cannot both be specified"),
  },
  "load-balancer-incomplete": {
    severity: "error",
    title: "Incomplete load balancer entry",
    message: "A load balancer entry needs {member}. Add {it}.",
    why: "ECS has to know which target group (or Classic Load Balancer) gets which port of which container.",
  },
  "target-group-arn": {
    severity: "error",
    title: "Not the ARN of a target group",
    message:
      "'{arn}' is not a valid ARN of a target group{because}. It looks like arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID.",
    why: "ECS registers tasks with a target group, not with the load balancer or a listener.",
  },
  "listener-rule-arn": {
    severity: "error",
    title: "Not the ARN of a listener rule",
    message:
      "'{arn}' is not a valid ARN of a listener rule{because}. It looks like arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener-rule/app/…; a Network Load Balancer has listeners instead.",
    why: "ECS shifts traffic by changing the rule, or the listener, that forwards it.",
  },
  "lattice-target-group": {
    severity: "error",
    title: "Not the ARN of a VPC Lattice target group",
    message:
      "'{arn}' is not a valid ARN of a VPC Lattice target group{because}. It looks like arn:aws:vpc-lattice:REGION:ACCOUNT:targetgroup/ID.",
    why: "Target groups of Elastic Load Balancing and of VPC Lattice are different resources.",
  },
  "hook-function": {
    severity: "error",
    title: "Not the ARN of a Lambda function",
    message:
      "'{arn}' is not a valid ARN of a Lambda function{because}. It looks like arn:aws:lambda:REGION:ACCOUNT:function:NAME.",
    why: "A lifecycle hook calls a Lambda function, unless it is a pause.",
  },
  "lifecycle-hook-incomplete": {
    severity: "error",
    title: "Incomplete lifecycle hook",
    message: "A lifecycle hook needs {member}. Add {it}.",
    why: "ECS documents that every hook needs its stages, and one that calls a Lambda function needs the function.",
  },
  "lifecycle-hook-pause": {
    severity: "error",
    title: "Pause while traffic is shifted",
    message: "A pause is not possible at {stage}. Choose the stage before or after it.",
    why: "While traffic is shifted only hooks that call a Lambda function run.",
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
    severity: "warning",
    title: "Grace period without health checks",
    message:
      "'healthCheckGracePeriodSeconds' is about the health checks of load balancers and containers, and there are none. Remove it.",
    why: "During the grace period the service ignores failing health checks. ECS used to refuse it without a load balancer; today it documents that it is unused then.",
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
  "role-with-linked-role": {
    severity: "error",
    title: "Role of a service that needs the service-linked role",
    message: "A service with {needs} uses the service-linked role of ECS. Remove 'role'.",
    why: "Several target groups and service discovery are managed with the service-linked role only.",
    server: invalid("You cannot specify an IAM role for services that require a service linked role"),
  },
  "network-configuration-missing": {
    severity: "error",
    title: "awsvpc task without a network configuration",
    message: "{what} uses the network mode awsvpc, so the service needs 'networkConfiguration'. Add it.",
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
    message: "'assignPublicIp' can only be ENABLED on Fargate, and {place}. Remove it.",
    why: "Interfaces of tasks on container instances get no public address.",
    server: invalid("Assign public IP is not supported for this launch type."),
  },
  "too-many-network-items": {
    severity: "error",
    title: "Too many subnets or security groups",
    message: "'{member}' lists {count} entries and ECS accepts at most {most}.",
    why: "ECS limits a network configuration to 16 subnets and 5 security groups.",
  },
  "no-subnets": {
    severity: "error",
    title: "No subnet",
    message: "'subnets' is empty. Add the ID of at least one subnet.",
    why: "The network interface of each task needs a subnet.",
    server: invalid("subnets can not be empty."),
  },
  "wrong-network-id": {
    severity: "error",
    title: "ID of something else",
    message: "'{id}' is not a valid ID of a {wanted}, which begins with {prefix}. Put the right ID here.",
    why: "The IDs of AWS begin with what they name.",
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
  "registry-arn": {
    severity: "error",
    title: "Not the ARN of a service registry",
    message:
      "'{arn}' is not a valid ARN of a service of Cloud Map{because}. It looks like arn:aws:servicediscovery:REGION:ACCOUNT:service/srv-ID.",
    why: "Tasks are registered with a service of Cloud Map, not with its namespace.",
  },
  "registry-port": {
    severity: "error",
    title: "Registry of a port that is not mapped",
    message: "The container '{name}' does not map the port {port}. {advice}",
    why: "A registry announces a container and port of the task definition.",
  },
  "registry-incomplete": {
    severity: "error",
    title: "Incomplete service registry",
    message: "With the network mode {mode} a service registry needs {member}. Add {it}.",
    why: "Tasks have no address of their own in this mode, so the registry has to name whose port it registers.",
    server: invalid(
      "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition. Registry: {arn}",
    ),
  },
  "registry-without-arn": {
    severity: "error",
    title: "Service registry without an ARN",
    message: "A service registry needs 'registryArn'. Add it.",
    why: "The ARN names the service of Cloud Map in which the tasks are registered.",
  },
  "registry-two-ports": {
    severity: "error",
    title: "Two ports in one service registry",
    message: "A service registry has 'port' or 'containerPort', not both. Remove one.",
    why: "An SRV record has one port: the one given, or the one of the container's port mapping.",
  },
  "registry-container": {
    severity: "error",
    title: "Registry of a container that does not exist",
    message: "The task definition has no container '{name}'. {advice}",
    why: "The registry registers a port of a container of the task.",
    server: invalid("The container {name} does not exist in the task definition"),
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
    why: "Which records the registry keeps is set in Cloud Map, not in this file.",
  },
  "service-connect-dns-name": {
    severity: "error",
    title: "Not a DNS name",
    message:
      "'{name}' is not a valid DNS name. Use up to 127 lowercase letters, digits, hyphens, underscores and dots.",
    why: "Other tasks find the service under this name.",
    server: invalid("The DNS name that you provided is invalid"),
  },
  "service-connect-discovery-name": {
    severity: "error",
    title: "Discovery name not allowed",
    message:
      "The discovery name '{name}' is not allowed. Use up to 64 lowercase letters, digits, underscores and hyphens, not beginning with a hyphen.",
    why: "ECS creates a Cloud Map service of this name.",
  },
  "service-connect-access-log": {
    severity: "warning",
    title: "Access log without a log driver",
    message: "Access logs go to the log driver of 'logConfiguration', which is missing. Add it.",
    why: "The API documents that access logs need a log configuration of Service Connect.",
  },
  "service-connect-network-mode": {
    severity: "error",
    title: "Service Connect in this network mode",
    message:
      "Service Connect works with the network modes bridge and awsvpc, and the task definition uses {mode}. Remove it, or change the mode.",
    why: "The proxy of Service Connect needs a network of the task's own.",
  },
  "service-connect-aliases": {
    severity: "error",
    title: "More than one client alias",
    message: "There are {count} client aliases and ECS accepts one for each port.",
    why: "Service Connect knows a port of a service under one name.",
    server: invalid("{count} clientAliases exceeds the max limit of 1"),
  },
  "lattice-port": {
    severity: "error",
    title: "VPC Lattice for a port without a name",
    message: "No port mapping of the task definition is called '{name}'. {advice}",
    why: "VPC Lattice sends traffic to a port by the name of its mapping.",
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
