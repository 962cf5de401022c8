// The capability attributes that ECS requires of an instance for what a task definition uses, as data. AWS documents no
// such list: this one was gathered from registered definitions and from the agent's capability names.

import { asObject, member, type PlainObject } from "../text/plainValue";
import { openingOf } from "../text/unknownValue";
import {
  agentCapability,
  type CapabilityRow,
  containers,
  dockerApi,
  dockerCapability,
} from "./capabilityRow";
import {
  anyContainer,
  anySecret,
  anyVolume,
  hasExecutionRole,
  isParameterStore,
  isPresent,
  isSecretsManager,
  usesEcr,
} from "./definitionUsage";
import { at, hasEntries, objectsAt, taskSize, textAt } from "./definitionView";
import { dockerCapabilities } from "./dockerCapabilities";

const logsToAwslogs = (container: PlainObject) =>
  textAt(container, "logConfiguration", "logDriver") === "awslogs";
const hasLogOption = (container: PlainObject, name: string) =>
  isPresent(at(container, "logConfiguration", "options", name));

/** Everything that asks for attributes of a fixed name. */
export const capabilityTable: readonly CapabilityRow[] = [
  {
    because: "an image in Amazon ECR",
    attributes: [dockerCapability("ecr-auth")],
    uses: usesEcr,
    reads: [containers("image")],
  },
  {
    because: "an image in Amazon ECR pulled with the execution role",
    attributes: [agentCapability("execution-role-ecr-pull")],
    uses: (view) => usesEcr(view) && hasExecutionRole(view),
    reads: [containers("image"), "executionRoleArn"],
  },
  {
    because: "repositoryCredentials",
    attributes: [agentCapability("private-registry-authentication.secretsmanager")],
    uses: anyContainer((it) => asObject(member(it, "repositoryCredentials")) !== undefined),
    reads: [containers("repositoryCredentials")],
  },
  {
    because: "taskRoleArn",
    attributes: [dockerCapability("task-iam-role")],
    uses: (view) => textAt(view.task, "taskRoleArn") !== undefined,
    reads: ["taskRoleArn"],
  },
  {
    because: "taskRoleArn in host network mode",
    attributes: [dockerCapability("task-iam-role-network-host")],
    uses: (view) => textAt(view.task, "taskRoleArn") !== undefined && view.networkMode === "host",
    reads: ["taskRoleArn", "networkMode"],
  },
  {
    because: "network mode awsvpc",
    attributes: [agentCapability("task-eni"), dockerApi(18)],
    uses: (view) => view.networkMode === "awsvpc",
    reads: ["networkMode"],
  },
  {
    because: "memoryReservation",
    attributes: [dockerApi(21)],
    uses: anyContainer((it) => isPresent(member(it, "memoryReservation"))),
    reads: [containers("memoryReservation")],
  },
  {
    because: "healthCheck",
    attributes: [agentCapability("container-health-check")],
    uses: anyContainer((it) => asObject(member(it, "healthCheck")) !== undefined),
    reads: [containers("healthCheck")],
  },
  {
    because: "healthCheck without startPeriod",
    attributes: [dockerApi(24)],
    uses: anyContainer((it) => {
      const check = member(it, "healthCheck");
      return (
        asObject(check) !== undefined &&
        openingOf(check) === undefined &&
        !isPresent(member(asObject(check), "startPeriod"))
      );
    }),
    reads: [containers("healthCheck.startPeriod")],
  },
  {
    because: "healthCheck with startPeriod",
    attributes: [dockerApi(29)],
    uses: anyContainer((it) => isPresent(at(it, "healthCheck", "startPeriod"))),
    reads: [containers("healthCheck.startPeriod")],
  },
  {
    because: "dependsOn, startTimeout or stopTimeout",
    attributes: [agentCapability("container-ordering")],
    uses: anyContainer(
      (it) =>
        hasEntries(member(it, "dependsOn")) ||
        isPresent(member(it, "startTimeout")) ||
        isPresent(member(it, "stopTimeout")),
    ),
    reads: [containers("dependsOn"), containers("startTimeout"), containers("stopTimeout")],
  },
  {
    because: "a secret of AWS Secrets Manager",
    attributes: [agentCapability("secrets.asm.environment-variables")],
    uses: anySecret(isSecretsManager, "secrets"),
    reads: [containers("secrets.valueFrom")],
  },
  {
    because: "a secret of the SSM Parameter Store",
    attributes: [agentCapability("secrets.ssm.environment-variables")],
    uses: anySecret(isParameterStore, "secrets"),
    reads: [containers("secrets.valueFrom")],
  },
  {
    because: "a log driver's secret of AWS Secrets Manager",
    attributes: [agentCapability("secrets.asm.bootstrap.log-driver")],
    uses: anySecret(isSecretsManager, "logConfiguration", "secretOptions"),
    reads: [containers("logConfiguration.secretOptions.valueFrom")],
  },
  {
    because: "a log driver's secret of the SSM Parameter Store",
    attributes: [agentCapability("secrets.ssm.bootstrap.log-driver")],
    uses: anySecret(isParameterStore, "logConfiguration", "secretOptions"),
    reads: [containers("logConfiguration.secretOptions.valueFrom")],
  },
  {
    because: "environmentFiles",
    attributes: [agentCapability("env-files.s3")],
    uses: anyContainer((it) => hasEntries(member(it, "environmentFiles"))),
    reads: [containers("environmentFiles")],
  },
  {
    because: "log driver awslogs with the execution role",
    attributes: [agentCapability("execution-role-awslogs")],
    uses: (view) => hasExecutionRole(view) && view.containers.some(logsToAwslogs),
    reads: ["executionRoleArn", containers("logConfiguration.logDriver")],
  },
  {
    because: "awslogs-create-group",
    attributes: [dockerApi(29)],
    uses: anyContainer((it) => logsToAwslogs(it) && hasLogOption(it, "awslogs-create-group")),
    reads: [
      containers("logConfiguration.logDriver"),
      containers("logConfiguration.options.awslogs-create-group"),
    ],
  },
  {
    because: "mode or max-buffer-size of awslogs",
    attributes: [dockerApi(28)],
    uses: anyContainer(
      (it) => logsToAwslogs(it) && (hasLogOption(it, "mode") || hasLogOption(it, "max-buffer-size")),
    ),
    reads: [
      containers("logConfiguration.logDriver"),
      containers("logConfiguration.options.mode"),
      containers("logConfiguration.options.max-buffer-size"),
    ],
  },
  {
    because: "an EFS volume",
    // Without authorizationConfig too: a real answer of ECS has both.
    attributes: [agentCapability("efs"), agentCapability("efsAuth"), dockerApi(25)],
    uses: anyVolume((it) => asObject(member(it, "efsVolumeConfiguration")) !== undefined),
    reads: ["volumes.efsVolumeConfiguration"],
  },
  {
    because: "an S3 Files volume",
    attributes: [agentCapability("storage.s3-files")],
    uses: anyVolume((it) => asObject(member(it, "s3filesVolumeConfiguration")) !== undefined),
    reads: ["volumes.s3filesVolumeConfiguration"],
  },
  {
    because: "an FSx for Windows File Server volume",
    attributes: [agentCapability("fsxWindowsFileServer")],
    uses: anyVolume((it) => asObject(member(it, "fsxWindowsFileServerVolumeConfiguration")) !== undefined),
    reads: ["volumes.fsxWindowsFileServerVolumeConfiguration"],
  },
  {
    because: "an EBS volume configured at launch",
    attributes: [agentCapability("storage.ebs-task-volume-attach")],
    uses: anyVolume((it) => member(it, "configuredAtLaunch") === true),
    reads: ["volumes.configuredAtLaunch"],
  },
  {
    because: "privileged",
    attributes: [dockerCapability("privileged-container")],
    uses: anyContainer((it) => member(it, "privileged") === true),
    reads: [containers("privileged")],
  },
  {
    because: "pidMode or ipcMode",
    attributes: [agentCapability("pid-ipc-namespace-sharing")],
    uses: (view) => textAt(view.task, "pidMode") !== undefined || textAt(view.task, "ipcMode") !== undefined,
    reads: ["pidMode", "ipcMode"],
  },
  {
    because: "proxyConfiguration",
    attributes: [agentCapability("aws-appmesh")],
    uses: (view) => asObject(member(view.task, "proxyConfiguration")) !== undefined,
    reads: ["proxyConfiguration"],
  },
  {
    because: "containerPortRange",
    attributes: [agentCapability("network.container-port-range")],
    uses: anyContainer((it) =>
      objectsAt(it, "portMappings").some((mapping) => isPresent(member(mapping, "containerPortRange"))),
    ),
    reads: [containers("portMappings.containerPortRange")],
  },
  {
    because: "restartPolicy",
    attributes: [agentCapability("container-restart-policy")],
    uses: anyContainer((it) => at(it, "restartPolicy", "enabled") === true),
    reads: [containers("restartPolicy.enabled")],
  },
  {
    because: "enableFaultInjection",
    attributes: [agentCapability("fault-injection")],
    uses: (view) => member(view.task, "enableFaultInjection") === true,
    reads: ["enableFaultInjection"],
  },
  {
    because: "more than 10 vCPU for the task",
    attributes: [agentCapability("increased-task-cpu-limit")],
    uses: (view) => !view.windows && (taskSize(member(view.task, "cpu"), "vCPU") ?? 0) > 10_240,
    reads: ["cpu"],
  },
  ...dockerCapabilities,
];
