// Where the arguments of the Terraform AWS provider's ECS resources go in the input of the API. What is not listed has
// the API's name in snake case. Source: the provider's documentation of the two resources.

import type { InputOperation } from "../../../api/apiModel";

/** Paths in the input by path of arguments; `-` is not sent, or not what the API takes under that name. */
export type ArgumentTable = Readonly<Record<string, string>>;

/** Arguments of Terraform itself, which every resource may have. */
const meta = [
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
  "connection",
  "timeouts",
];

const notSent = (names: readonly string[]) => Object.fromEntries(names.map((it) => [it, "-"]));

export const taskDefinitionArguments: ArgumentTable = {
  ...notSent([...meta, "tags_all", "region", "skip_destroy", "track_latest", "id", "arn"]),
  volume: "volumes",
  "volume.host_path": "host.sourcePath",
  "volume.configure_at_launch": "configuredAtLaunch",
  "volume.efs_volume_configuration.file_system_id": "fileSystemId",
  inference_accelerator: "inferenceAccelerators",
  "proxy_configuration.properties": "properties",
};

export const serviceArguments: ArgumentTable = {
  ...notSent([
    ...meta,
    "tags_all",
    "region",
    "triggers",
    "wait_for_steady_state",
    "force_delete",
    "force_new_deployment",
    "sigint_rollback",
    "id",
    "arn",
  ]),
  name: "serviceName",
  iam_role: "role",
  load_balancer: "loadBalancers",
  "load_balancer.elb_name": "loadBalancerName",
  network_configuration: "networkConfiguration.awsvpcConfiguration",
  ordered_placement_strategy: "placementStrategy",
  deployment_maximum_percent: "deploymentConfiguration.maximumPercent",
  deployment_minimum_healthy_percent: "deploymentConfiguration.minimumHealthyPercent",
  deployment_circuit_breaker: "deploymentConfiguration.deploymentCircuitBreaker",
  alarms: "deploymentConfiguration.alarms",
  "deployment_configuration.lifecycle_hook": "lifecycleHooks",
  enable_ecs_managed_tags: "enableECSManagedTags",
  volume_configuration: "volumeConfigurations",
  "volume_configuration.managed_ebs_volume": "managedEBSVolume",
  "volume_configuration.managed_ebs_volume.size_in_gb": "sizeInGiB",
  "volume_configuration.managed_ebs_volume.file_system_type": "filesystemType",
  "service_connect_configuration.service": "services",
  "service_connect_configuration.service.client_alias": "clientAliases",
  "service_connect_configuration.service.tls.issuer_cert_authority": "issuerCertificateAuthority",
  "service_connect_configuration.log_configuration.secret_option": "secretOptions",
  vpc_lattice_configurations: "vpcLatticeConfigurations",
};

/** Source: the provider's documentation of the resource (provider 6.50.0 and newer). */
export const daemonTaskDefinitionArguments: ArgumentTable = {
  ...notSent([...meta, "tags_all", "region", "id", "arn"]),
  container_definition: "containerDefinitions",
  "container_definition.environment_file": "environmentFiles",
  "container_definition.secret": "secrets",
  "container_definition.mount_point": "mountPoints",
  "container_definition.system_control": "systemControls",
  "container_definition.ulimit": "ulimits",
  "container_definition.log_configuration.secret_option": "secretOptions",
  "container_definition.linux_parameters.device": "devices",
  volume: "volumes",
  "volume.host_path": "host.sourcePath",
};

export const daemonArguments: ArgumentTable = {
  ...notSent([...meta, "tags_all", "region", "id", "arn"]),
  name: "daemonName",
  enable_ecs_managed_tags: "enableECSManagedTags",
};

/** A name of the API in snake case; units and initials are one word: `sizeInGiB`, `totalLocalStorageGB`. */
export function snakeCase(name: string): string {
  return name.replace(
    /[GM]iB|[A-Z]+(?![a-z])|[A-Z]/g,
    (letters, at: number) => `${at > 0 ? "_" : ""}${letters.toLowerCase()}`,
  );
}

const requirements = "managed_instances_provider.instance_launch_template.instance_requirements";

export const capacityProviderArguments: ArgumentTable = {
  ...notSent([...meta, "tags_all", "region", "id", "arn"]),
  [`${requirements}.vcpu_count`]: "vCpuCount",
  [`${requirements}.memory_gib_per_vcpu`]: "memoryGiBPerVCpu",
};

/** The table of an operation's resource. */
export function argumentsOfOperation(operation: InputOperation | undefined): ArgumentTable {
  switch (operation) {
    case "registerTaskDefinition":
      return taskDefinitionArguments;
    case "registerDaemonTaskDefinition":
      return daemonTaskDefinitionArguments;
    case "createDaemon":
    case "updateDaemon":
      return daemonArguments;
    case "createCapacityProvider":
      return capacityProviderArguments;
    default:
      return serviceArguments;
  }
}
