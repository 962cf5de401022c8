// Diagnostics about the task definitions of managed daemons. The words of ECS's own rejections of them are not known.

import type { CatalogueEntry } from "../catalogueEntry";

export const managedDefinitionDiagnostics = {
  "no-counterpart-member": {
    severity: "error",
    title: "Property that daemon task definitions do not have",
    message: "A daemon task definition has no '{member}': {instead}.",
    why: "Managed daemons have a definition of their own, with fewer properties than ordinary task definitions; the AWS CLI refuses the others. The text of ECS is unknown.",
  },
  "volume-not-for-daemons": {
    severity: "error",
    title: "Kind of volume that daemons do not have",
    message:
      "A daemon task definition has no '{member}': its volumes are paths of the instance or log driver volumes.",
    why: "Managed daemons mount bind mounts and the logs of a log driver, nothing else. The text of ECS is unknown.",
  },
  "namespace-mode-of-tasks": {
    severity: "error",
    title: "Namespace mode of ordinary tasks",
    message: "'{member}' of a daemon task definition is 'shared' or 'none', not '{value}'. {advice}",
    why: "Daemons of an instance share namespaces with each other, which ordinary tasks call 'host'. The text of ECS is unknown.",
  },
  "volume-both-kinds": {
    severity: "error",
    title: "Volume with a path and a log driver",
    message:
      "A volume is a path of the instance or the logs of a log driver, not both. Remove one of the two.",
    why: "The API allows at most one of 'host' and 'logDriverVolumeConfiguration'. The text of ECS is unknown.",
  },
  "log-volume-driver": {
    severity: "error",
    title: "Log driver without a volume",
    message: "The only log driver with a volume is json-file, not '{driver}'.",
    why: "A log driver volume has the files that json-file writes. The text of ECS is unknown.",
  },
  "log-volume-writable": {
    severity: "hint",
    title: "Log driver volume that can be written to",
    message: 'The logs of other containers are mounted without "readOnly": true.',
    why: "Whoever reads logs does not have to change them.",
  },
  "log-volume-own-logs": {
    severity: "warning",
    title: "Log reader that reads its own logs",
    message:
      "{container} reads the log driver volume and logs with json-file itself: it reads its own output in a circle. Use another log driver.",
    why: "The volume has a folder for each container whose log driver is json-file, the reader's own among them.",
  },
  "log-volume-old-client": {
    severity: "information",
    title: "Volume that older clients refuse",
    message:
      "'logDriverVolumeConfiguration' needs a client of November 2026 or newer: older versions of the AWS CLI refuse it.",
    why: "Clients check property names before they send anything.",
  },
  "daemon-log-driver": {
    severity: "warning",
    title: "Log driver that daemons may not have",
    message: "The guide names awslogs, splunk and awsfirelens for daemons; '{driver}' is not among them.",
    why: "json-file is documented for tasks on Managed Instances; whether a daemon's own containers may use it is not documented.",
  },
  "critical-without-health-check": {
    severity: "warning",
    title: "Critical daemon without a health check",
    message:
      "{container} is essential and has no 'healthCheck': ECS notices only when it stops, not when it hangs.",
    why: "A critical daemon that is unhealthy makes ECS replace the instance; without a health check it never counts as unhealthy.",
  },
  "critical-health-check-tight": {
    severity: "warning",
    title: "Health check that leaves no time to start",
    message:
      "The health check of {container} gives up after {seconds} s: one slow start and ECS replaces the instance. Raise 'retries' or 'startPeriod'.",
    why: "An unhealthy critical daemon drains its instance. Below 30 s, or with a single try and no start period, a slow start is enough (the numbers are those of ECS Daemon).",
  },
  "essential-without-restart-policy": {
    severity: "hint",
    title: "Essential container without a restart policy",
    message:
      "A crash of {container} stops the daemon's task, and where the daemon is critical, ECS replaces the instance. A 'restartPolicy' restarts the container in place.",
    why: "A critical daemon whose task stops drains its instance; a restart inside the task is not seen as a stop.",
  },
  "docker-on-managed-instances": {
    severity: "warning",
    title: "Path of Docker on an instance without Docker",
    message: "'{path}' does not exist on Managed Instances: they run containerd. {advice}",
    why: "Managed Instances run Bottlerocket with containerd; Docker's socket, its files and /cgroup do not exist there.",
  },
  "ec2-agent-path": {
    severity: "hint",
    title: "Path of the ECS-optimized AMI",
    message:
      "'{path}' is a path of the ECS-optimized AMI; Managed Instances run Bottlerocket, which probably does not have it.",
    why: "Which paths exist on Managed Instances is not documented.",
  },
  "metadata-service-blocked": {
    severity: "warning",
    title: "Instance metadata that daemons cannot reach",
    message:
      "{what} needs the instance metadata service (169.254.169.254), which is always blocked for daemons. Use the task role and ECS_CONTAINER_METADATA_URI_V4.",
    why: "The agent blocks the instance metadata service in the network namespace that the daemons of an instance share.",
  },
  "daemon-localhost-clients": {
    severity: "hint",
    title: "Address at which a managed daemon is not reached",
    message:
      "'{name}' is '{value}': tasks on Managed Instances reach daemons at 169.254.172.2 (IPv6 fd00:ec2::172:2).",
    why: "Daemons have a network namespace of their own on each instance: 127.0.0.1 and the address of the host do not lead there.",
  },
  "port-shared-by-daemons": {
    severity: "warning",
    title: "Two daemons on one port",
    message:
      "The daemon '{other}' on the same capacity provider probably listens on {port}, too: the second one to start fails.",
    why: "All daemons of an instance share one network namespace, and no definition declares ports. These are known from images and variables.",
  },
  "listens-on-localhost-only": {
    severity: "hint",
    title: "Agent that cannot be reached",
    message:
      "The Datadog agent listens on localhost only: set DD_APM_NON_LOCAL_TRAFFIC and DD_DOGSTATSD_NON_LOCAL_TRAFFIC, or share a socket in /var/run/datadog.",
    why: "Applications reach daemons at 169.254.172.2, where nothing listens unless the agent is set up for it.",
  },
  "execution-role-missing": {
    severity: "warning",
    title: "No execution role",
    message: "{what} needs an execution role. Add 'executionRoleArn'.",
    why: "Pulling from Amazon ECR and writing to CloudWatch Logs are documented to need one for daemons.",
  },
  "size-not-declared": {
    severity: "information",
    title: "Daemon without a size",
    message:
      "Without 'cpu' and 'memory' of the task the reservation is the sum of the containers', and the metrics have no base.",
    why: "CPUUtilization and MemoryUtilization of a daemon are percentages of what its definition declares.",
  },
  "size-large": {
    severity: "hint",
    title: "Daemon that takes much of a small instance",
    message: "{amount} are {share} % of {type}, which the capacity provider '{provider}' admits.",
    why: "Every instance gives this to the daemon before applications get the rest. ECS Daemon reports it from 25 % on.",
  },
  "does-not-fit": {
    severity: "warning",
    title: "Daemon that is larger than an instance",
    message:
      "{amount} do not fit on {type}, which the capacity provider '{provider}' admits and which has {whole}. Lower the size, or raise the minimum of the capacity provider.",
    why: "Whether ECS counts daemons when it chooses an instance type is not documented. On a type that is too small a critical daemon keeps the instance from becoming active.",
  },
  "host-namespace": {
    severity: "information",
    title: "Access to the instance",
    message: "{what}: {opens}.",
    why: "Every instance of the capacity providers runs this daemon.",
  },
} as const satisfies Record<string, CatalogueEntry>;
