// Values worth offering that the API model does not list: names that Docker, Linux or a log driver define, and
// paths that agents of the kind mount.

import type { KnownValue } from "./knownValue";

const of = (...values: readonly string[]): readonly KnownValue[] => values.map((value) => ({ value }));
const words = (text: string): readonly KnownValue[] => of(...text.trim().split(/\s+/));

/** Linux capabilities that `add` and `drop` accept. Source: KernelCapabilities of the API reference. */
const capabilities = words(`
  ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER
  KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP
  SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO
  SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM`);

/** Source: Tmpfs of the API reference. */
const mountOptions = words(`
  defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime
  nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime
  strictatime nostrictatime mode uid gid nr_inodes nr_blocks mpol`);

/** Namespaced kernel parameters. Source: SystemControl of the API reference; of `net.*` the usual ones. */
const systemControls = words(`
  kernel.msgmax kernel.msgmnb kernel.msgmni kernel.sem kernel.shmall kernel.shmmax kernel.shmmni
  kernel.shm_rmid_forced fs.mqueue.msg_max fs.mqueue.msgsize_max fs.mqueue.queues_max net.core.somaxconn
  net.ipv4.ip_local_port_range net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout net.ipv4.tcp_tw_reuse
  net.ipv4.ip_unprivileged_port_start`);

export const healthCheckCommands: readonly KnownValue[] = [
  { value: "CMD-SHELL", detail: "one line for the container's shell" },
  { value: "CMD", detail: "a program and its arguments" },
];

/** By `Shape.member`. */
export const valuesAt: Readonly<Record<string, readonly KnownValue[]>> = {
  "KernelCapabilities.add": capabilities,
  "KernelCapabilities.drop": capabilities,
  "Tmpfs.mountOptions": mountOptions,
  "SystemControl.namespace": systemControls,
  "ContainerDefinition.dockerSecurityOptions": of(
    "no-new-privileges",
    "apparmor:",
    "label:",
    "credentialspec:",
  ),
  "HostVolumeProperties.sourcePath": [
    { value: "/var/run/docker.sock", detail: "Docker's socket" },
    { value: "/proc/", detail: "the processes of the instance" },
    { value: "/sys/fs/cgroup/", detail: "control groups" },
    { value: "/var/lib/docker/containers/", detail: "the logs of the containers" },
    { value: "/var/log/", detail: "the logs of the instance" },
    { value: "/etc/passwd", detail: "the users of the instance" },
    { value: "/", detail: "the whole file system" },
  ],
  "DockerVolumeConfiguration.driver": of("local", "rexray/ebs", "amazon-ecs-volume-plugin"),
  "RegisterTaskDefinitionRequest.cpu": [
    { value: "128", detail: "0.125 vCPU" },
    { value: "256", detail: "0.25 vCPU" },
    { value: "512", detail: "0.5 vCPU" },
    { value: "1024", detail: "1 vCPU" },
    { value: "2048", detail: "2 vCPU" },
    { value: "4096", detail: "4 vCPU" },
  ],
  "RegisterTaskDefinitionRequest.memory": [
    { value: "128", detail: "0.125 GiB" },
    { value: "256", detail: "0.25 GiB" },
    { value: "512", detail: "0.5 GiB" },
    { value: "1024", detail: "1 GiB" },
    { value: "2048", detail: "2 GiB" },
    { value: "4096", detail: "4 GiB" },
  ],
  "CreateServiceRequest.schedulingStrategy": [
    { value: "DAEMON", detail: "one task on every matching container instance" },
    { value: "REPLICA", detail: "desiredCount tasks" },
  ],
  "CreateServiceRequest.launchType": of("EC2", "EXTERNAL", "FARGATE", "MANAGED_INSTANCES"),
  "PlacementConstraint.type": [
    { value: "memberOf", detail: "instances for which the expression is true" },
    {
      value: "distinctInstance",
      detail: "has no effect on a daemon, which runs once on each instance anyway",
    },
  ],
  "PlacementStrategy.field": of(
    "attribute:ecs.availability-zone",
    "attribute:ecs.instance-type",
    "instanceId",
    "host",
    "cpu",
    "memory",
  ),
  "DeploymentConfiguration.maximumPercent": [
    { value: "100", detail: "the most for a daemon service", isNumber: true },
  ],
  "DeploymentConfiguration.minimumHealthyPercent": [
    { value: "0", detail: "each instance stops its task before it starts the new one", isNumber: true },
  ],
};

/** Options by log driver. Sources: the ECS developer guide for awslogs, splunk and awsfirelens, Docker's for the rest. */
export const logOptions: Readonly<Record<string, readonly string[]>> = {
  awslogs: [
    "awslogs-group",
    "awslogs-region",
    "awslogs-stream-prefix",
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-multiline-pattern",
    "mode",
    "max-buffer-size",
  ],
  splunk: [
    "splunk-token",
    "splunk-url",
    "splunk-source",
    "splunk-sourcetype",
    "splunk-index",
    "splunk-capath",
    "splunk-caname",
    "splunk-insecureskipverify",
    "splunk-format",
    "splunk-verify-connection",
    "splunk-gzip",
    "splunk-gzip-level",
    "tag",
    "labels",
    "env",
    "mode",
    "max-buffer-size",
  ],
  awsfirelens: [
    "Name",
    "region",
    "delivery_stream",
    "log_group_name",
    "log_stream_prefix",
    "auto_create_group",
    "log-driver-buffer-limit",
  ],
  "json-file": ["max-size", "max-file", "labels", "env", "compress", "mode", "max-buffer-size"],
  syslog: [
    "syslog-address",
    "syslog-facility",
    "syslog-format",
    "syslog-tls-ca-cert",
    "tag",
    "labels",
    "env",
    "mode",
  ],
  journald: ["tag", "labels", "env", "mode"],
  gelf: ["gelf-address", "gelf-compression-type", "gelf-compression-level", "tag", "labels", "env", "mode"],
  fluentd: [
    "fluentd-address",
    "fluentd-async",
    "fluentd-buffer-limit",
    "fluentd-retry-wait",
    "fluentd-max-retries",
    "tag",
    "labels",
    "env",
    "mode",
  ],
};

export const firelensOptions: readonly string[] = [
  "enable-ecs-log-metadata",
  "config-file-type",
  "config-file-value",
];

export const optionValues: Readonly<Record<string, readonly string[]>> = {
  "awslogs-create-group": ["true"],
  mode: ["non-blocking", "blocking"],
  "enable-ecs-log-metadata": ["true", "false"],
  "config-file-type": ["s3", "file"],
  "splunk-format": ["inline", "json", "raw"],
};
