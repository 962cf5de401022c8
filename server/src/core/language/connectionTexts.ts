// What members mean that connect a task or service with something else: volumes, networks, load balancers, secrets,
// deployment hooks. In our words, by `Shape.member`, as in fieldTexts. Sources: the API reference and the developer guide.

const loadBalancers: Readonly<Record<string, string>> = {
  "CreateServiceRequest.loadBalancers":
    "Target groups or a Classic Load Balancer that tasks are registered with: up to five target groups. Not for EXTERNAL.",
  "CreateServiceRequest.serviceRegistries":
    "The Cloud Map service that tasks are registered with for service discovery: one at most.",
  "CreateServiceRequest.vpcLatticeConfigurations":
    "Target groups of VPC Lattice that tasks are registered with.",
  "CreateServiceRequest.gatewayConnectors": "Ports of the tasks that gateways forward requests to.",
  "LoadBalancer.targetGroupArn":
    "The ARN of the target group. Its target type is `ip` for `awsvpc` tasks, `instance` for others.",
  "LoadBalancer.loadBalancerName": "The name of a Classic Load Balancer. Not together with `targetGroupArn`.",
  "LoadBalancer.advancedConfiguration":
    "The second target group and the listener rules that a blue/green deployment switches between.",
  "AdvancedConfiguration.alternateTargetGroupArn":
    "The target group that the new revision is registered with before traffic moves.",
  "AdvancedConfiguration.productionListenerRule":
    "The ARN of the listener or rule that production traffic comes through.",
  "AdvancedConfiguration.testListenerRule":
    "The ARN of the listener or rule for test traffic, which reaches the new revision first. Optional.",
  "AdvancedConfiguration.roleArn": "The IAM role that ECS changes the load balancer with.",
  "ServiceRegistry.registryArn": "The ARN of the Cloud Map service.",
  "ServiceRegistry.port": "The port of an SRV record, where `containerPort` does not give it.",
  "ServiceRegistry.containerName":
    "The container whose port an SRV record has; with `containerPort`. Not for A records of `awsvpc` tasks.",
  "ServiceRegistry.containerPort": "The container port of an SRV record; with `containerName`.",
  "VpcLatticeConfiguration.roleArn": "The IAM role that ECS registers targets with.",
  "VpcLatticeConfiguration.targetGroupArn": "The ARN of the VPC Lattice target group.",
  "VpcLatticeConfiguration.portName": "The `name` of a port mapping of the task definition.",
  "VpcLatticeConfiguration.advancedConfiguration":
    "The second target group and the rules that a blue/green deployment switches between.",
  "VpcLatticeAdvancedConfiguration.alternateTargetGroupArn":
    "The target group that the new revision is registered with before traffic moves.",
  "VpcLatticeAdvancedConfiguration.productionListenerRule":
    "The ARN of the rule that production traffic comes through.",
  "VpcLatticeAdvancedConfiguration.testListenerRule": "The ARN of the rule for test traffic. Optional.",
  "GatewayConnector.portName": "The `name` of a port mapping of the task definition.",
  "GatewayConnector.healthCheck": "How the gateway finds out whether a task is healthy.",
  "GatewayConnector.filters": "Which gateways the connector is for.",
  "GatewayConnectorFilters.accessTypes": "The kinds of access that the gateways offer.",
  "GatewayConnectorHealthCheck.healthCheckProtocol": "The protocol of the check.",
  "GatewayConnectorHealthCheck.healthCheckPort": "The port of the check; without it the port of the traffic.",
  "GatewayConnectorHealthCheck.healthCheckPath": "The path of the check.",
  "GatewayConnectorHealthCheck.healthCheckTimeoutSeconds":
    "Seconds without an answer after which a check fails.",
  "GatewayConnectorHealthCheck.healthCheckIntervalSeconds": "Seconds between two checks.",
  "GatewayConnectorHealthCheck.healthyThresholdCount":
    "Checks in a row that pass before a task counts as healthy.",
  "GatewayConnectorHealthCheck.unhealthyThresholdCount":
    "Checks in a row that fail before a task counts as unhealthy.",
  "GatewayConnectorHealthCheck.matcher": "The answers that count as healthy.",
  "GatewayConnectorHealthCheckMatcher.httpCode": "HTTP status codes: one, several with commas, or a range.",
  "GatewayConnectorHealthCheckMatcher.grpcCode": "gRPC status codes: one, several with commas, or a range.",
};

const networks: Readonly<Record<string, string>> = {
  "NetworkConfiguration.awsvpcConfiguration":
    "Subnets and security groups of the tasks' network interfaces. Needed with, and only with, the network mode `awsvpc`.",
  "AwsVpcConfiguration.subnets":
    "IDs of 1 to 16 subnets of one VPC. A task on an instance is placed only where the instance's zone has one of them.",
  "AwsVpcConfiguration.securityGroups":
    "IDs of up to 5 security groups of that VPC. Without any its default security group.",
  "CreateServiceRequest.serviceConnectConfiguration":
    "Service Connect: a proxy in each task that finds the services of a namespace by name.",
  "ServiceConnectConfiguration.enabled": "Whether Service Connect is used at all.",
  "ServiceConnectConfiguration.namespace":
    "The Cloud Map namespace, by name or ARN. Without it the default namespace of the cluster.",
  "ServiceConnectConfiguration.services":
    "What the service offers to others in the namespace. A service that only calls others needs none.",
  "ServiceConnectConfiguration.logConfiguration": "The log of the proxy container.",
  "ServiceConnectConfiguration.accessLogConfiguration": "Whether, and how, the proxy logs requests.",
  "ServiceConnectConfiguration.containerConfigurations":
    "Settings of the containers that Service Connect adds.",
  "ServiceConnectAccessLogConfiguration.format": "The form of a line of the access log.",
  "ServiceConnectAccessLogConfiguration.includeQueryParameters":
    "Whether query strings, which may hold secrets, are logged too.",
  "ServiceConnectService.portName": "The `name` of a port mapping of the task definition.",
  "ServiceConnectService.discoveryName":
    "The name of the Cloud Map service that is made. Without it the port's name.",
  "ServiceConnectService.clientAliases":
    "The name and port by which other services call this one: one at most.",
  "ServiceConnectService.ingressPortOverride":
    "The port that the proxy listens on. Without it the container port with `awsvpc`, a free port in bridge mode.",
  "ServiceConnectService.timeout": "After which times the proxy ends connections and requests.",
  "ServiceConnectService.tls": "Encrypts the traffic between the proxies.",
  "ServiceConnectClientAlias.port": "The port that clients call.",
  "ServiceConnectClientAlias.dnsName":
    "The name that clients call. Without it the discovery name and the namespace.",
  "ServiceConnectClientAlias.testTrafficRules": "Which requests go to the new revision while it is tested.",
  "ServiceConnectTestTrafficRules.header": "A header that marks requests as test traffic.",
  "ServiceConnectTestTrafficHeaderRules.name": "The name of the header.",
  "ServiceConnectTestTrafficHeaderRules.value": "The value that it must have.",
  "ServiceConnectTestTrafficHeaderMatchRules.exact": "The whole value.",
  "ServiceConnectTlsConfiguration.issuerCertificateAuthority": "The authority that issues the certificates.",
  "ServiceConnectTlsConfiguration.kmsKey": "The KMS key that the private keys are encrypted with.",
  "ServiceConnectTlsConfiguration.roleArn": "The IAM role that ECS gets the certificates with.",
  "ServiceConnectTlsCertificateAuthority.awsPcaAuthorityArn":
    "The ARN of an AWS Private Certificate Authority.",
  "TimeoutConfiguration.idleTimeoutSeconds":
    "Seconds without traffic after which a connection ends; 0 is never.",
  "TimeoutConfiguration.perRequestTimeoutSeconds":
    "Seconds after which a request without a whole answer ends; 0 is never. Not for TCP.",
  "HostEntry.hostname": "The name in the container's /etc/hosts.",
  "HostEntry.ipAddress": "The address that it stands for.",
  "ProxyConfiguration.type": "`APPMESH`, the only one.",
  "ProxyConfiguration.containerName": "The container of the task that is the proxy.",
  "ProxyConfiguration.properties":
    "Settings of the CNI plugin: ProxyIngressPort, ProxyEgressPort, AppPorts, EgressIgnoredIPs, IgnoredUID or IgnoredGID.",
};

const storage: Readonly<Record<string, string>> = {
  "Volume.fsxWindowsFileServerVolumeConfiguration":
    "An FSx for Windows File Server share. Windows container instances only.",
  "Volume.s3filesVolumeConfiguration": "An S3 file system.",
  "DockerVolumeConfiguration.autoprovision":
    "Whether the volume is made where there is none yet. Only with the scope `shared`. Default: false.",
  "DockerVolumeConfiguration.driver":
    "The Docker volume driver, as `docker plugin ls` names it. Default: `local`.",
  "DockerVolumeConfiguration.driverOpts": "Options for the driver, as with `docker volume create --opt`.",
  "DockerVolumeConfiguration.labels": "Labels of the volume.",
  "EFSVolumeConfiguration.fileSystemId": "The ID of the EFS file system: `fs-…`.",
  "EFSVolumeConfiguration.rootDirectory":
    "The folder of the file system that is mounted. Default: `/`, which an access point requires.",
  "EFSVolumeConfiguration.transitEncryption":
    "Encrypts the traffic to EFS. Must be ENABLED with IAM authorization or an access point. Default: DISABLED.",
  "EFSVolumeConfiguration.transitEncryptionPort":
    "The port of the encrypted traffic. Without it the mount helper's own choice.",
  "EFSVolumeConfiguration.authorizationConfig": "An access point, and whether the task's role counts at EFS.",
  "EFSAuthorizationConfig.accessPointId": "The ID of the access point: `fsap-…`.",
  "EFSAuthorizationConfig.iam": "Whether the task's IAM role is used for the mount. Default: DISABLED.",
  "FSxWindowsFileServerVolumeConfiguration.fileSystemId": "The ID of the file system.",
  "FSxWindowsFileServerVolumeConfiguration.rootDirectory": "The folder of the file system that is mounted.",
  "FSxWindowsFileServerVolumeConfiguration.authorizationConfig":
    "Who mounts it: credentials and their domain.",
  "FSxWindowsFileServerAuthorizationConfig.credentialsParameter":
    "The ARN of a secret, or of a parameter of the Systems Manager, with user name and password.",
  "FSxWindowsFileServerAuthorizationConfig.domain": "The name of the Active Directory domain.",
  "S3FilesVolumeConfiguration.fileSystemArn": "The ARN of the S3 file system.",
  "S3FilesVolumeConfiguration.rootDirectory": "The folder of the file system that is mounted.",
  "S3FilesVolumeConfiguration.transitEncryptionPort": "The port of the encrypted traffic.",
  "S3FilesVolumeConfiguration.accessPointArn": "The ARN of an access point of the file system.",
  "Tmpfs.containerPath": "Where in the container it is mounted.",
  "Tmpfs.mountOptions": "Options of the mount, such as `noexec` and `nosuid`.",
  "VolumeFrom.readOnly": "Whether the container may only read them. Default: false.",
  "EphemeralStorage.sizeInGiB":
    "GiB of the task's own storage, 21 to 200. Fargate only, where 20 come without it.",
  "ServiceVolumeConfiguration.name": "A volume of the task definition with `configuredAtLaunch`.",
  "ServiceVolumeConfiguration.managedEBSVolume": "The EBS volume that each task gets for it.",
  "ServiceManagedEBSVolumeConfiguration.encrypted": "Whether the volume is encrypted.",
  "ServiceManagedEBSVolumeConfiguration.kmsKeyId":
    "The KMS key. Without it that of the account's EBS default.",
  "ServiceManagedEBSVolumeConfiguration.volumeType": "The EBS type, for example `gp3`.",
  "ServiceManagedEBSVolumeConfiguration.sizeInGiB":
    "GiB. Needed where there is no snapshot, whose size it may not be below.",
  "ServiceManagedEBSVolumeConfiguration.snapshotId": "The snapshot that the volume is made from.",
  "ServiceManagedEBSVolumeConfiguration.volumeInitializationRate":
    "MiB per second at which the snapshot's data are fetched. Only with a snapshot.",
  "ServiceManagedEBSVolumeConfiguration.iops":
    "I/O operations per second: required for `io1` and `io2`, possible for `gp3`.",
  "ServiceManagedEBSVolumeConfiguration.throughput": "MiB per second. Only for `gp3`.",
  "ServiceManagedEBSVolumeConfiguration.tagSpecifications": "Tags of the volume.",
  "ServiceManagedEBSVolumeConfiguration.roleArn":
    "The infrastructure role that ECS makes and attaches the volume with.",
  "ServiceManagedEBSVolumeConfiguration.filesystemType":
    "The file system of a new volume. Default: `xfs` on Linux. That of a snapshot must be the snapshot's own.",
  "EBSTagSpecification.resourceType": "`volume`, the only one.",
  "EBSTagSpecification.tags": "The tags.",
  "EBSTagSpecification.propagateTags": "Copies the tags of the task definition or the service.",
};

const deployments: Readonly<Record<string, string>> = {
  "CreateServiceRequest.deploymentController":
    "Who deploys: `ECS` itself (the default, and the only one for a daemon service), CodeDeploy, or something else.",
  "CreateServiceRequest.platformVersion": "The platform version of Fargate. Not for EC2.",
  "CreateServiceRequest.tags": "Up to 50 tags of the service.",
  "CreateServiceRequest.monitoring": "Which metrics of the service are collected, and how often.",
  "MonitoringConfiguration.metricConfigurations": "Groups of metrics, each with its resolution.",
  "MetricConfiguration.metricNames": "The metrics that the entry is about.",
  "MetricConfiguration.resolutionSeconds": "Seconds between two values.",
  "DeploymentConfiguration.alarms": "CloudWatch alarms that fail a deployment when they go off.",
  "DeploymentConfiguration.strategy":
    "How tasks are replaced: `ROLLING` (the default), or one of the strategies that move traffic.",
  "DeploymentConfiguration.bakeTimeInMinutes":
    "Minutes that both revisions run after the traffic has moved, before the old one is stopped. Not for ROLLING.",
  "DeploymentConfiguration.lifecycleHooks":
    "Functions that are called, or pauses that are made, at stages of a deployment.",
  "DeploymentConfiguration.linearConfiguration": "The equal steps in which traffic moves. For LINEAR.",
  "DeploymentConfiguration.canaryConfiguration": "The part of the traffic that moves first. For CANARY.",
  "DeploymentConfiguration.earlySuccessCriteria": "When a deployment counts as done before all of it is.",
  "DeploymentEarlySuccessCriteria.enable": "Whether it is used.",
  "DeploymentEarlySuccessCriteria.healthyPercent": "The percentage of healthy tasks that is enough.",
  "DeploymentEarlySuccessCriteria.sourceServiceRevisionCleanup": "What happens to the old revision then.",
  "DeploymentAlarms.alarmNames": "Names of the alarms.",
  "DeploymentAlarms.rollback": "Whether the service goes back to its last good deployment.",
  "DeploymentAlarms.enable": "Whether the alarms are watched.",
  "DeploymentCircuitBreaker.enable": "Whether a deployment whose tasks do not start is given up.",
  "DeploymentCircuitBreaker.rollback": "Whether the service then goes back to its last good deployment.",
  "DeploymentCircuitBreaker.resetOnHealthyTask":
    "Whether a task that becomes healthy sets the count of failures back.",
  "DeploymentCircuitBreaker.thresholdConfiguration": "How many failures are too many.",
  "ThresholdConfiguration.type": "Whether `value` is a number of tasks or a percentage.",
  "ThresholdConfiguration.value": "The number or percentage.",
  "LinearConfiguration.stepPercent": "Percent of the traffic that each step moves.",
  "LinearConfiguration.stepBakeTimeInMinutes": "Minutes between two steps.",
  "CanaryConfiguration.canaryPercent": "Percent of the traffic that moves first.",
  "CanaryConfiguration.canaryBakeTimeInMinutes": "Minutes before the rest follows.",
  "DeploymentLifecycleHook.targetType": "Whether a Lambda function is called or the deployment waits.",
  "DeploymentLifecycleHook.hookTargetArn": "The ARN of the Lambda function that is called.",
  "DeploymentLifecycleHook.roleArn": "The IAM role that ECS calls it with.",
  "DeploymentLifecycleHook.lifecycleStages": "The stages of a deployment at which it is called.",
  "DeploymentLifecycleHook.hookDetails": "JSON that is handed to it.",
  "DeploymentLifecycleHook.timeoutConfiguration": "How long it may take.",
  "DeploymentLifecycleHookTimeoutConfiguration.timeoutInMinutes":
    "Minutes after which the hook has taken too long.",
  "DeploymentLifecycleHookTimeoutConfiguration.action": "What happens then.",
  "PlacementStrategy.type":
    "`spread` evenly over the field, `binpack` by the field, or `random`. Not for a daemon service, which has no choice.",
  "PlacementStrategy.field":
    "For `spread` `instanceId`, `host` or an attribute, such as `attribute:ecs.availability-zone`; for `binpack` `cpu` or `memory`.",
  "CapacityProviderStrategyItem.capacityProvider": "The name of a capacity provider of the cluster.",
  "CapacityProviderStrategyItem.weight": "Its share of the tasks beyond the bases. Default: 0, none.",
  "CapacityProviderStrategyItem.base":
    "Tasks that run on it first. Only one item may have a base. Default: 0.",
};

const containers: Readonly<Record<string, string>> = {
  "ContainerDependency.containerName": "The container of this task that has to come that far first.",
  "ContainerRestartPolicy.enabled": "Whether the agent restarts the container alone when it ends.",
  "Device.containerPath": "The path in the container. Without it that of the instance.",
  "Device.permissions": "What the container may do with it: `read`, `write`, `mknod`. Default: all.",
  "EnvironmentFile.value": "The ARN of an object of S3 whose name ends in `.env`.",
  "EnvironmentFile.type": "`s3`, the only one.",
  "FirelensConfiguration.type": "The log router in the container: `fluentbit` or `fluentd`.",
  "FirelensConfiguration.options": "Settings of the log router: a file of one's own, ECS metadata.",
  "InferenceAccelerator.deviceName": "The name of it in the `resourceRequirements` of containers.",
  "InferenceAccelerator.deviceType": "The type of Elastic Inference accelerator.",
  "LinuxParameters.capabilities":
    "Linux capabilities that the container gets or loses, compared with Docker's default. On Fargate only SYS_PTRACE can be added.",
  "LinuxParameters.devices": "Devices of the instance that the container sees. Not on Fargate.",
  "RepositoryCredentials.credentialsParameter":
    "The ARN of a secret with user name and password of a private registry. The execution role reads it.",
  "ResourceRequirement.type":
    "What kind of device: `GPU` takes whole GPUs of the instance, which placement counts.",
  "ResourceRequirement.sharingStrategy": "Whether the container shares the resource with others.",
  "SystemControl.namespace": "The kernel parameter, for example `net.core.somaxconn`. Namespaced ones only.",
  "SystemControl.value": "Its value, as text.",
  "Tag.key": "Up to 128 characters; `aws:` is reserved.",
  "Tag.value": "Up to 256 characters. Optional.",
  "Ulimit.name":
    "The limit, as `ulimit` knows it: `nofile` is the number of open files. On Fargate only nofile.",
  "Ulimit.hardLimit": "Up to which the process may raise it. -1 is unlimited.",
};

export const connectionTexts: Readonly<Record<string, string>> = {
  ...loadBalancers,
  ...networks,
  ...storage,
  ...deployments,
  ...containers,
};
