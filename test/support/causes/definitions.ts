// Task definitions that ECS refuses, in the words that were seen.

import { type Causes, type Input, role } from "./cause";

const container = { name: "a", image: "example/a:1", memory: 128 };

/** A definition with one container. */
const one = (more: Input, definition: Input = {}): Input => ({
  family: "f",
  containerDefinitions: [{ ...container, ...more }],
  ...definition,
});
const two = (first: Input, second: Input, definition: Input = {}): Input =>
  one(first, {
    containerDefinitions: [first, { name: "b", ...second }].map((it) => ({ ...container, ...it })),
    ...definition,
  });
const fargate = (more: Input, definition: Input = {}): Input =>
  one(more, {
    ...{ requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "256", memory: "512" },
    ...definition,
  });
const awsvpc = { networkMode: "awsvpc" };
const awslogs = (options: Input) => ({
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": "g", "awslogs-region": "us-east-1", ...options },
  },
});
const efs = (more: Input): Input =>
  one({}, { volumes: [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-01234567", ...more } }] });
const appMesh = (properties: readonly Input[], containerName = "a") => ({
  proxyConfiguration: { type: "APPMESH", containerName, properties },
});
const firelens = { firelensConfiguration: { type: "fluentbit" } };
const routed = { logConfiguration: { logDriver: "awsfirelens" } };

export const definitionCauses: Causes = [
  [
    "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
    one(routed),
  ],
  [
    "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
    one(firelens),
  ],
  [
    "Fargate requires log configuration options to include awslogs-stream-prefix…",
    fargate(awslogs({}), { executionRoleArn: role }),
  ],
  [
    "Log driver awslogs requires options: awslogs-group",
    one({ logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "us-east-1" } } }),
  ],
  ["Log driver awslogs disallows options: log_key", one(awslogs({ log_key: "x" }))],
  [
    "Log driver awslogs option 'awslogs-create-group' should only be set to 'true', else omit option.",
    one(awslogs({ "awslogs-create-group": "false" })),
  ],
  [
    "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    fargate(awslogs({ "awslogs-stream-prefix": "p" })),
  ],
  [
    "Extra hosts are not supported on container when networkMode=awsvpc…",
    one({ extraHosts: [{ hostname: "h", ipAddress: "10.0.0.1" }] }, awsvpc),
  ],
  ["hostname is not supported on container when networkMode=awsvpc.", one({ hostname: "h" }, awsvpc)],
  [
    "Disable Networking is not supported on container when networkMode=awsvpc…",
    fargate({ disableNetworking: true }),
  ],
  [
    "DNS servers are not supported on container when networkMode=awsvpc…",
    fargate({ dnsServers: ["10.0.0.2"] }),
  ],
  ["Links are not supported when networkMode=awsvpc.", two({ links: ["b"] }, {}, awsvpc)],
  [
    "The 'memory' setting for container 'worker' is greater than for the task.",
    one({ name: "worker", memory: 1024 }, { memory: "512" }),
  ],
  [
    "Invalid setting for container 'X'. At least one of 'memory' or 'memoryReservation' must be specified.",
    one({ name: "X", memory: undefined }),
  ],
  ["…'memory' must be greater than or equal to 'memoryReservation'…", one({ memoryReservation: 256 })],
  [
    "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    two({ dependsOn: [{ containerName: "b", condition: "SUCCESS" }] }, {}),
  ],
  [
    "Cannot depend on container c because it does not exist…",
    one({ dependsOn: [{ containerName: "c", condition: "START" }] }),
  ],
  [
    "A dependency container with HEALTHY condition must have health check configured…",
    two({ dependsOn: [{ containerName: "b", condition: "HEALTHY" }] }, {}),
  ],
  ["Container names must be unique within a task definition…", two({}, { name: "a" })],
  [
    'When using an EFS access point, the root directory must either be set to "/" or be omitted…',
    efs({
      rootDirectory: "/data",
      transitEncryption: "ENABLED",
      authorizationConfig: { accessPointId: "fsap-0123456789abcdef0" },
    }),
  ],
  [
    "EFS IAM authorization requires TransitEncryption to be enabled…",
    efs({ authorizationConfig: { iam: "ENABLED" } }),
  ],
  ["TransitEncryptionPort requires that TransitEncryption is enabled…", efs({ transitEncryptionPort: 2049 })],
  [
    "The maximum number of environment files was exceeded. Specify ten or less and try again…",
    one(
      {
        environmentFiles: Array.from({ length: 11 }, (_, n) => ({
          type: "s3",
          value: `arn:aws:s3:::b/${n}.env`,
        })),
      },
      { executionRoleArn: role },
    ),
  ],
  [
    "Invalid arn syntax…",
    one({ environmentFiles: [{ type: "s3", value: "s3://b/x.env" }] }, { executionRoleArn: role }),
  ],
  ["EphemeralStorage size should be at least 21…", fargate({}, { ephemeralStorage: { sizeInGiB: 20 } })],
  ["EphemeralStorage size should be at most 200…", fargate({}, { ephemeralStorage: { sizeInGiB: 201 } })],
  [
    "Tasks using the EC2 launch type do not support EphemeralStorage…",
    one({}, { requiresCompatibilities: ["EC2"], ephemeralStorage: { sizeInGiB: 30 } }),
  ],
  ["Task definition doesn't have any essential container…", one({ essential: false })],
  [
    "SYS_ADMIN is not allowed on Fargate.",
    fargate({ linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } } }),
  ],
  [
    "Fargate compatible task definitions do not support devices",
    fargate({ linuxParameters: { devices: [{ hostPath: "/dev/x" }] } }),
  ],
  [
    "Fargate compatible task definitions do not support dockerSecurityOptions",
    fargate({ dockerSecurityOptions: ["x"] }),
  ],
  [
    "Fargate compatible task definitions do not support dockerVolumeConfiguration",
    fargate({}, { volumes: [{ name: "v", dockerVolumeConfiguration: { scope: "task" } }] }),
  ],
  [
    "Tasks using the Fargate launch type do not support GPU resource requirements…",
    fargate({ resourceRequirements: [{ type: "GPU", value: "1" }] }),
  ],
  [
    "Fargate compatible task definitions do not support sourcePath",
    fargate({}, { volumes: [{ name: "v", host: { sourcePath: "/x" } }] }),
  ],
  [
    "Unsupported field 'inferenceAccelerators'…",
    one({}, { inferenceAccelerators: [{ deviceName: "d", deviceType: "eia2.medium" }] }),
  ],
  ["Fargate compatible task definitions do not support ipcMode", fargate({}, { ipcMode: "task" })],
  [
    "syslog is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]…",
    fargate({ logConfiguration: { logDriver: "syslog" } }),
  ],
  [
    "Fargate compatible task definitions do not support maxSwap",
    fargate({ linuxParameters: { maxSwap: 128 } }),
  ],
  [
    "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    fargate({}, { pidMode: "host" }),
  ],
  [
    "Fargate compatible task definitions do not support constraints",
    fargate({}, { placementConstraints: [{ type: "memberOf", expression: "attribute:a exists" }] }),
  ],
  ["Fargate requires that the 'privileged' setting be 'false'…", fargate({ privileged: true })],
  [
    "Fargate compatible task definitions do not support sharedMemorySize",
    fargate({ linuxParameters: { sharedMemorySize: 64 } }),
  ],
  ["Fargate requires that 'cpu' be defined at the task level…", fargate({}, { cpu: undefined })],
  ["Fargate requires that 'memory' be defined at the task level…", fargate({}, { memory: undefined })],
  ["No Fargate configuration exists for given values.", fargate({}, { memory: "4096" })],
  [
    "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
    fargate({ stopTimeout: 121 }),
  ],
  [
    "When networkMode=host, the host ports and container ports in port mappings must match.",
    one({ portMappings: [{ containerPort: 80, hostPort: 81 }] }, { networkMode: "host" }),
  ],
  [
    "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    one({ portMappings: [{ containerPort: 80, hostPort: 81 }] }, awsvpc),
  ],
  [
    "Invalid 'containerPort' setting for container 'container_1'.",
    one({ name: "container_1", portMappings: [{ containerPort: 70000 }] }),
  ],
  ["Unknown volume 'ephemera'.", one({ mountPoints: [{ sourceVolume: "ephemera", containerPath: "/x" }] })],
  ["host.sourcePath should not be blank.", one({}, { volumes: [{ name: "v", host: { sourcePath: "" } }] })],
  [
    "…port mapping name is already used…",
    one({
      portMappings: [
        { name: "p", containerPort: 80 },
        { name: "p", containerPort: 81 },
      ],
    }),
  ],
  [
    "…container port is used multiple times in task…",
    one({ portMappings: [{ containerPortRange: "80-90" }, { containerPortRange: "85-95" }] }),
  ],
  ["Invalid 'containerPortRange' setting…", one({ portMappings: [{ containerPortRange: "90-80" }] })],
  [
    "…cannot specify both single port and port range…",
    one({ portMappings: [{ containerPortRange: "80-90", containerPort: 80 }] }),
  ],
  [
    "APPMESH proxy configuration is only supported in networkMode=awsvpc…",
    one({}, appMesh([{ name: "ProxyIngressPort", value: "15000" }])),
  ],
  [
    "Proxy container [envoy] does not exist…",
    one({}, { ...awsvpc, ...appMesh([{ name: "ProxyIngressPort", value: "15000" }], "envoy") }),
  ],
  ["Ingress port not found…", one({}, { ...awsvpc, ...appMesh([]) })],
  [
    "…the 'restartAttemptPeriod' setting for container 'a' must be between 60 and 1800…",
    one({ restartPolicy: { enabled: true, restartAttemptPeriod: 30 } }),
  ],
  [
    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    one({ secrets: [{ name: "S", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/s" }] }),
  ],
  [
    "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'DAGSTER_POSTGRES_USER'.",
    one(
      {
        environment: [{ name: "DAGSTER_POSTGRES_USER", value: "x" }],
        secrets: [
          { name: "DAGSTER_POSTGRES_USER", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/s" },
        ],
      },
      { executionRoleArn: role },
    ),
  ],
  [
    "The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value…",
    fargate({ cpu: 512 }),
  ],
  [
    "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
    one({
      repositoryCredentials: {
        credentialsParameter: "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-abcdef",
      },
    }),
  ],
  [
    "Soft limit exceeds hard limit for ulimit nofile…",
    one({ ulimits: [{ name: "nofile", softLimit: 2, hardLimit: 1 }] }),
  ],
  [
    "Volumes [v] are not referenced by any of the containers…",
    one({}, { volumes: [{ name: "v", configuredAtLaunch: true }] }),
  ],
  ["Invalid 'volumesFrom' setting. Unknown container: 'c'", one({ volumesFrom: [{ sourceContainer: "c" }] })],
  [
    "constraint.type 'distinctInstance' is not supported.",
    one({}, { placementConstraints: [{ type: "distinctInstance" }] }),
  ],
  [
    "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    one({}, { cpu: "1" }),
  ],
  [
    "Too many containers.",
    {
      family: "f",
      containerDefinitions: Array.from({ length: 11 }, (_, n) => ({ ...container, name: `c${n}` })),
    },
  ],
  ["Container.image should not be null or empty.", one({ image: undefined })],
  ["Tags can not be empty.", one({}, { tags: [] })],
  [
    "Granular start timeout on container 'X' must be at least 2 seconds.",
    one({ name: "X", startTimeout: 1 }),
  ],
  ["Granular stop timeout on container 'X' must be at least 2 seconds.", one({ name: "X", stopTimeout: 1 })],
  ["Family contains invalid characters.", one({}, { family: "a b" })],
  [" is not a valid value for pidMode. The value must be one of [task,host]", one({}, { pidMode: "" })],
  ["Actual length: '…'. Max allowed length is '65536' bytes.", one({ command: ["x".repeat(66_000)] })],
];
