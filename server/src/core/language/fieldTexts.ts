// What the members of task definitions and services mean to ECS, in our words: unit, default, limits, and where a
// member counts. By `Shape.member`. Sources: the API reference and the developer guide.

export const fieldTexts: Readonly<Record<string, string>> = {
  "Fleet.groups": "The groups of equal container instances that make up the cluster.",
  "FleetGroup.count": "How many container instances the group has. 1 without it; at most 100,000 in a fleet.",
  "FleetGroup.instanceType":
    "The EC2 instance type, which determines CPU, memory, GPUs, network interfaces and architecture. One whose size is not known needs `cpu` and `memory`.",
  "FleetGroup.zones": "The Availability Zones; the instances of the group take them in turn.",
  "FleetGroup.attributes":
    "Custom attributes by name. `null` stands for an attribute without a value; one of ECS's own names overrides the value of the instance type.",
  "FleetGroup.cpu": "CPU units that each instance registers, 1024 per vCPU.",
  "FleetGroup.memory": "MiB that each instance registers: what the type has, less what its system keeps.",
  "FleetGroup.status": "The status of the container instances. `ACTIVE` without it.",
  "Fleet.capacityProviders":
    "The Managed Instances capacity providers of the groups, with the instance types that they admit.",
  "FleetProvider.name": "The name that groups have as `capacityProvider`.",
  "FleetProvider.instanceRequirements":
    "As in CreateCapacityProvider: which instance types ECS may start. Without it nothing is known of them.",
  "FleetGroup.autoScalingGroup":
    "The Auto Scaling group that the container instances are in: capacity providers of that group reach them at the local cluster.",
  "FleetGroup.capacityProvider":
    "The Managed Instances capacity provider that the container instances are of: managed daemons run on all of them.",
  "FleetGroup.agentConnected": "Whether the container agents are connected. They are without it.",
  "RegisterTaskDefinitionRequest.family":
    "The name under which ECS keeps the revisions of this definition. Up to 255 letters, digits, hyphens and underscores.",
  "RegisterTaskDefinitionRequest.taskRoleArn":
    "The IAM role that the containers themselves act as. A short name or an ARN.",
  "RegisterTaskDefinitionRequest.executionRoleArn":
    "The IAM role that the agent acts as to pull images from ECR, read secrets and write logs. Needed with `secrets` and `repositoryCredentials`, and on Fargate with awslogs.",
  "RegisterTaskDefinitionRequest.networkMode":
    "`bridge` (the default on Linux): Docker's network, with host ports mapped. `host`: the instance's own network, container port = host port. `awsvpc`: an elastic network interface per task. `none`: no network. Leave it out on Windows for its `default` mode.",
  "RegisterTaskDefinitionRequest.containerDefinitions":
    "The containers of the task, at most 10. At least one of them is essential.",
  "RegisterTaskDefinitionRequest.volumes":
    "The volumes that containers mount by name in `mountPoints`. A volume of nothing but a name, or with `host`, is a folder of the instance.",
  "RegisterTaskDefinitionRequest.placementConstraints":
    "Which container instances the task may run on: `memberOf` with an expression. Joined by and; together with those of the service at most 10. Not on Fargate.",
  "RegisterTaskDefinitionRequest.requiresCompatibilities":
    "Launch types that the definition must be valid for; ECS checks them when it registers. A daemon service needs `EC2` or `EXTERNAL`.",
  "RegisterTaskDefinitionRequest.cpu":
    "CPU units of the whole task, as text: 1024 units or `1 vCPU` are one core. Optional on EC2 (128 to 196,608); on Fargate required, in fixed pairs with the memory. Ignored for Windows containers.",
  "RegisterTaskDefinitionRequest.memory":
    "Memory of the whole task, as text: MiB, or `1 GB`. Optional on EC2, where each container may set its own; on Fargate required. A hard limit, and what placement reserves. Ignored for Windows containers.",
  "RegisterTaskDefinitionRequest.pidMode":
    "`host`: the containers see every process of the instance, which most agents need. `task`: the containers of the task see each other. Without it each container sees only its own. Linux only.",
  "RegisterTaskDefinitionRequest.ipcMode":
    "Which containers share System V IPC and shared memory: those of the instance (`host`), of the task (`task`), or none.",
  "RegisterTaskDefinitionRequest.proxyConfiguration": "An App Mesh proxy. Needs `awsvpc`.",
  "RegisterTaskDefinitionRequest.ephemeralStorage": "Fargate only: 21 to 200 GiB of storage for the task.",
  "RegisterTaskDefinitionRequest.runtimePlatform":
    "The operating system and CPU architecture the task needs. Where it is given, instances of another kind are not used.",
  "RegisterTaskDefinitionRequest.enableFaultInjection":
    "Lets AWS Fault Injection Service act on the task. Default: false.",
  "RegisterTaskDefinitionRequest.tags":
    "Up to 50 pairs of key and value. Keys that begin with `aws:` are reserved.",
  "RegisterTaskDefinitionRequest.inferenceAccelerators": "No longer supported: ECS rejects it.",

  "ContainerDefinition.name": "Up to 255 letters, digits, hyphens and underscores, unique in the task.",
  "ContainerDefinition.image":
    "`repository/image:tag` or `repository/image@sha256:…`. Without a registry, Docker Hub.",
  "ContainerDefinition.repositoryCredentials":
    "The secret with the login of a private registry. Needs `executionRoleArn`.",
  "ContainerDefinition.cpu":
    "CPU units that the container is guaranteed: 1024 are one core. Default 0: no guarantee. What is free is shared in this proportion. The sum must fit the task's `cpu`.",
  "ContainerDefinition.memory":
    "MiB. A hard limit: a container that uses more is killed. Without `memoryReservation` it is also what placement reserves. At least 6.",
  "ContainerDefinition.memoryReservation":
    "MiB. A soft limit, and what placement reserves for the container. `memory`, where given, is at least as much.",
  "ContainerDefinition.links":
    "Names of containers to reach by name, `name` or `name:alias`. Network mode bridge only.",
  "ContainerDefinition.portMappings":
    "Ports that the container listens on, and where they are found on the instance.",
  "ContainerDefinition.essential":
    "When an essential container stops, the task stops. Default: true. At least one container is essential.",
  "ContainerDefinition.restartPolicy": "Restarts the container alone, without replacing the task.",
  "ContainerDefinition.entryPoint": "Replaces the image's ENTRYPOINT. One item per argument.",
  "ContainerDefinition.command": "Replaces the image's CMD. One item per argument.",
  "ContainerDefinition.environment":
    "Environment variables in plain text. For passwords and keys use `secrets`.",
  "ContainerDefinition.environmentFiles": "Up to 10 files in S3 with environment variables, `.env`.",
  "ContainerDefinition.mountPoints": "Volumes of the task, and where the container sees them.",
  "ContainerDefinition.volumesFrom": "Mounts everything that another container of the task mounts.",
  "ContainerDefinition.linuxParameters":
    "Capabilities, devices, shared memory, tmpfs and swap of the container. Linux only.",
  "ContainerDefinition.secrets":
    "Environment variables filled from Secrets Manager or the SSM Parameter Store. Needs `executionRoleArn`.",
  "ContainerDefinition.dependsOn":
    "Containers that must have reached a condition before this one starts: START, COMPLETE, SUCCESS or HEALTHY.",
  "ContainerDefinition.startTimeout":
    "Seconds in which the container has to reach the condition that others wait for; else they give up, and the task stops. Default 3 minutes; at least 2, on Fargate at most 120.",
  "ContainerDefinition.stopTimeout":
    "Seconds between SIGTERM and SIGKILL. Default 30, or ECS_CONTAINER_STOP_TIMEOUT of the agent; on Fargate at most 120.",
  "ContainerDefinition.versionConsistency":
    "Whether ECS resolves the image's tag to one digest for a whole deployment. Default: enabled.",
  "ContainerDefinition.hostname": "The container's host name. Not with awsvpc.",
  "ContainerDefinition.user": "`user`, `uid`, `user:group` and so on. Not on Windows.",
  "ContainerDefinition.workingDirectory": "The folder in which commands run.",
  "ContainerDefinition.disableNetworking": "No network for the container. Default: false.",
  "ContainerDefinition.privileged":
    "Gives the container the rights of root on the instance. Default: false. Not on Fargate or Windows.",
  "ContainerDefinition.readonlyRootFilesystem":
    "Mounts the container's root file system read-only. Default: false.",
  "ContainerDefinition.dnsServers": "DNS servers of the container. Not with awsvpc.",
  "ContainerDefinition.dnsSearchDomains":
    "Domains that unqualified names are completed with. Not with awsvpc.",
  "ContainerDefinition.extraHosts": "Lines for the container's /etc/hosts. Not with awsvpc.",
  "ContainerDefinition.dockerSecurityOptions":
    "`no-new-privileges`, `apparmor:PROFILE`, `label:VALUE`, `credentialspec:FILE`. Not on Fargate.",
  "ContainerDefinition.interactive": "Keeps standard input open. Default: false.",
  "ContainerDefinition.pseudoTerminal": "Allocates a terminal. Default: false.",
  "ContainerDefinition.dockerLabels":
    "Labels of the container. The Datadog agent reads its autodiscovery from them.",
  "ContainerDefinition.ulimits":
    "Limits of the kernel for the container's processes. The soft limit is at most the hard one.",
  "ContainerDefinition.logConfiguration":
    "Where standard output and error go. Without it, the Docker daemon's default driver, which is usually json-file.",
  "ContainerDefinition.healthCheck":
    "A command that checks whether the container is healthy; the image's own HEALTHCHECK is not read.",
  "ContainerDefinition.systemControls": "Namespaced kernel parameters. `net.*` not with host network.",
  "ContainerDefinition.resourceRequirements":
    "GPUs or Neuron devices of the instance that the container uses.",
  "ContainerDefinition.firelensConfiguration":
    "Makes the container the log router that `awsfirelens` writes to.",
  "ContainerDefinition.credentialSpecs":
    "One credential spec for gMSA: `credentialspec:ARN` or `credentialspecdomainless:ARN`.",

  "PortMapping.containerPort": "The port that the container listens on.",
  "PortMapping.hostPort":
    "The port on the instance. In bridge mode 0 or nothing is a free one of the dynamic range; with host and awsvpc it equals the container port. A fixed host port allows one such task per instance, which suits a daemon.",
  "PortMapping.protocol": "Default: tcp.",
  "PortMapping.name":
    "The port's name for Service Connect and VPC Lattice: up to 64 lowercase letters, digits, hyphens and underscores.",
  "PortMapping.appProtocol":
    "For Service Connect: the protocol that its proxy understands. Default: plain TCP.",
  "PortMapping.containerPortRange":
    "`8000-8100` instead of a single port. bridge and awsvpc only; agent 1.67.0 or newer.",

  "KeyValuePair.name": "The variable's name.",
  "KeyValuePair.value": "The variable's value, always text.",
  "Secret.name": "The environment variable (or log option) that is filled.",
  "Secret.valueFrom":
    "The ARN of a secret of Secrets Manager, or the ARN or, in the same Region, the name of an SSM parameter.",
  "MountPoint.sourceVolume": "The name of one of the task's `volumes`.",
  "MountPoint.containerPath": "Where the container sees the volume.",
  "MountPoint.readOnly": "Default: false.",
  "VolumeFrom.sourceContainer": "A container of this task.",
  "Volume.name": "What `mountPoints` call it. Up to 255 letters, digits, hyphens and underscores.",
  "Volume.host":
    "A folder or file of the instance. Without `sourcePath` Docker makes an empty one that goes with the task.",
  "HostVolumeProperties.sourcePath":
    "An absolute path on the instance, such as /var/run/docker.sock. Not on Fargate.",
  "Volume.dockerVolumeConfiguration": "A volume of a Docker volume driver. Not on Fargate.",
  "Volume.efsVolumeConfiguration": "A file system of Amazon EFS.",
  "Volume.configuredAtLaunch": "The service configures the volume. REPLICA services only.",
  "DockerVolumeConfiguration.scope": "`task`: made and removed with the task. `shared`: outlives it.",

  "HealthCheck.command":
    "`CMD` and the program with its arguments, or `CMD-SHELL` and one line for the shell. Exit code 0 is healthy.",
  "HealthCheck.interval": "Seconds between two checks: 5 to 300, default 30.",
  "HealthCheck.timeout": "Seconds that a check may take: 2 to 60, default 5.",
  "HealthCheck.retries": "Failed checks in a row that make it unhealthy: 1 to 10, default 3.",
  "HealthCheck.startPeriod": "Seconds at the start in which failures do not count: 0 to 300, default 0.",

  "LogConfiguration.logDriver":
    "On EC2 the instance's agent must have the driver enabled (ECS_AVAILABLE_LOGGING_DRIVERS). On Fargate: awslogs, splunk, awsfirelens.",
  "LogConfiguration.options":
    "Options of the driver, all text. awslogs needs `awslogs-group` and `awslogs-region`.",
  "LogConfiguration.secretOptions": "Options filled from secrets. Needs `executionRoleArn`.",
  "LogConfigurationOptionsMap.awslogs-group": "The log group of CloudWatch Logs.",
  "LogConfigurationOptionsMap.awslogs-region": "The Region of the log group.",
  "LogConfigurationOptionsMap.awslogs-stream-prefix":
    "Log streams are called prefix/container/task. Required on Fargate.",
  "LogConfigurationOptionsMap.awslogs-create-group":
    "Only `true` is allowed: makes the log group where there is none.",
  "LogConfigurationOptionsMap.mode":
    "`non-blocking`: lines are dropped rather than the container stopped. The default since June 2025; before it was `blocking`.",

  "TaskDefinitionPlacementConstraint.type": "In a task definition always `memberOf`.",
  "TaskDefinitionPlacementConstraint.expression":
    "An expression of the cluster query language, at most 2,000 characters: `attribute:ecs.instance-type == m5.large`.",
  "PlacementConstraint.type":
    "`memberOf` with an expression; `distinctInstance`, which a daemon service needs no more than its one task per instance.",
  "PlacementConstraint.expression":
    "An expression of the cluster query language, at most 2,000 characters: `attribute:env == prod`.",

  "ContainerRestartPolicy.restartAttemptPeriod":
    "Seconds a container must run before it may be restarted: 60 to 1800, default 300.",
  "ContainerRestartPolicy.ignoredExitCodes":
    "Exit codes after which the container is not restarted, at most 50.",
  "LinuxParameters.sharedMemorySize": "MiB of /dev/shm. Not on Fargate.",
  "LinuxParameters.initProcessEnabled":
    "Runs an init process that forwards signals and reaps processes. Default: false.",
  "LinuxParameters.maxSwap":
    "MiB of swap. Without it the container uses the instance's swap setting. Not on Fargate.",
  "LinuxParameters.swappiness": "0 to 100, default 60. Only with `maxSwap`. Not on Fargate.",
  "LinuxParameters.tmpfs": "File systems in memory.",
  "Tmpfs.size": "MiB.",
  "KernelCapabilities.add": "Capabilities beyond Docker's default. On Fargate only SYS_PTRACE.",
  "KernelCapabilities.drop": "Capabilities of Docker's default to take away.",
  "Device.hostPath": "The device on the instance.",
  "Ulimit.softLimit": "At most the hard limit.",
  "ResourceRequirement.value": "For GPU the number of GPUs, as text, or `ALL`; for Neuron devices `ALL`.",
  "RuntimePlatform.cpuArchitecture":
    "`X86_64` or `ARM64`. The attribute `ecs.cpu-architecture` is written in lower case.",
  "RuntimePlatform.operatingSystemFamily": "Default: LINUX.",
  "ContainerDependency.condition":
    "START: it has started. COMPLETE: it has ended. SUCCESS: it has ended with 0. HEALTHY: its health check passes.",

  "CreateServiceRequest.cluster":
    "The cluster's name or ARN. Default: the cluster called default. A command line flag wins over it.",
  "CreateServiceRequest.serviceName":
    "Unique in the cluster; up to 255 letters, digits, hyphens and underscores.",
  "CreateServiceRequest.taskDefinition":
    "`family` (its newest ACTIVE revision), `family:revision` or an ARN.",
  "CreateServiceRequest.schedulingStrategy":
    "`DAEMON`: one task on every container instance that matches. `REPLICA` (the default): `desiredCount` tasks somewhere. On Managed Instances a managed daemon does this instead: it starts before application tasks, its updates replace the instances, and it is chosen by capacity provider, not by expressions.",
  "CreateServiceRequest.desiredCount":
    "How many tasks. Not for a daemon service, where ECS counts the matching instances.",
  "CreateServiceRequest.launchType":
    "For a daemon service `EC2` or `EXTERNAL`. Not together with `capacityProviderStrategy`.",
  "CreateServiceRequest.capacityProviderStrategy": "Not for a daemon service.",
  "CreateServiceRequest.deploymentConfiguration": "How far an update may go at a time, and what undoes it.",
  "CreateServiceRequest.placementConstraints":
    "Which container instances count. Joined by and, and with those of the task definition; at most 10 together.",
  "CreateServiceRequest.placementStrategy":
    "Not for a daemon service, which runs on every matching instance.",
  "CreateServiceRequest.networkConfiguration":
    "Subnets and security groups. Required with network mode awsvpc, else not allowed.",
  "CreateServiceRequest.healthCheckGracePeriodSeconds":
    "Seconds after a start in which failing health checks of load balancers, VPC Lattice and containers do not count. Default: 0.",
  "CreateServiceRequest.availabilityZoneRebalancing":
    "Not for a daemon service: leave it out or write `DISABLED`.",
  "CreateServiceRequest.enableExecuteCommand": "Allows `aws ecs execute-command`. Default: false.",
  "CreateServiceRequest.propagateTags":
    "Copies tags of the task definition or the service to the tasks. Default: none.",
  "CreateServiceRequest.enableECSManagedTags":
    "Tags the tasks with the names of cluster and service. Default: false.",
  "CreateServiceRequest.role":
    "A service-linked role is used by default; needed only for old load balancer set-ups.",
  "CreateServiceRequest.clientToken":
    "The same token makes a repeated call the same call. Up to 36 characters.",
  "CreateServiceRequest.volumeConfigurations": "EBS volumes per task. REPLICA services only.",
  "UpdateServiceRequest.service": "The service's name or ARN.",
  "UpdateServiceRequest.forceNewDeployment": "Replaces the tasks even where nothing else changes.",
  "DeploymentConfiguration.maximumPercent":
    "For a daemon service 100 at most: each instance stops its task before it starts the new one.",
  "DeploymentConfiguration.minimumHealthyPercent":
    "How many of the tasks stay healthy during an update, in percent, rounded up. Default 0 (the console writes 50). With 100 a daemon service cannot update.",
  "DeploymentConfiguration.deploymentCircuitBreaker":
    "Gives up, and rolls back, a deployment whose tasks do not start.",
  "DeploymentController.type": "For a daemon service `ECS`.",
  "AwsVpcConfiguration.assignPublicIp": "Fargate only. Default: DISABLED.",
  "LoadBalancer.containerName": "A container of the task definition.",
  "LoadBalancer.containerPort": "A container port of that container.",
};
