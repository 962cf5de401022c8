// The capability attributes that a container agent registers for its instance. Names are facts of the ECS agent
// (agent/app/agent_capability.go and its siblings); they have no values, they are there or not.

const agentPrefix = "ecs.capability.";
const dockerPrefix = "com.amazonaws.ecs.capability.";

/** Whether an attribute names something the agent can do. */
export function isCapability(attributeName: string): boolean {
  return attributeName.startsWith(agentPrefix) || attributeName.startsWith(dockerPrefix);
}

/** The container agent of an external instance (ECS Anywhere) registers it; no task definition requires it. */
export const externalAttribute = "ecs.capability.external";

/** Whether anything is known of what the agent can do: a fleet written by hand leaves capabilities out. */
export function listsCapabilities(attributes: ReadonlyMap<string, unknown>): boolean {
  for (const name of attributes.keys()) if (name !== externalAttribute && isCapability(name)) return true;
  return false;
}

const common: readonly string[] = [
  "private-registry-authentication.secretsmanager",
  "secrets.ssm.environment-variables",
  "secrets.ssm.bootstrap.log-driver",
  "secrets.asm.environment-variables",
  "secrets.asm.bootstrap.log-driver",
  "ecr-endpoint",
  "container-ordering",
  "full-sync",
  "env-files.s3",
  "network.container-port-range",
  "container-restart-policy",
  "execution-role-ecr-pull",
  "execution-role-awslogs",
  "container-health-check",
  "task-cpu-mem-limit",
  "increased-task-cpu-limit",
  "task-eni",
  "task-eni-block-instance-metadata",
  "docker-plugin.local",
  "execute-command",
  "service-connect-v1",
  "storage.ebs-task-volume-attach",
].map((it) => agentPrefix + it);

const linuxOnly: readonly string[] = [
  "task-eni.ipv6",
  "task-eni-trunking",
  "pid-ipc-namespace-sharing",
  "aws-appmesh",
  "firelens.fluentd",
  "firelens.fluentbit",
  "firelens.options.config.file",
  "firelens.options.config.s3",
  "firelens.non-root-user",
  "logging-driver.awsfirelens.log-driver-buffer-limit",
  "efs",
  "efsAuth",
  "storage.s3-files",
  "storage.ebsta-non-root-user",
  "fault-injection",
  "ipv6-only",
].map((it) => agentPrefix + it);

const windowsOnly: readonly string[] = ["gmsa", "gmsa-domainless", "fsxWindowsFileServer"].map(
  (it) => agentPrefix + it,
);

/** The agent skips the Docker API versions that no Docker release had as its own. */
const dockerApiVersions = [17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 32];

const docker: readonly string[] = [
  "privileged-container",
  "ecr-auth",
  "task-iam-role",
  "task-iam-role-network-host",
  ...dockerApiVersions.map((it) => `docker-remote-api.1.${it}`),
].map((it) => dockerPrefix + it);

/** `none` is no driver that a task definition can ask for, but agents list it. */
const loggingDrivers = ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "none"];

/**
 * Every capability that an up-to-date agent registers on an ECS-optimized image with all logging drivers switched on
 * (`ECS_AVAILABLE_LOGGING_DRIVERS`), for an OS family as in `ecs.os-family` (`LINUX`, `WINDOWS_SERVER_2022_CORE`).
 */
export function completeCapabilities(osFamily: string): readonly string[] {
  const windows = osFamily.toUpperCase().startsWith("WINDOWS");
  const drivers = windows
    ? loggingDrivers.filter((it) => it !== "journald")
    : [...loggingDrivers, "awsfirelens"];
  return [
    ...common,
    ...(windows ? windowsOnly : linuxOnly),
    ...docker,
    ...drivers.map((it) => `${dockerPrefix}logging-driver.${it}`),
  ];
}
