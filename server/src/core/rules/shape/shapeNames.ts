// How the shapes of the API model are called in messages, and where a misplaced member belongs.

import { shapeNamed } from "../../api/apiModel";
import { nearest } from "../../text/spelling";

const names: Readonly<Record<string, string>> = {
  RegisterTaskDefinitionRequest: "a task definition",
  CreateServiceRequest: "a service",
  UpdateServiceRequest: "a service update",
  ContainerDefinition: "a container definition",
  RegisterDaemonTaskDefinitionRequest: "a daemon task definition",
  DaemonContainerDefinition: "a container definition",
  DaemonLinuxParameters: "'linuxParameters'",
  DaemonVolume: "a volume",
  CreateDaemonRequest: "a daemon",
  UpdateDaemonRequest: "a daemon update",
  DaemonDeploymentConfiguration: "'deploymentConfiguration'",
  DaemonAlarmConfiguration: "'alarms'",
  CreateCapacityProviderRequest: "a capacity provider",
  CreateManagedInstancesProviderConfiguration: "'managedInstancesProvider'",
  KeyValuePair: "a name and value pair",
  HostEntry: "an entry of extraHosts",
  EFSVolumeConfiguration: "an EFS volume configuration",
  EFSAuthorizationConfig: "an EFS authorization configuration",
  EBSTagSpecification: "an EBS tag specification",
  RepositoryCredentials: "'repositoryCredentials'",
  DeploymentAlarms: "'alarms'",
  AwsVpcConfiguration: "'awsvpcConfiguration'",
  Ulimit: "a limit",
  Tmpfs: "a tmpfs mount",
  FSxWindowsFileServerVolumeConfiguration: "an FSx volume configuration",
  FSxWindowsFileServerAuthorizationConfig: "an FSx authorization configuration",
  S3FilesVolumeConfiguration: "an S3 Files volume configuration",
  ServiceManagedEBSVolumeConfiguration: "'managedEBSVolume'",
  ServiceConnectService: "an entry of Service Connect's 'services'",
  ServiceConnectClientAlias: "a client alias",
  ServiceConnectTlsConfiguration: "'tls'",
  VpcLatticeConfiguration: "a VPC Lattice configuration",
};

/** `PortMapping` → "a port mapping". */
export function ownerName(shapeName: string): string {
  const known = names[shapeName];
  if (known) return known;
  const words = shapeName.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  if (/[^sfaiu]s$/.test(words)) return words;
  return `${/^[aeiou]/.test(words) ? "an" : "a"} ${words}`;
}

const homes: readonly (readonly [shape: string, words: string])[] = [
  ["RegisterTaskDefinitionRequest", "the task definition itself"],
  ["ContainerDefinition", "a container definition"],
  ["LinuxParameters", "'linuxParameters'"],
  ["LogConfiguration", "'logConfiguration'"],
  ["RuntimePlatform", "'runtimePlatform'"],
  ["HealthCheck", "'healthCheck'"],
  ["PortMapping", "a port mapping"],
  ["MountPoint", "an entry of 'mountPoints'"],
  ["VolumeFrom", "an entry of 'volumesFrom'"],
  ["Secret", "an entry of 'secrets'"],
  ["Ulimit", "an entry of 'ulimits'"],
  ["ContainerDependency", "an entry of 'dependsOn'"],
  ["KernelCapabilities", "'linuxParameters.capabilities'"],
  ["RepositoryCredentials", "'repositoryCredentials'"],
  ["EphemeralStorage", "'ephemeralStorage'"],
  ["HostVolumeProperties", "'host'"],
  ["EFSVolumeConfiguration", "'efsVolumeConfiguration'"],
  ["EFSAuthorizationConfig", "'efsVolumeConfiguration.authorizationConfig'"],
  ["DockerVolumeConfiguration", "'dockerVolumeConfiguration'"],
  ["CreateServiceRequest", "a service that runs the task definition"],
];
const serviceHomes: readonly (readonly [shape: string, words: string])[] = [
  ["CreateServiceRequest", "the service itself"],
  ["DeploymentConfiguration", "'deploymentConfiguration'"],
  ["AwsVpcConfiguration", "'networkConfiguration.awsvpcConfiguration'"],
  ["LoadBalancer", "an entry of 'loadBalancers'"],
  ["PlacementConstraint", "an entry of 'placementConstraints'"],
  ["DeploymentCircuitBreaker", "'deploymentConfiguration.deploymentCircuitBreaker'"],
  ["RegisterTaskDefinitionRequest", "the task definition"],
];
const serviceShapes =
  /^(Create|Update)ServiceRequest$|^Deployment|^LoadBalancer$|^AwsVpc|^Network|^Service|^Placement/;
/** Too general to say where they belong. */
const ambiguous = new Set([
  "name",
  "value",
  "type",
  "options",
  "enabled",
  "command",
  "containerName",
  "containerPath",
  "readOnly",
]);

export const isAmbiguous = (name: string): boolean => ambiguous.has(name);

/** Where an object of a shape stands, which a property of the document has, alone or in a list. */
export function homeWords(shapeName: string, member: string, isItem: boolean): string {
  if (member === "") return `${ownerName(shapeName)} itself`.replace(/^an? /, "the ");
  const known = [...homes, ...serviceHomes].find(([shape]) => shape === shapeName);
  if (known) return known[1];
  return isItem ? `an entry of '${member}'` : `'${member}'`;
}

/** Options of log drivers have the name of the driver before their own. */
function isLogOption(member: string): boolean {
  return /^(awslogs|splunk|fluentd|gelf|syslog)-|^(max-(size|file|buffer-size)|mode)$/.test(member);
}

/** Options of FireLens; those of Fluent Bit's outputs have names of any kind. */
const firelensOption = /^(enable-ecs-log-metadata|config-file-(type|value))$/;

const options: Home = { words: "'options'", isOptions: true };

/** Names that a log configuration's own are misspelt as. */
const ownOfLogConfiguration = ["logDriver", "options", "secretOptions"];

/** Where a property belongs. */
export interface Home {
  readonly words: string;
  /** The options of a log driver or of FireLens. */
  readonly isOptions: boolean;
}

/**
 * Where a property that is known elsewhere in the same input belongs; `logDriver` is that of a log configuration, where the
 * property is in one.
 */
export function homeOf(member: string, shapeName: string, logDriver?: unknown): Home | undefined {
  if (shapeName === "LogConfiguration") {
    const isOfOutput =
      logDriver === "awsfirelens" &&
      nearest(member, ownOfLogConfiguration) === undefined &&
      !Object.hasOwn(shapeNamed("ContainerDefinition").members ?? {}, member);
    if (isLogOption(member) || (isOfOutput && member !== "driver")) return options;
  }
  if (ambiguous.has(member)) return undefined;
  if (shapeName === "FirelensConfiguration" && firelensOption.test(member)) return options;
  if (shapeName === "ContainerDefinition" && /^(awslogs|splunk|fluentd|gelf|syslog)-/.test(member))
    return { words: "'logConfiguration.options'", isOptions: true };
  // Variables and secrets look alike.
  if (shapeName === "KeyValuePair" && member === "valueFrom") return plainHome("an entry of 'secrets'");
  const candidates = serviceShapes.test(shapeName) ? serviceHomes : homes;
  const home = candidates.find(([shape]) => {
    const known = shapeNamed(shape).members;
    return shape !== shapeName && known !== undefined && Object.hasOwn(known, member);
  });
  return home && plainHome(home[1]);
}

const plainHome = (words: string): Home => ({ words, isOptions: false });
