// Diagnostics about what Fargate does not offer; they hold where FARGATE is in requiresCompatibilities.

import { type CatalogueEntry, client } from "../catalogueEntry";

const hardware =
  "Fargate runs a task in a virtual machine of its own, of which a task cannot require special things.";
const size = "Fargate sells fixed combinations of cpu and memory.";

export const fargateDiagnostics = {
  "fargate-network-mode": {
    severity: "error",
    title: "Fargate needs awsvpc",
    message:
      'Fargate tasks need "networkMode": "awsvpc", and this is {mode}. Change it, or remove FARGATE from \'requiresCompatibilities\'.',
    why: "Every Fargate task has a network interface of its own.",
    server: client("Fargate only supports network mode 'awsvpc'."),
  },
  "fargate-cpu-missing": {
    severity: "error",
    title: "Fargate needs the task's cpu",
    message: "Fargate needs 'cpu' of the whole task. Add it, for example \"256\".",
    why: size,
    server: client("Fargate requires that 'cpu' be defined at the task level"),
  },
  "fargate-memory-missing": {
    severity: "error",
    title: "Fargate needs the task's memory",
    message: "Fargate needs 'memory' of the whole task. Add it, for example \"512\".",
    why: size,
    server: client("Fargate requires that 'memory' be defined at the task level"),
  },
  "fargate-size": {
    severity: "error",
    title: "No such Fargate size",
    message: "Fargate has no task with cpu {cpu} and memory {memory}. {advice}",
    why: size,
    server: client("No Fargate configuration exists for given values."),
  },
  "fargate-windows-cpu": {
    severity: "error",
    title: "Windows on Fargate needs 1 vCPU",
    message: "Windows tasks on Fargate need a cpu of at least 1024, and this is {cpu}.",
    why: "Windows does not run on less.",
    server: client("No Fargate configuration exists for given values."),
  },
  "fargate-windows-version": {
    severity: "error",
    title: "Windows version not on Fargate",
    message: "Fargate has no {os}. Use a version of Windows Server 2019 or 2022, or EC2.",
    why: "Fargate documents Windows Server 2019 and 2022, each as Core and Full; older ones only run on EC2.",
  },
  "fargate-windows-port": {
    severity: "error",
    title: "Port 3150 is reserved",
    message: "Windows tasks on Fargate cannot use the container port 3150. Use another one.",
    why: "Fargate uses the port itself.",
  },
  "fargate-privileged": {
    severity: "error",
    title: "Privileged container on Fargate",
    message: "Fargate has no privileged containers. Remove 'privileged'.",
    why: hardware,
    server: client("Fargate requires that the 'privileged' setting be 'false'"),
  },
  "fargate-placement-constraints": {
    severity: "error",
    title: "Placement constraints on Fargate",
    message: "Fargate has no container instances to choose from. Remove 'placementConstraints'.",
    why: "Constraints select container instances.",
    server: client("Fargate compatible task definitions do not support constraints"),
  },
  "fargate-host-path": {
    severity: "error",
    title: "Host path on Fargate",
    message: "Fargate tasks cannot mount a path of the host. Remove 'sourcePath'.",
    why: "There is no instance whose files could be mounted.",
    server: client("Fargate compatible task definitions do not support sourcePath"),
  },
  "fargate-docker-volume": {
    severity: "error",
    title: "Docker volume on Fargate",
    message: "Fargate has no Docker volumes. Use a volume of the task, EFS, or EBS.",
    why: "Docker volumes live on a container instance.",
    server: client("Fargate compatible task definitions do not support dockerVolumeConfiguration"),
  },
  "fargate-devices": {
    severity: "error",
    title: "Devices on Fargate",
    message: "Fargate tasks cannot use devices of the host. Remove 'devices'.",
    why: hardware,
    server: client("Fargate compatible task definitions do not support devices"),
  },
  "fargate-shared-memory": {
    severity: "error",
    title: "Shared memory size on Fargate",
    message: "Fargate does not take 'sharedMemorySize'. Remove it.",
    why: hardware,
    server: client("Fargate compatible task definitions do not support sharedMemorySize"),
  },
  "fargate-swap": {
    severity: "error",
    title: "Swap on Fargate",
    message: "Fargate has no swap. Remove '{member}'.",
    why: hardware,
    server: client("Fargate compatible task definitions do not support {member}"),
  },
  "fargate-security-options": {
    severity: "error",
    title: "Security options on Fargate",
    message: "Fargate does not take 'dockerSecurityOptions'. Remove it.",
    why: hardware,
    server: client("Fargate compatible task definitions do not support dockerSecurityOptions"),
  },
  "fargate-ipc-mode": {
    severity: "error",
    title: "IPC mode on Fargate",
    message: "Fargate does not take 'ipcMode'. Remove it.",
    why: "A Fargate task is alone on its host.",
    server: client("Fargate compatible task definitions do not support ipcMode"),
  },
  "fargate-pid-mode": {
    severity: "error",
    title: "Process namespace of the host on Fargate",
    message: 'Fargate allows only "pidMode": "task". Change it, or remove it.',
    why: "A task on Fargate must not see the processes of its host.",
    server: client(
      "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ),
  },
  "fargate-gpu": {
    severity: "error",
    title: "GPU on Fargate",
    message: "Fargate has no GPUs. Remove the requirement, or use EC2.",
    why: hardware,
    server: client("Tasks using the Fargate launch type do not support GPU resource requirements"),
  },
  "fargate-log-driver": {
    severity: "error",
    title: "Log driver not on Fargate",
    message: "Fargate offers the log drivers awslogs, splunk and awsfirelens, not {driver}.",
    why: "The other drivers need a host that can be reached.",
    server: client("{driver} is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]"),
  },
  "fargate-firelens-file": {
    severity: "warning",
    title: "FireLens configuration from S3 on Fargate",
    message:
      "On Fargate 'config-file-type' can only be file. Put the configuration into the image of the router.",
    why: "The API documents that tasks on Fargate only support the type file. The definition is accepted, but Fargate runs no task of it.",
  },
  "fargate-capability": {
    severity: "error",
    title: "Linux capability not on Fargate",
    message: "Fargate can add only the capability SYS_PTRACE, not {capability}. Remove it.",
    why: "Other capabilities would give power over the host.",
    server: client("{capability} is not allowed on Fargate."),
  },
  "fargate-execution-role": {
    severity: "error",
    title: "awslogs on Fargate needs an execution role",
    message: "On Fargate the log driver awslogs needs an 'executionRoleArn'. Add it.",
    why: "There is no instance role whose rights could be used to write the logs.",
    server: client(
      "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ),
  },
  "fargate-image-role": {
    severity: "error",
    title: "Amazon ECR on Fargate needs an execution role",
    message: "On Fargate an image in Amazon ECR needs an 'executionRoleArn'. Add it.",
    why: "There is no instance role whose rights could be used to pull the image.",
    server: client("Fargate requires task definition to have execution role ARN to support ECR images."),
  },
  "fargate-stream-prefix": {
    severity: "error",
    title: "awslogs on Fargate needs a stream prefix",
    message:
      "On Fargate the log driver awslogs needs the option 'awslogs-stream-prefix'. Add it to 'options'.",
    why: "The prefix makes the names of log streams, because a container ID means nothing there.",
    server: client("Fargate requires log configuration options to include awslogs-stream-prefix"),
  },
  "fargate-timeout": {
    severity: "error",
    title: "Timeout too long for Fargate",
    message: "On Fargate '{member}' can be at most 120 seconds, and this is {seconds}.",
    why: "Fargate ends a task that takes longer.",
    server: client(
      "Tasks using the Fargate launch type must have a container {kind} timeout of less than 120 seconds.",
    ),
  },
} as const satisfies Record<string, CatalogueEntry>;
