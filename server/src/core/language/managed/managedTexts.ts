// What the properties of managed daemons mean, in our own words. Those that ordinary task definitions have, too, have
// their texts in fieldTexts.ts.

const unknownRounding =
  "How ECS rounds it, and whether it always takes at least one instance, is not documented.";

/** By shape and property. */
export const managedTexts: Readonly<Record<string, string>> = {
  "RegisterDaemonTaskDefinitionRequest.family":
    "The name under which revisions of the daemon task definition are counted.",
  "RegisterDaemonTaskDefinitionRequest.containerDefinitions":
    "The containers of the daemon's task; at least one is essential. Which ports they bind is not declared: all daemons of an instance share one network, and applications reach them at 169.254.172.2 (IPv6 fd00:ec2::172:2). The instance metadata service is blocked there.",
  "RegisterDaemonTaskDefinitionRequest.cpu":
    "What each instance gives to the daemon, and the base of its CPU metric. Whether ECS counts daemons when it chooses an instance type is not documented.",
  "RegisterDaemonTaskDefinitionRequest.memory":
    "What each instance gives to the daemon. A critical daemon that does not fit keeps the instance from becoming active.",
  "RegisterDaemonTaskDefinitionRequest.pidMode":
    "`shared`: one PID namespace with the other daemons of the instance and with tasks whose mode is `host`.",
  "RegisterDaemonTaskDefinitionRequest.ipcMode":
    "`shared`: one IPC namespace with the other daemons of the instance and with tasks whose mode is `host`.",
  "RegisterDaemonTaskDefinitionRequest.volumes":
    "Paths of the instance, empty volumes, and the logs of a log driver. Managed Instances run Bottlerocket with containerd: Docker's paths do not exist.",
  "RegisterDaemonTaskDefinitionRequest.executionRoleArn":
    "Pulls images from Amazon ECR and writes to CloudWatch Logs; both need it.",
  "DaemonVolume.logDriverVolumeConfiguration":
    "The logs of all containers of the instance whose log driver is json-file: a folder for each container. Needs a client of November 2026 or newer.",
  "LogDriverVolumeConfiguration.driver": "Only `json-file` has a volume.",
  "CreateDaemonRequest.daemonName":
    "The daemon's name in its cluster: up to 255 letters, digits, underscores and hyphens. It cannot change.",
  "UpdateDaemonRequest.daemonArn": "The daemon to update.",
  "CreateDaemonRequest.clusterArn": "The cluster of the daemon and its capacity providers. It cannot change.",
  "CreateDaemonRequest.daemonTaskDefinitionArn":
    "The ARN of the daemon task definition with its revision. Placeholders are fine: the family is what links the files.",
  "CreateDaemonRequest.capacityProviderArns":
    "The daemon runs one task on **every instance** of these Managed Instances capacity providers. There is no expression and no count: instances that are to be left out belong to a capacity provider of their own. On EC2 and Auto Scaling groups a service with the scheduling strategy DAEMON does this.",
  "CreateDaemonRequest.deploymentConfiguration":
    "How every create, update and delete **replaces the instances**: which share at a time, and what is watched afterwards.",
  "CreateDaemonRequest.critical":
    "`true` (the default): an instance without a running daemon does not become active, and one whose daemon fails is replaced. `false`: the instance runs without it. An update without this setting makes the daemon critical again.",
  "CreateDaemonRequest.propagateTags":
    "`DAEMON` copies the daemon's tags to its tasks. An update without it takes it back to `NONE`.",
  "CreateDaemonRequest.enableECSManagedTags":
    "Tags the tasks with the names of cluster and daemon. An update without it switches it off.",
  "CreateDaemonRequest.enableExecuteCommand":
    "Allows `aws ecs execute-command`. An update without it switches it off.",
  "CreateDaemonRequest.tags": "Tags of the daemon. Later they change by TagResource only.",
  "CreateDaemonRequest.clientToken":
    "The same token makes a repeated call the same call. Up to 36 characters.",
  "DaemonDeploymentConfiguration.drainPercent": `The share of instances that is drained and replaced at a time, 1 to 100. Default: 25. ${unknownRounding}`,
  "DaemonDeploymentConfiguration.bakeTimeInMinutes":
    "How long alarms are watched after all instances have been replaced, 0 to 1440. Default: 0.",
  "DaemonDeploymentConfiguration.alarms":
    "CloudWatch alarms that roll a deployment back. Those in ALARM at its start are ignored.",
  "DaemonAlarmConfiguration.enable": "Without `true` the alarms are not watched.",
  "CreateCapacityProviderRequest.name": "Does not begin with aws, ecs or fargate.",
  "CreateCapacityProviderRequest.cluster": "A Managed Instances capacity provider belongs to one cluster.",
  "InstanceLaunchTemplate.instanceRequirements":
    "Which instance types ECS may start. Without it ECS chooses among general-purpose types.",
  "InstanceRequirementsRequest.vCpuCount": "How many vCPUs the instance types have.",
  "InstanceRequirementsRequest.memoryMiB":
    "How much memory the instance types have, in MiB. What an instance registers is a few percent less.",
  "InstanceRequirementsRequest.cpuManufacturers":
    "Makers of the CPUs: intel, amd or amazon-web-services (Graviton).",
  "InstanceRequirementsRequest.memoryGiBPerVCpu": "How much memory there is for each vCPU, in GiB.",
  "InstanceRequirementsRequest.excludedInstanceTypes":
    "Instance types that ECS does not start, with wildcards: `m5.*`, `t3*`.",
  "InstanceRequirementsRequest.instanceGenerations":
    "Whether types of the current generation, of previous ones, or of both are admitted.",
  "InstanceRequirementsRequest.spotMaxPricePercentageOverLowestPrice":
    "By how many percent a Spot Instance may cost more than the cheapest type.",
  "InstanceRequirementsRequest.onDemandMaxPricePercentageOverLowestPrice":
    "By how many percent an On-Demand Instance may cost more than the cheapest type.",
  "InstanceRequirementsRequest.bareMetal": "Whether bare metal types are admitted, required or left out.",
  "InstanceRequirementsRequest.burstablePerformance":
    "Whether burstable types (T3, T4g) are admitted, required or left out.",
  "InstanceRequirementsRequest.requireHibernateSupport":
    "Whether only types that can hibernate are admitted.",
  "InstanceRequirementsRequest.networkInterfaceCount": "How many network interfaces the instance types have.",
  "InstanceRequirementsRequest.localStorage":
    "Whether types with instance store volumes are admitted, required or left out.",
  "InstanceRequirementsRequest.localStorageTypes": "Kinds of instance store volumes: hdd or ssd.",
  "InstanceRequirementsRequest.totalLocalStorageGB": "How much instance storage the types have, in GB.",
  "InstanceRequirementsRequest.baselineEbsBandwidthMbps": "Bandwidth to EBS volumes, in Mbps.",
  "InstanceRequirementsRequest.acceleratorTypes":
    "Kinds of accelerators: gpu, fpga or inference. Managed daemons do not get any.",
  "InstanceRequirementsRequest.acceleratorCount": "How many accelerators the instance types have.",
  "InstanceRequirementsRequest.acceleratorManufacturers": "Makers of the accelerators.",
  "InstanceRequirementsRequest.acceleratorNames": "Names of the accelerators, for example t4.",
  "InstanceRequirementsRequest.acceleratorTotalMemoryMiB":
    "How much memory the accelerators have together, in MiB.",
  "InstanceRequirementsRequest.networkBandwidthGbps": "Network bandwidth, in Gbps.",
  "InstanceRequirementsRequest.maxSpotPriceAsPercentageOfOptimalOnDemandPrice":
    "The highest price of a Spot Instance, in percent of the best On-Demand price.",
  "VCpuCountRangeRequest.min": "The least that is admitted.",
  "VCpuCountRangeRequest.max": "The most that is admitted; without it there is no upper bound.",
  "MemoryMiBRequest.min": "The least that is admitted.",
  "MemoryMiBRequest.max": "The most that is admitted; without it there is no upper bound.",
  "MemoryGiBPerVCpuRequest.min": "The least that is admitted.",
  "MemoryGiBPerVCpuRequest.max": "The most that is admitted; without it there is no upper bound.",
  "NetworkInterfaceCountRequest.min": "The least that is admitted.",
  "NetworkInterfaceCountRequest.max": "The most that is admitted; without it there is no upper bound.",
  "TotalLocalStorageGBRequest.min": "The least that is admitted.",
  "TotalLocalStorageGBRequest.max": "The most that is admitted; without it there is no upper bound.",
  "BaselineEbsBandwidthMbpsRequest.min": "The least that is admitted.",
  "BaselineEbsBandwidthMbpsRequest.max": "The most that is admitted; without it there is no upper bound.",
  "AcceleratorCountRequest.min": "The least that is admitted.",
  "AcceleratorCountRequest.max": "The most that is admitted; without it there is no upper bound.",
  "AcceleratorTotalMemoryMiBRequest.min": "The least that is admitted.",
  "AcceleratorTotalMemoryMiBRequest.max": "The most that is admitted; without it there is no upper bound.",
  "NetworkBandwidthGbpsRequest.min": "The least that is admitted.",
  "NetworkBandwidthGbpsRequest.max": "The most that is admitted; without it there is no upper bound.",
  "InstanceRequirementsRequest.allowedInstanceTypes": "With wildcards: `m5.*`, `c7g*`.",
  "AutoRepairConfiguration.actionsStatus":
    "`DISABLED`: instances whose critical daemon fails are reported and not replaced.",
};
