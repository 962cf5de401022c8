// What a row of each table must have, so that a damaged state file is noticed when it is read and not at the first
// request that needs the row. Members that are not named here only have to come out again.

import { instanceStatuses } from "../../core/api/instanceStatuses";
import { type Check, flag, json, list, number, optional, row, tags, text, word } from "./check";
import { managedChecks, managedInstance } from "./managedRowChecks";
import type { Tables } from "./world";

const attributes = list(row({ name: text, value: optional(text) }));
const protocol = word("tcp", "udp");
const launchType = word("EC2", "EXTERNAL", "MANAGED_INSTANCES");
const strategy = list(row({ capacityProvider: text, weight: number, base: number }));
const constraints = list(row({ type: word("memberOf", "distinctInstance"), expression: optional(text) }));

const resources = row({
  cpu: number,
  memory: number,
  tcpPorts: list(number),
  udpPorts: list(number),
  gpus: list(text),
});

const deployment = row({
  id: text,
  status: word("PRIMARY", "ACTIVE"),
  taskDefinition: text,
  createdAt: number,
  updatedAt: number,
  rolloutState: word("IN_PROGRESS", "COMPLETED", "FAILED"),
  rolloutStateReason: text,
  failedTasks: number,
  breakerFailures: number,
  failedRounds: number,
  retryAt: optional(number),
  revisionId: text,
  serviceDeploymentId: text,
});

const taskFailure = row({
  stoppedReason: text,
  stopCode: text,
  exitCode: optional(number),
  containerReason: optional(text),
  after: optional(number),
});

const task = row({
  id: text,
  cluster: text,
  instance: text,
  taskDefinition: text,
  group: text,
  service: optional(text),
  startedBy: optional(text),
  daemon: optional(text),
  daemonRevision: optional(text),
  capacityProvider: optional(text),
  launchType,
  lastStatus: word("PROVISIONING", "PENDING", "RUNNING", "STOPPED"),
  desiredStatus: word("RUNNING", "STOPPED"),
  createdAt: number,
  startedAt: optional(number),
  stoppingAt: optional(number),
  stoppedAt: optional(number),
  cpu: number,
  memory: number,
  gpus: list(text),
  enis: number,
  network: optional(row({ attachment: text, id: text, address: text, mac: text, subnet: optional(text) })),
  ports: list(row({ container: text, containerPort: number, hostPort: number, protocol })),
  containers: list(row({ id: text, name: text, image: text, runtimeId: text, cpu: number })),
  overrides: optional(json),
  enableExecuteCommand: flag,
  version: number,
  tags,
  request: optional(row({ token: text, request: text })),
  dueAt: optional(number),
  failure: optional(taskFailure),
  protectedUntil: optional(number),
  isUnhealthy: optional(flag),
});

const service = row({
  cluster: text,
  name: text,
  status: word("ACTIVE", "DRAINING", "INACTIVE"),
  schedulingStrategy: word("DAEMON", "REPLICA"),
  launchType,
  createdLaunchType: optional(launchType),
  capacityProviderStrategy: optional(strategy),
  desiredCount: number,
  placementConstraints: constraints,
  placementStrategy: list(row({ type: text, field: optional(text) })),
  deploymentConfiguration: json,
  createdAt: number,
  deployments: list(deployment),
  details: json,
  tags,
  clientToken: optional(text),
  requestKey: text,
  steady: flag,
  eventCount: number,
});

const instance = row({
  id: text,
  cluster: text,
  ec2InstanceId: text,
  status: word(...instanceStatuses),
  agentConnected: flag,
  registeredAt: number,
  version: number,
  agentVersion: text,
  dockerVersion: text,
  registered: resources,
  attributes,
  tags,
  forgetAt: optional(number),
  autoScalingGroup: optional(text),
  managed: optional(managedInstance),
});

const taskDefinition = row({
  family: text,
  revision: number,
  status: word("ACTIVE", "INACTIVE", "DELETE_IN_PROGRESS"),
  definition: json,
  requiresAttributes: list(text),
  compatibilities: list(text),
  registeredAt: number,
  deregisteredAt: optional(number),
  deleteRequestedAt: optional(number),
  tags,
});

const serviceDeployment = row({
  id: text,
  service: text,
  targetRevision: text,
  sourceRevisions: list(text),
  status: text,
  createdAt: number,
  updatedAt: number,
  finishedAt: optional(number),
  deploymentConfiguration: json,
});

const taskFault = row({ id: text, kind: word("task"), failure: taskFailure, remaining: optional(number) });
const orderFault = row({
  id: text,
  kind: word("order"),
  order: word("replicasFirst", "typesWithoutDaemons"),
  remaining: optional(number),
});
const alarmFault = row({ id: text, kind: word("alarm"), alarm: text, remaining: optional(number) });

const limitsFault = row({ id: text, kind: word("limits"), limits: word("published") });

const callFault = row({
  id: text,
  kind: word("call"),
  effect: word("throttle", "serverError", "accessDenied", "reset", "delay"),
  remaining: optional(number),
});

const checks: Readonly<Record<keyof Tables, Check>> = {
  clusters: row({
    name: text,
    status: word("ACTIVE", "INACTIVE"),
    settings: list(row({ name: text, value: text })),
    configuration: optional(json),
    serviceConnectDefaults: optional(json),
    capacityProviders: list(text),
    defaultCapacityProviderStrategy: list(json),
    tags,
  }),
  instances: instance,
  taskDefinitions: taskDefinition,
  daemonDefinitions: row({
    family: text,
    revision: number,
    status: word("ACTIVE", "DELETE_IN_PROGRESS"),
    definition: json,
    registeredAt: number,
    deleteRequestedAt: optional(number),
    tags,
  }),
  families: row({ latestRevision: number }),
  services: service,
  serviceEvents: row({
    service: text,
    number,
    id: text,
    createdAt: number,
    message: text,
    topic: optional(text),
  }),
  serviceRevisions: row({
    id: text,
    service: text,
    taskDefinition: text,
    createdAt: number,
    placementConstraints: constraints,
    details: json,
    launchType: optional(launchType),
    capacityProviderStrategy: optional(strategy),
  }),
  serviceDeployments: serviceDeployment,
  tasks: task,
  settings: row({ name: text, value: text, principal: optional(text) }),
  faults: (it) => [taskFault, callFault, orderFault, limitsFault, alarmFault].some((check) => check(it)),
  ...managedChecks,
  clock: row({ aheadBy: number }),
  homeRegion: row({ name: text }),
};

/** Whether the value from a state file can be a row of the table. */
export const isRowOf = (table: keyof Tables, value: unknown): boolean => checks[table](value);
