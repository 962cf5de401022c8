// The capability attributes that ECS requires of an instance for what a task definition uses, as data. AWS documents no
// such list: this one was gathered from registered definitions and from the agent's capability names.

import { asObject, member } from "../text/plainValue";
import {
  anyContainer,
  anySecret,
  anySecurityOption,
  anyVolume,
  credentialSpec,
  hasExecutionRole,
  isParameterStore,
  isPresent,
  isSecretsManager,
  type Usage,
  usesEcr,
} from "./definitionUsage";
import { at, hasEntries, objectsAt, taskSize, textAt } from "./definitionView";

/** One row: what a definition uses, and the attributes that this asks for. */
export interface CapabilityRow {
  /** In a reader's words. */
  readonly because: string;
  readonly attributes: readonly string[];
  readonly uses: Usage;
}

/** A capability that the agent names. */
export const agentCapability = (name: string) => `ecs.capability.${name}`;
/** A capability from the days when Docker was all there was. */
export const dockerCapability = (name: string) => `com.amazonaws.ecs.capability.${name}`;
/** The version 1.MINOR of the Docker API, which the instance's Docker has to speak. */
export const dockerApi = (minor: number) => dockerCapability(`docker-remote-api.1.${minor}`);

/** Everything that asks for attributes of a fixed name. */
export const capabilityTable: readonly CapabilityRow[] = [
  {
    because: "an image in Amazon ECR",
    attributes: [dockerCapability("ecr-auth"), dockerApi(19)],
    uses: usesEcr,
  },
  {
    because: "an image in Amazon ECR pulled with the execution role",
    attributes: [agentCapability("execution-role-ecr-pull")],
    uses: (view) => usesEcr(view) && hasExecutionRole(view),
  },
  {
    because: "repositoryCredentials",
    attributes: [agentCapability("private-registry-authentication.secretsmanager")],
    uses: anyContainer((it) => asObject(member(it, "repositoryCredentials")) !== undefined),
  },
  {
    because: "taskRoleArn",
    attributes: [dockerCapability("task-iam-role")],
    uses: (view) => textAt(view.task, "taskRoleArn") !== undefined,
  },
  {
    because: "taskRoleArn in host network mode",
    attributes: [dockerCapability("task-iam-role-network-host")],
    uses: (view) => textAt(view.task, "taskRoleArn") !== undefined && view.networkMode === "host",
  },
  {
    because: "network mode awsvpc",
    attributes: [agentCapability("task-eni"), dockerApi(18)],
    uses: (view) => view.networkMode === "awsvpc",
  },
  {
    because: "healthCheck",
    attributes: [agentCapability("container-health-check"), dockerApi(24)],
    uses: anyContainer((it) => asObject(member(it, "healthCheck")) !== undefined),
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
  },
  {
    because: "a secret of AWS Secrets Manager",
    attributes: [agentCapability("secrets.asm.environment-variables")],
    uses: anySecret(isSecretsManager, "secrets"),
  },
  {
    because: "a secret of the SSM Parameter Store",
    attributes: [agentCapability("secrets.ssm.environment-variables")],
    uses: anySecret(isParameterStore, "secrets"),
  },
  {
    because: "a log driver's secret of AWS Secrets Manager",
    attributes: [agentCapability("secrets.asm.bootstrap.log-driver")],
    uses: anySecret(isSecretsManager, "logConfiguration", "secretOptions"),
  },
  {
    because: "a log driver's secret of the SSM Parameter Store",
    attributes: [agentCapability("secrets.ssm.bootstrap.log-driver")],
    uses: anySecret(isParameterStore, "logConfiguration", "secretOptions"),
  },
  {
    because: "environmentFiles",
    attributes: [agentCapability("env-files.s3")],
    uses: anyContainer((it) => hasEntries(member(it, "environmentFiles"))),
  },
  {
    because: "log driver awslogs with the execution role",
    attributes: [agentCapability("execution-role-awslogs")],
    uses: (view) =>
      hasExecutionRole(view) &&
      view.containers.some((it) => textAt(it, "logConfiguration", "logDriver") === "awslogs"),
  },
  {
    because: "an EFS volume",
    attributes: [agentCapability("efs"), dockerApi(25)],
    uses: anyVolume((it) => asObject(member(it, "efsVolumeConfiguration")) !== undefined),
  },
  {
    because: "an EFS volume with authorization",
    attributes: [agentCapability("efsAuth")],
    uses: anyVolume((it) => asObject(at(it, "efsVolumeConfiguration", "authorizationConfig")) !== undefined),
  },
  {
    because: "an S3 Files volume",
    attributes: [agentCapability("storage.s3-files")],
    uses: anyVolume((it) => asObject(member(it, "s3filesVolumeConfiguration")) !== undefined),
  },
  {
    because: "an FSx for Windows File Server volume",
    attributes: [agentCapability("fsxWindowsFileServer")],
    uses: anyVolume((it) => asObject(member(it, "fsxWindowsFileServerVolumeConfiguration")) !== undefined),
  },
  {
    because: "an EBS volume configured at launch",
    attributes: [agentCapability("storage.ebs-task-volume-attach")],
    uses: anyVolume((it) => member(it, "configuredAtLaunch") === true),
  },
  {
    because: "an SELinux label in dockerSecurityOptions",
    attributes: [dockerCapability("selinux")],
    uses: anySecurityOption(/^label:/),
  },
  {
    because: "an AppArmor profile in dockerSecurityOptions",
    attributes: [dockerCapability("apparmor")],
    uses: anySecurityOption(/^apparmor:/),
  },
  {
    because: "a credential specification (gMSA)",
    attributes: [agentCapability("gmsa")],
    uses: credentialSpec("credentialspec:"),
  },
  {
    because: "a credential specification without a domain-joined instance (gMSA)",
    attributes: [agentCapability("gmsa-domainless")],
    uses: credentialSpec("credentialspecdomainless:"),
  },
  {
    because: "tmpfs, sharedMemorySize or swap in linuxParameters",
    attributes: [dockerApi(22)],
    uses: anyContainer(
      (it) =>
        hasEntries(at(it, "linuxParameters", "tmpfs")) ||
        ["sharedMemorySize", "maxSwap", "swappiness"].some((name) =>
          isPresent(at(it, "linuxParameters", name)),
        ),
    ),
  },
  {
    because: "initProcessEnabled",
    attributes: [dockerApi(25)],
    uses: anyContainer((it) => at(it, "linuxParameters", "initProcessEnabled") === true),
  },
  {
    because: "extraHosts in host network mode",
    attributes: [dockerApi(24)],
    uses: (view) =>
      view.networkMode === "host" && view.containers.some((it) => hasEntries(member(it, "extraHosts"))),
  },
  {
    because: "privileged",
    attributes: [dockerCapability("privileged-container")],
    uses: anyContainer((it) => member(it, "privileged") === true),
  },
  {
    because: "pidMode or ipcMode",
    attributes: [agentCapability("pid-ipc-namespace-sharing")],
    uses: (view) => textAt(view.task, "pidMode") !== undefined || textAt(view.task, "ipcMode") !== undefined,
  },
  {
    because: "proxyConfiguration",
    attributes: [agentCapability("aws-appmesh")],
    uses: (view) => asObject(member(view.task, "proxyConfiguration")) !== undefined,
  },
  {
    because: "containerPortRange",
    attributes: [agentCapability("network.container-port-range")],
    uses: anyContainer((it) =>
      objectsAt(it, "portMappings").some((mapping) => isPresent(member(mapping, "containerPortRange"))),
    ),
  },
  {
    because: "restartPolicy",
    attributes: [agentCapability("container-restart-policy")],
    uses: anyContainer((it) => at(it, "restartPolicy", "enabled") === true),
  },
  {
    because: "enableFaultInjection",
    attributes: [agentCapability("fault-injection")],
    uses: (view) => member(view.task, "enableFaultInjection") === true,
  },
  {
    because: "more than 10 vCPU for the task",
    attributes: [agentCapability("increased-task-cpu-limit")],
    uses: (view) => !view.windows && (taskSize(member(view.task, "cpu"), "vCPU") ?? 0) > 10_240,
  },
];
