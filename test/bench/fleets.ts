// Inputs of the benchmarks: fleets and documents of a given size, the same at every run.

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const types = ["m5.large", "m5.xlarge", "c5.large", "r5.large", "m6i.large", "t3.large"];

/** `count` plain instances whose values repeat as a real fleet's do; `unique`: an attribute no two share. */
export function plainInstances(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    env: index % 3 === 0 ? "prod" : index % 3 === 1 ? "dev" : "test",
    instanceType: types[index % types.length] ?? "",
    zone: zones[index % zones.length] ?? "",
    unique: `m5.host-${index}`,
  }));
}

/** A snapshot as `aws ecs describe-container-instances` prints it: about 9 kB an instance. */
export function snapshotText(count: number, capabilities: readonly string[]): string {
  const containerInstances = plainInstances(count).map((it, index) => {
    const id = index.toString(16).padStart(32, "0");
    const attributes = [
      ...capabilities.map((name) => ({ name })),
      { name: "ecs.instance-type", value: it.instanceType },
      { name: "ecs.availability-zone", value: it.zone },
      { name: "ecs.os-type", value: "linux" },
      { name: "ecs.os-family", value: "LINUX" },
      { name: "ecs.cpu-architecture", value: "x86_64" },
      { name: "ecs.ami-id", value: "ami-0123456789abcdef0" },
      { name: "env", value: it.env },
    ];
    const resources = (cpu: number, memory: number, ports: readonly string[]) => [
      { name: "CPU", type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: cpu },
      { name: "MEMORY", type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: memory },
      {
        name: "PORTS",
        type: "STRINGSET",
        doubleValue: 0,
        longValue: 0,
        integerValue: 0,
        stringSetValue: ports,
      },
      {
        name: "PORTS_UDP",
        type: "STRINGSET",
        doubleValue: 0,
        longValue: 0,
        integerValue: 0,
        stringSetValue: [],
      },
    ];
    const busy = index % 10 === 0 ? ["8126"] : [];
    return {
      containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/bench/${id}`,
      ec2InstanceId: `i-${id.slice(15)}`,
      version: 3,
      versionInfo: { agentVersion: "1.97.1", agentHash: "0123abcd", dockerVersion: "DockerVersion: 25.0.8" },
      remainingResources: resources(1900, index % 7 === 0 ? 200 : 7000, [
        "22",
        "2375",
        "2376",
        "51678",
        "51679",
        ...busy,
      ]),
      registeredResources: resources(2048, 7680, ["22", "2375", "2376", "51678", "51679"]),
      status: index % 50 === 0 ? "DRAINING" : "ACTIVE",
      agentConnected: index % 40 !== 0,
      runningTasksCount: 1,
      pendingTasksCount: 0,
      attributes,
      registeredAt: "2026-03-01T10:00:00.000000+00:00",
      attachments: [],
      tags: [],
    };
  });
  return JSON.stringify({ containerInstances, failures: [] }, null, 4);
}

/** A fleet file of `count` instances in three groups of another size each, the first of them with `env` prod. */
export function fleetText(count: number): string {
  const third = Math.floor(count / 3);
  const groups = ["prod", "dev", "test"].map((env, index) => ({
    count: index === 0 ? count - 2 * third : third,
    instanceType: ["m5.large", "c5.large", "t3.small"][index],
    zones,
    attributes: { env, team: index === 0 ? "web" : "data" },
  }));
  return JSON.stringify({ groups }, null, 2);
}

/** A valid task definition of about `bytes` bytes: ten containers with as much environment as it takes. */
export function taskDefinitionText(bytes: number): string {
  const definition = (variables: number) => ({
    family: "bench",
    networkMode: "bridge",
    volumes: [{ name: "proc", host: { sourcePath: "/proc/" } }],
    placementConstraints: [
      { type: "memberOf", expression: "attribute:env == prod and attribute:ecs.instance-type =~ m5.*" },
    ],
    containerDefinitions: Array.from({ length: 10 }, (_, index) => ({
      name: `agent-${index}`,
      image: "public.ecr.aws/datadog/agent:latest",
      cpu: 10,
      memory: 128,
      essential: index === 0,
      portMappings: [{ containerPort: 8000 + index, hostPort: 8000 + index, protocol: "tcp" }],
      mountPoints: [{ sourceVolume: "proc", containerPath: "/host/proc", readOnly: true }],
      environment: Array.from({ length: variables }, (_, variable) => ({
        name: `VARIABLE_${variable}`,
        value: `value ${variable} of container ${index}`,
      })),
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/ecs/bench", "awslogs-region": "us-east-1" },
      },
    })),
  });
  let variables = 1;
  while (JSON.stringify(definition(variables + 1), null, 2).length <= bytes) variables++;
  return JSON.stringify(definition(variables), null, 2);
}
