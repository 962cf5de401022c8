// Answers of ECS as long as ECS sends them, and as the AWS client hands them on. A cluster computed for a test has what a
// test needs; a real answer has ten times that, and most of the time of a look is spent on it.

import { completeCapabilities } from "../../server/src/core/cluster/capabilities";
import type { EcsOperation } from "../../server/src/ecs/calls/ecsCalls";
import { hostId } from "../support/largeEcs";
import type { AnyAnswer } from "../support/localEndpoint";

type Item = Record<string, unknown>;

/** When the clusters were looked at. */
export const recordedAt = Date.UTC(2026, 10, 28);

/** Times are seconds with milliseconds, as ECS sends them; the cluster is a month old. */
const registeredAt = recordedAt / 1000 - 30 * 86_400;

const capabilities = completeCapabilities("LINUX").map((name) => ({ name }));
const events = Array.from({ length: 100 }, (_, index) => ({
  id: `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`,
  createdAt: recordedAt / 1000 - 60 - 900 * index + 0.789,
  message:
    index % 24 === 23
      ? "(service agent) has reached a steady state."
      : `(service agent) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${hostId(index)}) has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
}));

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const numberOf = (arn: unknown): number => Number(/h(\d+)[^/]*$/.exec(String(arn))?.[1] ?? 0);
const zoneOf = (arn: unknown): string => zones[numberOf(arn) % zones.length] ?? "";

/** The text of the answer, with everything that ECS sends besides. */
export function asSent(operation: EcsOperation, answer: AnyAnswer): string {
  const list = lists[operation];
  if (list === undefined) return JSON.stringify(answer);
  return JSON.stringify({ ...answer, [list.name]: answer[list.name].map(list.sent) });
}

/** As the AWS client reads an answer: its text is parsed for each call, times become dates. */
export function received(operation: EcsOperation, text: string): AnyAnswer {
  const answer: AnyAnswer = JSON.parse(text);
  const list = lists[operation];
  if (list !== undefined) for (const item of answer[list.name]) list.withDates(item);
  return answer;
}

interface AnsweredList {
  readonly name: string;
  readonly sent: (item: Item) => Item;
  readonly withDates: (item: Item) => void;
}

const lists: Partial<Record<EcsOperation, AnsweredList>> = {
  DescribeServices: {
    name: "services",
    sent: serviceSent,
    withDates: (service) => {
      makeDates(service, ["createdAt"]);
      for (const it of service.deployments as Item[]) makeDates(it, ["createdAt", "updatedAt"]);
      for (const it of service.events as Item[]) makeDates(it, ["createdAt"]);
    },
  },
  DescribeContainerInstances: {
    name: "containerInstances",
    sent: instanceSent,
    withDates: (instance) => makeDates(instance, ["registeredAt"]),
  },
  DescribeTasks: {
    name: "tasks",
    sent: taskSent,
    withDates: (task) => makeDates(task, taskTimes),
  },
};

const taskTimes = ["connectivityAt", "createdAt", "pullStartedAt", "pullStoppedAt", "startedAt", "stoppedAt"];

function makeDates(item: Item, names: readonly string[]): void {
  for (const name of names) {
    const seconds = item[name];
    if (typeof seconds === "number") item[name] = new Date(seconds * 1000);
  }
}

function serviceSent(service: Item): Item {
  const deployments = (service.deployments as Item[]).map((it) => ({
    ...it,
    taskDefinition: service.taskDefinition,
    desiredCount: service.desiredCount,
    pendingCount: service.pendingCount,
    runningCount: service.runningCount,
    failedTasks: 0,
    createdAt: registeredAt + 0.123,
    updatedAt: registeredAt + 60.456,
    launchType: "EC2",
    rolloutStateReason: "ECS deployment ecs-svc/0123456789012345678 completed.",
  }));
  return {
    ...service,
    loadBalancers: [],
    serviceRegistries: [],
    deployments,
    events,
    createdAt: registeredAt + 0.123,
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: false, rollback: false },
      maximumPercent: 100,
      minimumHealthyPercent: 0,
    },
    placementConstraints: [],
    placementStrategy: [],
    createdBy: "arn:aws:iam::123456789012:role/deployer",
    enableECSManagedTags: true,
    propagateTags: "SERVICE",
    enableExecuteCommand: false,
    deploymentController: { type: "ECS" },
    availabilityZoneRebalancing: "DISABLED",
  };
}

function instanceSent(instance: Item): Item {
  const arn = instance.containerInstanceArn;
  const numbers = { doubleValue: 0, longValue: 0, integerValue: 0 };
  const ports = [
    {
      name: "PORTS",
      type: "STRINGSET",
      ...numbers,
      stringSetValue: ["22", "2375", "2376", "51678", "51679"],
    },
    { name: "PORTS_UDP", type: "STRINGSET", ...numbers, stringSetValue: [] },
  ];
  const resources = (list: unknown) => [...(list as Item[]).map((it) => ({ ...numbers, ...it })), ...ports];
  const value = (name: string, text: string) => ({ name, value: text });
  return {
    ...instance,
    registeredResources: resources(instance.registeredResources),
    remainingResources: resources(instance.remainingResources),
    attributes: [
      ...capabilities,
      ...(instance.attributes as Item[]),
      value("ecs.availability-zone", zoneOf(arn)),
      value("ecs.ami-id", "ami-0123456789abcdef0"),
      value("ecs.cpu-architecture", "x86_64"),
      value("ecs.os-type", "linux"),
      value("ecs.os-family", "LINUX"),
      value("ecs.vpc-id", "vpc-0123456789abcdef0"),
      value("ecs.subnet-id", `subnet-0123456789abcde${numberOf(arn) % zones.length}`),
    ],
    pendingTasksCount: 0,
    version: 1_000 + numberOf(arn),
    versionInfo: { agentVersion: "1.97.1", agentHash: "0123abcd", dockerVersion: "DockerVersion: 25.0.8" },
    registeredAt: registeredAt + 60 * numberOf(arn) + 0.123,
    attachments: [],
    tags: [],
  };
}

function taskSent(task: Item): Item {
  const arn = String(task.taskArn);
  const started = registeredAt + 60 * numberOf(arn);
  const name = "agent";
  const container = {
    containerArn: `${arn.replace(":task/", ":container/")}/00000000-0000-0000-0000-000000000001`,
    taskArn: arn,
    name,
    image: "public.ecr.aws/datadog/agent:latest",
    imageDigest: `sha256:${"0123456789abcdef".repeat(4)}`,
    runtimeId: `${arn.slice(-20)}${"0123456789abcdef".repeat(3)}`,
    lastStatus: task.lastStatus,
    networkBindings: [],
    networkInterfaces: [],
    healthStatus: "UNKNOWN",
    cpu: "10",
    memory: "64",
  };
  return {
    attachments: [],
    attributes: [{ name: "ecs.cpu-architecture", value: "x86_64" }],
    availabilityZone: zoneOf(arn),
    clusterArn: arn.slice(0, arn.lastIndexOf("/")).replace(":task/", ":cluster/"),
    connectivity: "CONNECTED",
    connectivityAt: started + 1.123,
    cpu: "10",
    createdAt: started + 0.123,
    enableExecuteCommand: false,
    healthStatus: "UNKNOWN",
    launchType: "EC2",
    memory: "64",
    overrides: { containerOverrides: [{ name }], inferenceAcceleratorOverrides: [] },
    pullStartedAt: started + 1.456,
    pullStoppedAt: started + 4.789,
    startedAt: started + 5.012,
    startedBy: "ecs-svc/0123456789012345678",
    tags: [],
    version: 3,
    ...task,
    containers: [container],
  };
}
