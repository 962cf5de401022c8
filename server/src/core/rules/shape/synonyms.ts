// Names that people write for members of the API: shortened, from Docker, Compose or Kubernetes, or a letter off.

import { nearest } from "../../text/spelling";

/** By the shape that has the member; `*` for any. */
const synonyms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "*": { labels: "dockerLabels", env: "environment", constraints: "placementConstraints" },
  RegisterTaskDefinitionRequest: {
    containers: "containerDefinitions",
    containerDefs: "containerDefinitions",
    name: "family",
    executionRole: "executionRoleArn",
    taskRole: "taskRoleArn",
  },
  CreateServiceRequest: {
    name: "serviceName",
    strategy: "schedulingStrategy",
    count: "desiredCount",
    replicas: "desiredCount",
  },
  ContainerDefinition: {
    ports: "portMappings",
    cmd: "command",
    logging: "logConfiguration",
    logs: "logConfiguration",
    volumeMounts: "mountPoints",
    mounts: "mountPoints",
    readOnly: "readonlyRootFilesystem",
    tty: "pseudoTerminal",
    dns: "dnsServers",
    sysctls: "systemControls",
    securityOpt: "dockerSecurityOptions",
    envFile: "environmentFiles",
    depends_on: "dependsOn",
    restart: "restartPolicy",
  },
  KeyValuePair: { key: "name" },
  Tag: { name: "key" },
  Secret: { key: "name", value: "valueFrom", from: "valueFrom" },
  EnvironmentFile: { name: "value", path: "value" },
  PortMapping: { port: "containerPort", container: "containerPort", host: "hostPort" },
  MountPoint: {
    source: "sourceVolume",
    volume: "sourceVolume",
    name: "sourceVolume",
    target: "containerPath",
    destination: "containerPath",
    mountPath: "containerPath",
    path: "containerPath",
  },
  HostVolumeProperties: { path: "sourcePath", source: "sourcePath" },
  HealthCheck: { test: "command", start_period: "startPeriod" },
  LogConfiguration: { driver: "logDriver" },
  Ulimit: { soft: "softLimit", hard: "hardLimit" },
  ContainerDependency: { name: "containerName", container: "containerName" },
  VolumeFrom: { container: "sourceContainer", name: "sourceContainer" },
  RuntimePlatform: { os: "operatingSystemFamily", architecture: "cpuArchitecture", arch: "cpuArchitecture" },
  DeploymentConfiguration: {
    maxPercent: "maximumPercent",
    maximumHealthyPercent: "maximumPercent",
    minPercent: "minimumHealthyPercent",
    minimumPercent: "minimumHealthyPercent",
    minHealthyPercent: "minimumHealthyPercent",
    circuitBreaker: "deploymentCircuitBreaker",
  },
  CreateCapacityProviderRequest: {
    clusterArn: "cluster",
    clusterName: "cluster",
    capacityProviderName: "name",
  },
  ManagedInstancesStorageConfiguration: { taskVolumeStorageGiB: "storageSizeGiB" },
  AwsVpcConfiguration: { subnetIds: "subnets", securityGroupIds: "securityGroups" },
};

/** The member that was probably meant by a name that is none: a near miss, a synonym, or a beginning of one. */
export function meantMember(name: string, shapeName: string, known: readonly string[]): string | undefined {
  return synonymOf(name, shapeName, known) ?? nearest(name, known) ?? onlyOneWith(name, known);
}

/** The member that another name stands for. */
export function synonymOf(name: string, shapeName: string, known: readonly string[]): string | undefined {
  const own = Object.hasOwn(synonyms, shapeName) ? synonyms[shapeName] : undefined;
  for (const table of [own, synonyms["*"]]) {
    const synonym = table && Object.hasOwn(table, name) ? table[name] : undefined;
    if (synonym !== undefined && known.includes(synonym)) return synonym;
  }
  return undefined;
}

/** `taskRole` → `taskRoleArn`: the one known name that begins with it. */
function onlyOneWith(name: string, known: readonly string[]): string | undefined {
  if (name.length < 5) return undefined;
  const [first, ...others] = known.filter((it) => it.toLowerCase().startsWith(name.toLowerCase()));
  return others.length === 0 ? first : undefined;
}
